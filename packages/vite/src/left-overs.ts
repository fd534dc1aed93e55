import {
  ImpromptError,
  type LeftOver,
  type PlanInput,
  describeLeftOvers,
  leftOverFinder,
} from '@imprompt/core'

/** The part of a bundle that holds text. */
export type OutputBundle = Readonly<
  Record<
    string,
    | { readonly type: 'chunk'; readonly code: string }
    | { readonly type: 'asset'; readonly source: string | Uint8Array }
  >
>

/** How the files of a project met the plugin. */
export interface Encounters {
  /** Files whose directives were replaced, as places name them. */
  readonly rewritten: ReadonlySet<string>
  /** Names of the plugins that come before ours. */
  readonly before: readonly string[]
}

/**
 * Searches for directives that are left over, and tells of them as the configuration says.
 * @throws `LEFT_OVERS`
 */
export async function searchFor(
  level: 'error' | 'warn' | 'off',
  search: () => Promise<string | undefined>,
  log: { warn(message: string): void },
): Promise<void> {
  const message = level === 'off' ? undefined : await search()
  if (message === undefined) return
  if (level === 'error') throw new ImpromptError('LEFT_OVERS', message)
  log.warn(message)
}

/** Says which directives are left over in a bundle, and which order of plugins causes it; nothing where none is. */
export function leftOverMessage(
  bundle: OutputBundle,
  scan: PlanInput,
  encounters: Encounters,
): string | undefined {
  const find = leftOverFinder(scan.directives, scan.sources)
  // A source map holds what its author wrote.
  const files = Object.entries(bundle).filter(([name]) => !name.endsWith('.map'))
  const found = files.flatMap(([name, output]) => {
    return find({ name, text: output.type === 'chunk' ? output.code : textOf(name, output.source) })
  })
  if (found.length === 0) return undefined
  return [describeLeftOvers(found), ...causesOf(found, encounters)].join('\n')
}

/** Pictures and fonts hold no text. */
function textOf(name: string, source: string | Uint8Array): string {
  if (typeof source === 'string') return source
  const isText = /\.(?:html?|xhtml|[mc]?js|json|xml|rss|atom|txt|md|css|svg)$/i.test(name)
  return isText ? Buffer.from(source).toString('utf8') : ''
}

function causesOf(found: readonly LeftOver[], encounters: Encounters): readonly string[] {
  const files = [...new Set(found.map(({ place }) => place.file))]
  const unseen = files.filter((file) => !encounters.rewritten.has(file))
  const seen = files.filter((file) => encounters.rewritten.has(file))
  const before = encounters.before.map((name) => `\`${name}\``).join(', ')
  return [
    ...(unseen.length === 0
      ? []
      : [
          `No transform of imprompt saw ${listOf(unseen)}: ${before === '' ? 'a plugin or framework reads the file by itself' : `the plugins before it compiled or read the file first (${before})`}. Put \`imprompt()\` first among the plugins`,
        ]),
    ...(seen.length === 0
      ? []
      : [
          `imprompt replaced the directives of ${listOf(seen)} in the module, so that something else reads the file by itself, such as a search index or a feed`,
        ]),
  ]
}

function listOf(files: readonly string[]): string {
  return files.map((file) => `\`${file}\``).join(', ')
}
