import type { Event } from 'micromark-util-types'
import type { Problem } from '../problem.ts'
import { directivesIn, imagesIn, placeOf } from './collect.ts'
import type { Span } from './collect.ts'
import type { Directive } from './directive.ts'
import { opening } from './opening.ts'
import type { Opening } from './record.ts'
import { tokenize } from './tokenize.ts'

/** A file, and what its parse has seen. */
export interface Parsed {
  readonly source: string
  readonly file: string
  readonly events: readonly Event[]
  /** Where a directive seems to begin, and none does, in their order. */
  readonly begun: readonly Opening[]
}

/**
 * The problems of openings that begin no directive. One that is misspelt is a problem only where a directive would
 * begin if it were not, with `name=value` or nothing at all between its parentheses: anything else may be an image
 * whose alternative text happens to begin so.
 */
export function mistakesIn(parsed: Parsed): readonly Problem[] {
  const { events, begun, file } = parsed
  const misspelt = misspeltIn(parsed)
  const meant = new Set(misspelt.map(({ start }) => start))
  const shown = outside(outside(begun, imagesIn(events)), misspelt)
  return shown
    .filter(({ text, point }) => text === opening || meant.has(point.offset))
    .map(({ text, point }): Problem => {
      const place = placeOf(point, file)
      return text === opening
        ? { kind: 'directive-unfinished', place }
        : {
            kind: 'directive-misspelt',
            actual: text,
            place,
            fix: { place, actual: text, text: opening },
          }
    })
}

/** The directives that would begin at misspelt openings. */
function misspeltIn({ source, file, begun }: Parsed): readonly Directive[] {
  const misspelt = begun.filter(({ text }) => text !== opening)
  if (misspelt.length === 0) return []
  const starts = new Set(misspelt.map(({ point }) => point.offset))
  const events = tokenize({ source: respelt(source, misspelt), file, openings: [opening] })
  return directivesIn(events, file).filter((one) => starts.has(one.start) && isMeant(one))
}

/** The text with other openings of the same length: a blank at the beginning of a prompt does not matter. */
function respelt(source: string, misspelt: readonly Opening[]): string {
  const parts = misspelt.map(({ text, point }, index) => {
    const end = misspelt[index + 1]?.point.offset
    return opening.padEnd(text.length) + source.slice(point.offset + text.length, end)
  })
  return source.slice(0, misspelt[0]?.point.offset) + parts.join('')
}

function isMeant({ attributes }: Directive): boolean {
  const isNamed = attributes.some(({ name, value }) => name !== '' && value !== undefined)
  return isNamed || attributes.length === 0
}

/** What does not begin in the midst of a span; both are in their order, and spans do not overlap. */
function outside(begun: readonly Opening[], spans: readonly Span[]): readonly Opening[] {
  let passed = 0
  return begun.filter(({ point: { offset } }) => {
    let span = spans[passed]
    while (span !== undefined && span.end <= offset) span = spans[(passed += 1)]
    return span === undefined || offset <= span.start
  })
}
