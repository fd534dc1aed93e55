import { fileURLToPath, pathToFileURL } from 'node:url'
import { ImpromptError, htmlOf } from '@imprompt/core'
import type { ContentEntryType } from 'astro'
import type { Frame } from './frame.ts'
import { readMatter } from './matter.ts'

type EntryInfo = Awaited<ReturnType<ContentEntryType['getEntryInfo']>>

/** Who reads content collections, and how. */
export interface Reader {
  readonly frame: Frame
  /** Hears of a mistake in a file, which must not keep other files from being shown; a build has nobody here, and fails. */
  readonly overlook: ((reason: string) => void) | undefined
}

/**
 * How content collections read Markdown: as Astro does, with addresses in front matter, and with plain images in the body
 * that feeds and search indexes get to read.
 */
export function markdownEntries(reader: Reader): ContentEntryType {
  const written = new Map<string, { readonly told: string; readonly body: string }>()
  return {
    extensions: ['.md'],
    handlePropagation: true,
    getEntryInfo: async ({ contents, fileUrl }) => {
      const { info, body } = await entryInfo(contents, fileUrl, reader)
      if (info.body !== body) written.set(fileURLToPath(fileUrl), { told: info.body, body })
      return info
    },
    getRenderFunction: async ({ markdown, image }) => {
      const { processor, syntaxHighlight, shikiConfig, gfm, smartypants } = markdown
      // A configuration may say `undefined` where a processor would have nothing: its types are told apart by that alone.
      const shared: object = { image, syntaxHighlight, shikiConfig, gfm, smartypants }
      const renderer = await processor.createRenderer(shared)
      return async ({ body = '', data, filePath }) => {
        const own = written.get(filePath ?? '')
        const text = own?.told === body ? own.body : body
        const fileURL = filePath === undefined ? undefined : pathToFileURL(filePath)
        const rendering = renderer.render(text, { frontmatter: data, ...(fileURL && { fileURL }) })
        const rendered = rendering.then(({ code, metadata }) => {
          const imagePaths = [...metadata.localImagePaths, ...metadata.remoteImagePaths]
          return { html: code, metadata: { ...metadata, imagePaths } }
        })
        return orOverlook(rendered, reader, (reason) => ({ html: inPage(reason) }))
      }
    },
  }
}

/** The same of MDX, which Vite compiles. */
export function mdxEntries(reader: Reader): ContentEntryType {
  return {
    extensions: ['.mdx'],
    handlePropagation: true,
    // Their types come from `@astrojs/mdx`; that they are modules is told by this field.
    contentModuleTypes: '',
    getEntryInfo: async ({ contents, fileUrl }) =>
      (await entryInfo(contents, fileUrl, reader)).info,
  }
}

async function entryInfo(
  contents: string,
  file: URL,
  reader: Reader,
): Promise<{ readonly info: EntryInfo; readonly body: string }> {
  const { frame } = reader
  const { data, text, body } = readMatter(contents)
  const { slug } = data
  const info = {
    data: await orOverlook(frame.address(data, file), reader, () => data),
    body: await orOverlook(frame.tell(body, file), reader, () => body),
    slug: typeof slug === 'string' ? slug : '',
    rawData: text,
  }
  return { info, body }
}

async function orOverlook<Value>(
  value: Promise<Value>,
  { overlook }: Reader,
  instead: (reason: string) => Value,
): Promise<Value> {
  try {
    return await value
  } catch (failure) {
    if (overlook === undefined || !(failure instanceof ImpromptError)) throw failure
    overlook(failure.message)
    return instead(failure.message)
  }
}

/** In development a page shows why it cannot be shown: nobody may be looking at the log. */
function inPage(reason: string): string {
  const text = { type: 'text', value: reason } as const
  return htmlOf({ type: 'element', tagName: 'pre', properties: {}, children: [text] })
}
