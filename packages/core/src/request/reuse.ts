import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import { type AttributeTexts, boughtOf } from './attributes.ts'
import { displayFor } from './display.ts'
import { type ImageRequest, type Understanding, isDraft } from './image-request.ts'
import { nearestOf } from '../nearest.ts'
import { canonicalText } from './prompt.ts'

/** The pictures of a project that have a name, by that name in lower case. */
export type Names = ReadonlyMap<string, ImageRequest>

/** Whether a directive shows a picture that stands elsewhere. */
export function isReuse(directive: Directive): boolean {
  return directive.attributes.some(({ name }) => name === 'use')
}

/** The name by which a picture is told from others of its project; nothing where it has none. */
export function nameOf({ display }: ImageRequest): string | undefined {
  return display.name?.toLowerCase()
}

/** The pictures that have a name; of several with one name the first. */
export function namesOf(requests: readonly ImageRequest[]): Names {
  return new Map(
    requests.toReversed().flatMap((request) => {
      const name = nameOf(request)
      return name === undefined ? [] : [[name, request] as const]
    }),
  )
}

/**
 * The picture that `use=NAME` names, shown as this directive says. Its own prompt, where it has one, is the alternative
 * text: that of a translation.
 */
export function reuseOf(
  directive: Directive,
  read: { readonly texts: AttributeTexts; readonly problems: readonly Problem[] },
  names: Names,
  settings: Settings,
): Understanding {
  const { place } = directive
  const { texts } = read
  const name = texts.get('use')
  const original = name === undefined ? undefined : names.get(name.toLowerCase())
  const problems: Problem[] = [...read.problems]
  const placeOf = (attribute: string): Problem['place'] =>
    directive.attributes.find((one) => one.name === attribute)?.place ?? place
  // A picture that is shown again has a name already.
  const excluded = [...boughtOf(texts).keys(), ...(texts.has('name') ? ['name'] : [])]
  for (const attribute of excluded)
    problems.push({ kind: 'use-excludes', name: attribute, place: placeOf(attribute) })
  if (name !== undefined && original === undefined)
    problems.push({
      kind: 'use-unknown',
      name,
      nearest: nearestOf(name, [...names.keys()]),
      place: placeOf('use'),
    })
  if (problems.length > 0 || original === undefined) return { problems }
  const display = displayFor(directive, texts, settings)
  const caption = canonicalText(directive.prompt)
  const alt = display.alt ?? (caption === '' ? original.display.alt : caption)
  return {
    request: {
      ...original,
      place,
      display: { ...display, alt, name: original.display.name },
      isDraft: isDraft(directive, settings),
    },
  }
}
