import type { AstroConfig } from 'astro'
import type { Frame } from './frame.ts'

/** What compiles the Markdown of pages, of content collections and of loaders. */
export type Processor = AstroConfig['markdown']['processor']

/**
 * A processor that shows pictures.
 * @param onFailure Hears why a text could not be shown: Astro only logs that of a content collection, and goes on.
 */
export function withPictures(
  processor: Processor,
  frame: Frame,
  onFailure: (failure: unknown) => void,
): Processor {
  return {
    ...processor,
    createRenderer: async (shared) => {
      const renderer = await processor.createRenderer(shared)
      return {
        ...renderer,
        render: async (content, options) => {
          const { fileURL, frontmatter = {} } = options ?? {}
          const text = await told(frame.show(content, fileURL), onFailure)
          const data = await told(frame.address(frontmatter, fileURL), onFailure)
          return renderer.render(text, { ...options, frontmatter: data })
        },
      }
    },
  }
}

async function told<Value>(
  value: Promise<Value>,
  onFailure: (failure: unknown) => void,
): Promise<Value> {
  try {
    return await value
  } catch (failure) {
    onFailure(failure)
    throw failure
  }
}
