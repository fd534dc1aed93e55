import { formatUsd } from '../../config/usd.ts'
import { bytesInWords, count, excerpt, printable } from '../../wording.ts'
import { type Collection, type Doomed, type Kept, defaultGraceDays } from './collection.ts'

/** As many young files are named. */
const maxYoung = 5

/** A collection for a terminal, without a line feed at its end. */
export function collectionText(collection: Collection): string {
  const { paid, free, kept, quarantined, notes } = collection
  const blocks = [
    paid.map(lineOf),
    free.length === 0 ? [] : [freeLine(free)],
    keptLines(kept, collection.graceDays),
    quarantined.map(
      ({ path, bytes }) =>
        `  stays  ${path}  ${bytesInWords(bytes)}, in quarantine; \`--quarantine\` takes it`,
    ),
    notes,
    [totalOf(collection)],
  ]
  const full = blocks.filter((lines) => lines.length > 0)
  return printable(full.map((lines) => lines.join('\n')).join('\n\n'))
}

function lineOf(file: Doomed): string {
  const { kind, path, bytes, microUsd, isUncommitted } = file
  const facts = [
    bytesInWords(bytes),
    ...(microUsd === undefined ? [] : [`${formatUsd(microUsd)} when it was bought`]),
    ...(kind === 'orphan' ? ['no entry speaks of it'] : []),
    ...(isUncommitted === true ? ['in no commit here'] : []),
    ...pictureIn(file),
  ]
  return `  ${kind}  ${path}\n      ${facts.join('; ')}`
}

/** Which picture it is, as a person knows it. */
function pictureIn({ prompt, place }: Pick<Doomed, 'prompt' | 'place'>): readonly string[] {
  return [...(place === undefined ? [] : [place]), ...(prompt ? [excerpt(prompt, 40)] : [])]
}

function freeLine(free: readonly Doomed[]): string {
  const kinds = Map.groupBy(free, ({ kind }) => kind)
  const parts = [...kinds].map(
    ([kind, files]) => `${count(files.length, `${kind} file`)} (${bytesInWords(bytesOf(files))})`,
  )
  return `  at no cost: ${parts.join(', ')}`
}

function keptLines(kept: readonly Kept[], graceDays: number): readonly string[] {
  const young = kept.filter(({ why }) => why.kind === 'young')
  return [
    ...kept.flatMap((file) => {
      switch (file.why.kind) {
        case 'named':
          return [keptLine(file, namedBy(file.why.by))]
        case 'unfinished':
          return [keptLine(file, 'its purchase is to be finished')]
        case 'young':
          return []
      }
    }),
    ...young.slice(0, maxYoung).map((file) => keptLine(file, `younger than ${graceDays} days`)),
    ...(young.length > maxYoung ? [`  stays  ${young.length - maxYoung} more of that age`] : []),
    ...(young.length > 0 ? ['  `--grace DAYS` takes files of less age'] : []),
  ]
}

function keptLine(file: Kept, reason: string): string {
  return `  stays  ${file.path}\n      ${[reason, ...pictureIn(file)].join('; ')}`
}

function namedBy([first = '', ...others]: readonly string[]): string {
  return `named by \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}`
}

/** The command that deletes what is listed, with every option by which it was listed. */
function deletion({ graceDays, despite, takesQuarantine }: Collection): string {
  return [
    'imprompt gc --yes',
    ...(graceDays === defaultGraceDays ? [] : [`--grace ${graceDays}`]),
    ...despite.map((obstacle) => `--despite ${obstacle}`),
    ...(takesQuarantine ? ['--quarantine'] : []),
  ].join(' ')
}

function totalOf(collection: Collection): string {
  const { paid, free, isDeleted } = collection
  const entries = paid.filter(({ kind }) => kind === 'entry')
  const cost = entries.reduce((sum, { microUsd = 0 }) => sum + microUsd, 0)
  const bytes = bytesInWords(bytesOf([...paid, ...free]))
  const what = `${count(entries.length, 'picture')} bought for ${formatUsd(cost)}, ${bytes} in all`
  if (paid.length + free.length === 0) return 'nothing to delete'
  const isInGit = paid.some(({ isUncommitted }) => isUncommitted === false)
  if (isDeleted)
    return `deleted ${what}${isInGit ? '; commit that, or bring it back by `git restore`' : ''}`
  return `would delete ${what}; \`${deletion(collection)}\` does`
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
