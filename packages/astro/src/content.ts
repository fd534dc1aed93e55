import { ImpromptError } from '@imprompt/core'
import type { AstroIntegration, ContentEntryType } from 'astro'
import { markdownEntries, mdxEntries } from './entry-types.ts'
import type { Frame } from './frame.ts'
import { type Processor, withPictures } from './processor.ts'

/** How the content of one site meets its pictures. */
export interface Exhibition {
  readonly frame: Frame
  /** Changes whenever anything that a page shows would. */
  readonly fingerprint: string
  /** A build fails where a file has a mistake; others show the rest. */
  readonly isBuild: boolean
  onFailure(failure: unknown): void
}

/**
 * The part of the integration that comes after all others: they bring processors, and ways to read MDX, whose place is
 * taken here.
 */
export function contentOf({
  frame,
  fingerprint,
  isBuild,
  onFailure,
}: Exhibition): AstroIntegration {
  let ours: Processor['createRenderer'] | undefined
  return {
    name: '@imprompt/astro/content',
    hooks: {
      'astro:config:setup': (setup) => {
        const { config, updateConfig, logger } = setup
        const { processor } = config.markdown
        // Astro empties its store of compiled content where these change.
        Object.assign(processor.options, { imprompt: fingerprint })
        const wrapped = withPictures(processor, frame, onFailure)
        ours = wrapped.createRenderer
        updateConfig({ markdown: { processor: wrapped } })
        const told = new Set<string>()
        const tell = (reason: string): void => {
          if (!told.has(reason)) logger.error(reason)
          told.add(reason)
        }
        const overlook = isBuild ? undefined : tell
        const hasMdx = config.integrations.some(({ name }) => name === '@astrojs/mdx')
        const reader = { frame, overlook }
        addEntryTypes(setup, [markdownEntries(reader), ...(hasMdx ? [mdxEntries(reader)] : [])])
      },
      'astro:config:done': ({ config }) => {
        if (config.markdown.processor.createRenderer === ours) return
        throw new ImpromptError(
          'CONFIG_INVALID',
          `\`markdown.processor\` was set after imprompt had taken its place, by an integration that another one adds, so that Markdown would show no picture; what was bought is stored. Put \`imprompt()\` last among the integrations`,
        )
      },
    },
  }
}

/** Astro's own integrations add what they read content with by a function that the types of Astro leave out. */
function addEntryTypes(setup: object, types: readonly ContentEntryType[]): void {
  const add: unknown = Reflect.get(setup, 'addContentEntryType')
  if (typeof add !== 'function')
    throw new ImpromptError(
      'CONFIG_INVALID',
      'This version of Astro lets no integration read content collections; what was bought is stored. Use one that `@imprompt/astro` names in its `peerDependencies`',
    )
  for (const type of types) add(type)
}
