import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'

export interface Seen {
  readonly prompt: string
  readonly attributes: readonly (string | readonly [name: string, value: string])[]
}

/** What a document asks for, without places. */
export function seen(source: string, file = 'fox.md'): readonly Seen[] {
  return parseDirectives(source, file).map(({ prompt, attributes }) => ({
    prompt,
    attributes: attributes.map(({ name, value }) => (value === undefined ? name : [name, value])),
  }))
}

/** The text of each directive, cut out of the document by its offsets. */
export function slices(source: string, file = 'fox.md'): readonly string[] {
  return parseDirectives(source, file).map(({ start, end }) => source.slice(start, end))
}
