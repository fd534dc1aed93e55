import type { Event, Point } from 'micromark-util-types'
import type { Place } from '../ports.ts'
import type { Arguments, PlacedAttribute } from './arguments.ts'
import { readAttribute } from './attribute.ts'
import type { Directive, RawAttribute } from './directive.ts'

/** A part of a text, by its UTF-16 offsets. */
export type Span = Pick<Directive, 'start' | 'end'>

/** The directives among events, in their order, without those in the alternative text of an image. */
export function directivesIn(events: readonly Event[], file: string): readonly Directive[] {
  const directives: Directive[] = []
  const attributesOf = placedIn(file)
  let prompt = ''
  let attributes: PlacedAttribute[] = []
  let images = 0

  for (const [edge, token, context] of events) {
    const isEnter = edge === 'enter'
    // The label of an image is its alternative text, which shows no pictures.
    if (token.type === 'image') images += isEnter ? 1 : -1
    else if (isEnter) continue
    else if (token.type === 'genDirectivePrompt') prompt = context.sliceSerialize(token)
    else if (token.type === 'genDirectiveAttribute') {
      const { line, column } = token.start
      attributes.push({ ...readAttribute(context.sliceSerialize(token)), line, column })
    } else if (token.type === 'genDirective') {
      const found = {
        prompt,
        attributes: attributesOf(token.genAttributes ?? attributes),
        place: placeOf(token.start, file),
        start: token.start.offset,
        end: token.end.offset,
      }
      if (images === 0) directives.push(found)
      prompt = ''
      attributes = []
    }
  }
  return directives
}

/** The images among events that stand in no other, in their order. */
export function imagesIn(events: readonly Event[]): readonly Span[] {
  const images: Span[] = []
  let depth = 0
  for (const [edge, { type, start, end }] of events) {
    if (type !== 'image') continue
    if (edge === 'enter' && depth === 0) images.push({ start: start.offset, end: end.offset })
    depth += edge === 'enter' ? 1 : -1
  }
  return images
}

/** The place of a point. */
export function placeOf({ line, column }: Pick<Point, 'line' | 'column'>, file: string): Place {
  return { file, line, column }
}

/** Directives that refer to one definition share its attributes: a long one with many of them stays small. */
function placedIn(file: string): (text: Arguments) => readonly RawAttribute[] {
  const known = new Map<Arguments, readonly RawAttribute[]>()
  return (text) => {
    const attributes =
      known.get(text) ??
      text.map(({ line, column, ...one }) => ({ ...one, place: placeOf({ line, column }, file) }))
    known.set(text, attributes)
    return attributes
  }
}
