import type { Problem } from '../../problem.ts'
import { shapeOf } from '../identity.ts'
import type { ImageRequest } from '../image-request.ts'
import { gapHasher } from './gap-hashes.ts'

/** Shorter prompts differ by a word because their pictures do. */
const minWords = 6

/** Every purchase of a prompt that nearly was bought before: all but one of its words are the same. Linear time. */
export function nearPrompts(requests: readonly ImageRequest[]): readonly Problem[] {
  const hashesOf = gapHasher()
  const byGap = new Map<number, Written>()
  return distinct(requests).flatMap((written): readonly Problem[] => {
    const hashes = hashesOf(written.shape, written.words)
    const candidates = new Set(hashes.flatMap((gap) => byGap.get(gap) ?? []))
    for (const gap of hashes) if (!byGap.has(gap)) byGap.set(gap, written)
    for (const other of candidates) {
      const difference = differenceOf(written, other)
      if (difference !== undefined)
        return [{ kind: 'prompt-near', difference, other: other.place, place: written.place }]
    }
    return []
  })
}

interface Written {
  /** Everything but the prompt that is bought. */
  readonly shape: string
  readonly words: readonly string[]
  readonly place: ImageRequest['place']
}

/** One request in many places is one purchase. */
function distinct(requests: readonly ImageRequest[]): readonly Written[] {
  const written = new Map<string, Written>()
  for (const request of requests) {
    const { prompt, style, place } = request
    const shape = JSON.stringify([style?.text, shapeOf(request)])
    const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    const id = `${shape}\n${prompt}`
    if (words.length >= minWords && !written.has(id)) written.set(id, { shape, words, place })
  }
  return [...written.values()]
}

/** Says how two prompts differ where it is by a word at most; hashes that are equal by chance answer nothing. */
function differenceOf(one: Written, other: Written): string | undefined {
  if (one.shape !== other.shape) return undefined
  const start = sharedLength(one.words, other.words)
  const rest = one.words.slice(start).toReversed()
  const otherRest = other.words.slice(start).toReversed()
  const end = sharedLength(rest, otherRest)
  const mine = rest.slice(end)
  const theirs = otherRest.slice(end)
  if (mine.length > 1 || theirs.length > 1) return undefined
  const [here, there] = [mine[0], theirs[0]]
  if (here === undefined && there === undefined) return 'the same words'
  if (here === undefined) return `without \`${there}\``
  return there === undefined ? `with \`${here}\`` : `\`${here}\` for \`${there}\``
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  const index = one.findIndex((word, at) => word !== other[at])
  return index === -1 ? one.length : index
}
