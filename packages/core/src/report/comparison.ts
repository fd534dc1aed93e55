import { distance } from 'fastest-levenshtein'
import type { Baseline } from '../plan/baseline.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import type { Entry, Key, Place } from '../ports.ts'
import { attributesThatDiffer } from './attributes-that-differ.ts'

/** A picture that is on one side of a comparison alone; amounts are micro-dollars. */
export interface ComparedImage {
  readonly key: string
  readonly prompt: string
  /** Where it stands; absent where nothing names it any more. */
  readonly place?: Place
  /** What it cost, or would; 0 where another picture's purchase is shared. */
  readonly microUsd: number
}

/** A picture that took the place of another one. */
export interface ChangedImage extends ComparedImage {
  /** The key of the other one. */
  readonly from: string
  readonly fromMicroUsd: number
  /** What made it another purchase, such as `quality`. */
  readonly attributes: readonly string[]
}

/** What a branch adds to the pictures of a commit. */
export interface Comparison {
  readonly ref: string
  readonly commit: string
  readonly added: readonly ComparedImage[]
  readonly changed: readonly ChangedImage[]
  /** Neither named by the content nor stored any more. */
  readonly removed: readonly ComparedImage[]
  /** Stored, and not named by the content any more. */
  readonly orphaned: readonly ComparedImage[]
  /** What is added or changed costs. */
  readonly costMicroUsd: number
}

/** Compares the pictures of a plan with those of a commit, each former one with the one that took its place. */
export function comparisonOf(plan: Plan, { ref, commit, entries, stored }: Baseline): Comparison {
  const known = new Set(entries.map(({ key }) => key))
  const named = new Set(plan.images.flatMap(keysOf))
  const gone = new Set(pagePictures(entries, named).filter(({ key }) => !named.has(key)))
  const added: ComparedImage[] = []
  const changed: ChangedImage[] = []
  // For a draft nothing is bought.
  const successors = plan.images.filter(
    ({ key, source }) => !known.has(key) && source.kind !== 'draft',
  )
  const isNear = successors.length * gone.size <= maxPairs
  const formerOf = searchIn(gone, isNear)
  for (const image of successors) {
    const former = formerOf(image)
    if (former === undefined) added.push(compared(image))
    else {
      gone.delete(former.entry)
      const { entry, attributes } = former
      const { microUsd: fromMicroUsd } = entry.cost
      changed.push({ ...compared(image), from: entry.key, fromMicroUsd, attributes })
    }
  }
  const left = [...gone].map(formerly)
  return {
    ref,
    commit,
    added,
    changed,
    removed: left.filter(({ key }) => !stored.has(key)),
    orphaned: left.filter(({ key }) => stored.has(key)),
    costMicroUsd: [...added, ...changed].reduce((sum, { microUsd }) => sum + microUsd, 0),
  }
}

/** All but drafts, which no page ever had, and what stands again under the key of the image that it was picked for. */
function pagePictures(entries: readonly Entry[], named: ReadonlySet<Key>): readonly Entry[] {
  const picked = entries.filter(({ key, pickedFrom }) => pickedFrom !== undefined && named.has(key))
  const finals = new Set(picked.map(({ requestHash }) => requestHash))
  return entries.filter(
    ({ key, request, requestHash }) =>
      request.draft !== true && (named.has(key) || !finals.has(requestHash)),
  )
}

/** An image may be shown as it was bought under another key. */
function keysOf({ key, source }: PlannedImage): readonly Key[] {
  return source.kind === 'kept' ? [key, source.entry.key] : [key]
}

function compared({ key, prompt, places: [place], source }: PlannedImage): ComparedImage {
  return { key, prompt, ...(place && { place }), microUsd: priceOf(source) }
}

function formerly({ key, request, cost }: Entry): ComparedImage & { readonly key: Key } {
  return { key, prompt: request.prompt, microUsd: cost.microUsd }
}

function priceOf(source: PlannedImage['source']): number {
  if ('estimate' in source) return source.estimate.microUsd
  return source.kind === 'stored' || source.kind === 'kept' ? source.entry.cost.microUsd : 0
}

/** As many pairs of prompts are held against each other; of more, those alone that are the same. */
const maxPairs = 40_000

/** Prompts are held against each other by so many of their first characters. */
const maxCompared = 400

interface Former {
  readonly entry: Entry
  readonly attributes: readonly string[]
  /** Of several, the one with the least. */
  readonly difference: number
}

/** Finds the picture whose place an image took. */
type Search = (image: PlannedImage) => Former | undefined

/** Of the same prompt with other attributes, or of a prompt that is much like it where there are not too many of them. */
function searchIn(gone: ReadonlySet<Entry>, isNear: boolean): Search {
  const byPrompt = Map.groupBy(gone, ({ request }) => request.prompt)
  return (image) => {
    const alike = (byPrompt.get(image.request.prompt) ?? []).filter((entry) => gone.has(entry))
    if (alike.length > 0) return nearest(alike.map((entry) => formerAs(entry, image, 0)))
    return nearest(
      (isNear ? [...gone] : []).flatMap((entry) => {
        const unlikeness = unlikenessOf(image.request.prompt, entry.request.prompt)
        return unlikeness > 0.5 ? [] : [formerAs(entry, image, unlikeness)]
      }),
    )
  }
}

function formerAs(entry: Entry, image: PlannedImage, unlikeness: number): Former {
  const attributes = attributesThatDiffer(image, entry)
  return { entry, attributes, difference: attributes.length + 10 * unlikeness }
}

function nearest(candidates: readonly Former[]): Former | undefined {
  return candidates.toSorted((one, other) => one.difference - other.difference)[0]
}

/** From 0 for the same text up to 1 for one that has nothing in common with it. */
function unlikenessOf(one: string, other: string): number {
  const [short, long] = [one.slice(0, maxCompared), other.slice(0, maxCompared)]
  return distance(short, long) / Math.max(short.length, long.length, 1)
}
