import type { Directive } from '../../directive/directive.ts'
import type { Problem } from '../../problem.ts'
import { shapeOf } from '../identity.ts'
import type { ImageRequest } from '../image-request.ts'
import { isReuse } from '../reuse.ts'
import { invisibleCharacters } from './invisible.ts'
import { nearPrompts } from './near-prompts.ts'

/** A directive and what it was understood as. */
export interface Linted {
  readonly directive: Directive
  readonly request: ImageRequest
}

/** What is allowed, and yet is probably not what its author meant. Warnings alone. */
export function lintsOf(linted: readonly Linted[]): readonly Problem[] {
  const bought = linted.filter(({ directive }) => !isReuse(directive)).map(({ request }) => request)
  return [
    ...linted.flatMap(missingAlt),
    ...bought.flatMap(invisible),
    ...linted.flatMap(unpriceable),
    ...repeatedNames(bought),
    ...shadowedStyles(bought),
    ...nearPrompts(bought),
  ]
}

/** A value of front matter becomes an address, which has no alternative text. */
function missingAlt({ directive, request }: Linted): readonly Problem[] {
  const isMissing = directive.path === undefined && request.display.alt === undefined
  return isMissing ? [{ kind: 'alt-missing', place: request.place }] : []
}

function invisible({ prompt, place }: ImageRequest): readonly Problem[] {
  const actual = invisibleCharacters(prompt)
  return actual.length === 0 ? [] : [{ kind: 'prompt-invisible', actual, place }]
}

function unpriceable({ directive, request }: Linted): readonly Problem[] {
  if (request.request.quality !== 'auto' || isReuse(directive)) return []
  const attribute = directive.attributes.find(({ name }) => name === 'quality')
  const place = attribute?.place ?? directive.place
  return [{ kind: 'unpriceable', name: 'quality', expected: 'a quality by its name', place }]
}

/** Names that differ for other requests are errors already: here one request has its name twice. */
function repeatedNames(requests: readonly ImageRequest[]): readonly Problem[] {
  const first = new Map<string, ImageRequest>()
  return requests.flatMap((request): readonly Problem[] => {
    const { name } = request.display
    const other = name === undefined ? undefined : first.get(name.toLowerCase())
    if (name !== undefined && other === undefined) first.set(name.toLowerCase(), request)
    if (name === undefined || other === undefined) return []
    if (identityOf(other) !== identityOf(request)) return []
    return [{ kind: 'name-repeated', name, other: other.place, place: request.place }]
  })
}

/** A default style is no part of an image's identity: of two for one prompt, the first is bought and shown for both. */
function shadowedStyles(requests: readonly ImageRequest[]): readonly Problem[] {
  const alike = Map.groupBy(requests, identityOf)
  return [...alike.values()].flatMap(([first, ...others]) =>
    others.flatMap((request): readonly Problem[] => {
      const isShadowed =
        first !== undefined &&
        !request.explicit.has('style') &&
        request.request.prompt !== first.request.prompt
      return isShadowed
        ? [{ kind: 'style-shadowed', other: first.place, place: request.place }]
        : []
    }),
  )
}

/** What two requests have in common that are one image. */
function identityOf(request: ImageRequest): string {
  return JSON.stringify([request.prompt, shapeOf(request)])
}
