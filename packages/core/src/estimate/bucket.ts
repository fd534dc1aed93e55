import type { Settings } from '../config/settings.ts'
import type { Provider } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { namedModel } from '../request/named-model.ts'
import { nearestOf } from '../nearest.ts'
import { readSize, sizeForms, sizeNames } from '../request/size.ts'

/** What a bucket is about, by the names of the attributes of a directive. */
export type Choice = 'provider' | 'model' | 'size' | 'quality'

/** How many pictures of which sort somebody asks about. */
export interface Bucket {
  /** As it was typed. */
  readonly text: string
  readonly count: number
  /** What it does not say is absent. */
  readonly choices: ReadonlyMap<Choice, string>
}

/** What is wrong with the words of a bucket, or with what they ask for. */
export type BucketFault =
  /** What would be wrong with a directive, too. */
  | { readonly kind: 'problem'; readonly problem: Fault }
  | { readonly kind: 'count-missing' }
  | { readonly kind: 'count-alone' }
  | { readonly kind: 'count-range'; readonly actual: string }
  | { readonly kind: 'word-unknown'; readonly actual: string; readonly nearest: string | undefined }
  | { readonly kind: 'word-second'; readonly actual: string; readonly name: Choice }
  /** Nobody named the size, and the model cannot make the usual one. */
  | {
      readonly kind: 'size-unnamed'
      readonly actual: string
      readonly model: string
      readonly limit: string
    }

/** What is wrong with a bucket or an option. */
export interface Unread {
  /** As it was typed. */
  readonly text: string
  /** Never empty. */
  readonly faults: readonly BucketFault[]
}

/** Most pictures of one bucket, so that amounts stay exact. */
export const maxCount = 1_000_000_000

/** `1500`, `1,500`, and with the sign that may follow it. */
const countForm = /^(\d{1,3}(?:,\d{3})+|\d+)[x×*]?$/i
const signForm = /^[x×*]$/i
const sizeForm = /^\d+(?:\.\d+)?[x×:]\d/i

/**
 * Reads buckets from words: each begins with its count, after which come, in any order, a model (`MODEL`, or
 * `PROVIDER/MODEL`), a size and a quality, each at most once; an `x` after the count and a comma after a word are read over. One of several
 * buckets says more than its count.
 */
export function readBuckets(
  args: readonly string[],
  settings: Settings,
): readonly (Bucket | Unread)[] {
  const words = args.flatMap((arg) => arg.split(/,?\s+|,$/)).filter((word) => word !== '')
  const starts = words.flatMap((word, index) => (countForm.test(word) ? [index] : []))
  const before = words.slice(0, starts[0]).join(' ')
  const isSingle = starts.length === 1
  return [
    ...(before === '' ? [] : [unreadOf(before, [{ kind: 'count-missing' }])]),
    ...starts.map((start, index) =>
      readBucket(words.slice(start, starts[index + 1]), isSingle, settings),
    ),
  ]
}

/** Reads what options say for buckets that leave it open, or answers what is wrong with them. */
export function readDefaults(
  { model, size, quality }: Readonly<Partial<Record<'model' | 'size' | 'quality', string>>>,
  settings: Settings,
): { readonly choices: ReadonlyMap<Choice, string> } | { readonly unread: readonly Unread[] } {
  const known = model === undefined ? new Map<Choice, string>() : modelChoices(model, settings)
  const unread = [
    ...(known === undefined
      ? [unreadOf('--model', [asProblem(unknownModel(model ?? '', settings))])]
      : []),
    ...(size !== undefined && readSize(plain(size)) === undefined
      ? [unreadOf('--size', [asProblem(badSize(size))])]
      : []),
  ]
  if (unread.length > 0) return { unread }
  const choices = new Map([
    ...(known ?? []),
    ...(size === undefined ? [] : [['size', plain(size)] as const]),
    ...(quality === undefined ? [] : [['quality', quality] as const]),
  ])
  return { choices }
}

function readBucket(
  words: readonly string[],
  isSingle: boolean,
  settings: Settings,
): Bucket | Unread {
  const [first = '', ...signed] = words
  const others = signed.filter((word) => !signForm.test(word))
  const text = words.join(' ')
  const count = Number(countForm.exec(first)?.[1]?.replaceAll(',', ''))
  const choices = new Map<Choice, string>()
  const faults: BucketFault[] = []
  if (!(count >= 1 && count <= maxCount)) faults.push({ kind: 'count-range', actual: first })
  if (others.length === 0 && !isSingle) faults.push({ kind: 'count-alone' })
  for (const word of others) {
    const read = readWord(word, settings)
    if ('kind' in read) {
      faults.push(read)
      continue
    }
    const second = [...read.keys()].find((name) => choices.has(name))
    if (second !== undefined) faults.push({ kind: 'word-second', actual: word, name: second })
    else for (const [name, value] of read) choices.set(name, value)
  }
  return faults.length > 0 ? unreadOf(text, faults) : { text, count, choices }
}

function readWord(word: string, settings: Settings): ReadonlyMap<Choice, string> | BucketFault {
  const model = modelChoices(word, settings)
  if (model !== undefined) return model
  const size = plain(word)
  if (readSize(size) !== undefined) return new Map([['size', size]])
  if (sizeForm.test(word)) return asProblem(badSize(word))
  const models = modelsIn(settings)
  const qualities = [...new Set(models.flatMap((one) => one.qualities))]
  if (qualities.includes(word)) return new Map([['quality', word]])
  const nearest = nearestOf(word, [...namesOf(settings), ...qualities, ...sizeNames])
  return { kind: 'word-unknown', actual: word, nearest }
}

function modelChoices(name: string, settings: Settings): ReadonlyMap<Choice, string> | undefined {
  const named = namedModel(name, settings)
  return (
    named &&
    new Map([
      ['model', named.model],
      ['provider', named.provider],
    ])
  )
}

function modelsIn(settings: Settings): Provider['models'] {
  return [...settings.providers.values()].flatMap(({ models }) => models)
}

/** A moving name is what most people know a model by. */
function namesOf(settings: Settings): readonly string[] {
  return modelsIn(settings).flatMap(({ id, aliases }) => [...aliases, id])
}

function unknownModel(actual: string, settings: Settings): Fault {
  const expected = 'a model that `imprompt models` lists'
  const nearest = nearestOf(actual, namesOf(settings))
  return { kind: 'attribute-value', name: 'model', actual, expected, nearest }
}

function badSize(actual: string): Fault {
  return { kind: 'attribute-value', name: 'size', actual, expected: sizeForms }
}

/** `1024×1024` and `1024X1024` are what people type for `1024x1024`. */
function plain(size: string): string {
  return size.replace(/^(\d+)[X×](\d+)$/, '$1x$2')
}

function unreadOf(text: string, faults: readonly BucketFault[]): Unread {
  return { text, faults }
}

/** A fault as a directive has it, too. */
export function asProblem(problem: Fault): BucketFault {
  return { kind: 'problem', problem }
}
