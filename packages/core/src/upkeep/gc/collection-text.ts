import { formatUsd } from '../../config/usd.ts'
import { count, excerpt, printable } from '../../wording.ts'
import type { Collection, Doomed, Kept } from './collection.ts'

/** A collection for a terminal, without a line feed at its end. */
export function collectionText(collection: Collection): string {
  const { paid, free, kept, quarantined, notes } = collection
  const blocks = [
    paid.map(lineOf),
    free.length === 0 ? [] : [freeLine(free)],
    keptLines(kept, collection.graceDays),
    quarantined.map(
      ({ path, bytes }) =>
        `  stays  ${path}  ${size(bytes)}, in quarantine; \`--quarantine\` takes it`,
    ),
    notes,
    [totalOf(collection)],
  ]
  const full = blocks.filter((lines) => lines.length > 0)
  return printable(full.map((lines) => lines.join('\n')).join('\n\n'))
}

function lineOf({ kind, path, bytes, prompt, microUsd, isUncommitted }: Doomed): string {
  const facts = [
    size(bytes),
    ...(microUsd === undefined ? [] : [`${formatUsd(microUsd)} when it was bought`]),
    ...(kind === 'orphan' ? ['no entry speaks of it'] : []),
    ...(isUncommitted === true ? ['in no commit here'] : []),
    ...(prompt === undefined ? [] : [excerpt(prompt, 40)]),
  ]
  return `  ${kind}  ${path}\n      ${facts.join('; ')}`
}

function freeLine(free: readonly Doomed[]): string {
  const kinds = Map.groupBy(free, ({ kind }) => kind)
  const parts = [...kinds].map(
    ([kind, files]) => `${count(files.length, `${kind} file`)} (${size(bytesOf(files))})`,
  )
  return `  at no cost: ${parts.join(', ')}`
}

function keptLines(kept: readonly Kept[], graceDays: number): readonly string[] {
  const young = kept.filter(({ why }) => why.kind === 'young').length
  return [
    ...kept.flatMap(({ path, why }) => {
      switch (why.kind) {
        case 'named':
          return [`  stays  ${path}  ${namedBy(why.by)}`]
        case 'unfinished':
          return [`  stays  ${path}  its purchase is to be finished`]
        case 'young':
          return []
      }
    }),
    ...(young === 0
      ? []
      : [`  stays  ${count(young, 'file')} that nobody names, younger than ${graceDays} days`]),
  ]
}

function namedBy([first = '', ...others]: readonly string[]): string {
  return `named by \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}`
}

function totalOf({ paid, free, isDeleted }: Collection): string {
  const entries = paid.filter(({ kind }) => kind === 'entry')
  const cost = entries.reduce((sum, { microUsd = 0 }) => sum + microUsd, 0)
  const bytes = size(bytesOf([...paid, ...free]))
  const what = `${count(entries.length, 'picture')} bought for ${formatUsd(cost)}, ${bytes} in all`
  if (paid.length + free.length === 0) return 'nothing to delete'
  const isInGit = paid.some(({ isUncommitted }) => isUncommitted === false)
  if (isDeleted)
    return `deleted ${what}${isInGit ? '; commit that, or bring it back by `git restore`' : ''}`
  return `would delete ${what}; \`imprompt gc --yes\` does`
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function size(bytes: number): string {
  return bytes < 100_000 ? `${bytes} bytes` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
