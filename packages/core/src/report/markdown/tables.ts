import { formatUsd } from '../../config/usd.ts'
import { describePlace } from '../../place.ts'
import { secretIn } from '../../secret.ts'
import { count } from '../../wording.ts'
import { makingInWords } from '../making-in-words.ts'
import type { Prompts } from '../../config/prompts.ts'
import type { Report, ReportedImage } from '../report.ts'
import { fitted, lengthOf } from './fitted.ts'
import { code } from './safe-text.ts'

/** What the tables show, and the characters that they may take. */
export interface TableOptions {
  readonly prompts: Prompts
  readonly room: number
}

interface Column {
  readonly title: string
  readonly alignment: ':--' | '--:'
  cellOf(image: ReportedImage): string
}

/** Of an excerpt. */
export const excerptLetters = 60

/** The images that cost something, or are wrong, as a table; then those that cost nothing, folded away. */
export function tablesOf(report: Report, options: TableOptions): readonly string[] {
  const { kept = [], others = [] } = Object.groupBy(report.images, (image) =>
    isKept(image) ? 'kept' : 'others',
  )
  const [opening, closing] = foldOf(kept)
  const fold = lengthOf(...opening, ...closing)
  // Where there is too little room for both, what was kept has a sixth of it.
  const forKept = Math.max(0, Math.floor(options.room / 6) - fold)
  const least = kept.length === 0 ? [] : tableOf(kept, keptColumns, { ...options, room: forKept })
  const top = tableOf(others, columns, {
    ...options,
    room: options.room - lengthOf(...least) - fold,
  })
  if (kept.length === 0) return top
  const left = options.room - lengthOf(...top) - fold
  return [...top, ...opening, ...tableOf(kept, keptColumns, { ...options, room: left }), ...closing]
}

function isKept({ state }: ReportedImage): boolean {
  return state === 'stored' || state === 'pinned' || state === 'shared'
}

function foldOf(kept: readonly ReportedImage[]): readonly [readonly string[], readonly string[]] {
  if (kept.length === 0) return [[], []]
  const summary = `${count(kept.length, 'image')} that cost${kept.length === 1 ? 's' : ''} nothing`
  return [
    ['<details>', `<summary>${summary}</summary>`, ''],
    ['</details>', ''],
  ]
}

const keptColumns: readonly Column[] = [
  { title: 'State', alignment: ':--', cellOf: stateOf },
  { title: 'Place', alignment: ':--', cellOf: placeOf },
  { title: 'Image', alignment: ':--', cellOf: makeOf },
]

const columns: readonly Column[] = [
  ...keptColumns,
  { title: 'Price', alignment: '--:', cellOf: priceOf },
  { title: 'At most', alignment: '--:', cellOf: worstOf },
]

/** Ends with an empty line; nothing for no images. */
function tableOf(
  images: readonly ReportedImage[],
  own: readonly Column[],
  { prompts, room }: TableOptions,
): readonly string[] {
  if (images.length === 0) return []
  const shown = prompts === 'none' ? own : [...own, promptColumn(excerptLetters)]
  const whole = prompts === 'full' ? [...own, promptColumn(Math.floor(room / 8))] : shown
  const head = [rowOf(shown.map(({ title }) => title)), rowOf(shown.map((one) => one.alignment))]
  const lines = fitted(images, {
    room: room - lengthOf(...head, ''),
    lineOf: (image) => {
      const row = rowOf(whole.map(({ cellOf }) => cellOf(image)))
      // A prompt that is all but escapes does not push every other one out.
      return row.length <= room / 4 ? row : rowOf(shown.map(({ cellOf }) => cellOf(image)))
    },
    leftOut: (number) =>
      rowOf(shown.map(({ title }) => (title === 'Place' ? leftOut(number) : ''))),
  })
  return [...head, ...lines, '']
}

function promptColumn(maxLetters: number): Column {
  return { title: 'Prompt', alignment: ':--', cellOf: (image) => promptOf(image, maxLetters) }
}

function leftOut(number: number): string {
  return `… ${count(number, 'more image')}, left out here`
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function stateOf({ state, isDraft }: ReportedImage): string {
  return isDraft === true && state === 'new' ? 'draft' : state
}

function placeOf({ places }: ReportedImage): string {
  const [place] = places
  const others = places.length - 1
  return (place === undefined ? '' : code(describePlace(place))) + (others > 0 ? ` +${others}` : '')
}

function makeOf(image: ReportedImage): string {
  return code(makingInWords(image))
}

function priceOf({ state, spentMicroUsd, estimate }: ReportedImage): string {
  if (state === 'bought' || spentMicroUsd > 0) return formatUsd(spentMicroUsd)
  return estimate === undefined ? '' : formatUsd(estimate.microUsd)
}

function worstOf({ state, spentMicroUsd, estimate }: ReportedImage): string {
  if (state === 'bought' || spentMicroUsd > 0 || estimate === undefined) return ''
  return formatUsd(estimate.worstMicroUsd)
}

/** A prompt as code; what gives a secret away is shown to nobody. */
export function promptOf({ prompt }: Pick<ReportedImage, 'prompt'>, maxLetters: number): string {
  const secret = secretIn(prompt)
  return secret === undefined ? code(prompt, maxLetters) : `withheld, as it holds ${secret}`
}
