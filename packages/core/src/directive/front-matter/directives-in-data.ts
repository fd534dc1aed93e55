import type { Place } from '../../ports.ts'
import type { Directive, Page } from '../directive.ts'
import { directivesIn } from './directives-in.ts'
import { pageOf } from './page.ts'
import { isPlainObject } from './plain-object.ts'
import type { Entry, Scalar, Written } from './value.ts'

/** Values that are met again: a few aliases can spell billions of them. */
const maxRepeated = 10_000

/**
 * The values that ask for a picture in data that a host's parser made of front matter, each placed at `place`. What
 * several paths share is found by each of them, but not beyond measure.
 */
export function directivesInData(data: unknown, place: Place): readonly Directive[] {
  const root = read(data)
  const page = pageOf(root)
  return directivesIn(root).map(({ path, prompt, attributes }) => ({
    prompt,
    attributes: attributes.map(({ name, value }) =>
      value === undefined ? { name, place } : { name, value, place },
    ),
    place,
    start: 0,
    end: 0,
    path,
    page,
  }))
}

/** What such data says of its page. */
export function pageInData(data: unknown): Page {
  return pageOf(read(data))
}

function read(root: unknown): Written {
  const known = new Set<unknown>()
  const open = new Set<unknown>()
  let repeated = 0
  const readValue = (data: unknown, isInKnown: boolean): Written => {
    const isKnown = isInKnown || known.has(data)
    if (isKnown) repeated += 1
    if (repeated > maxRepeated || open.has(data)) return nothing
    if (!Array.isArray(data) && !isPlainObject(data)) return scalarOf(data)
    known.add(data)
    open.add(data)
    const value = collectionOf(data, (child) => readValue(child, isKnown))
    open.delete(data)
    return value
  }
  return readValue(root, false)
}

const nowhere = { start: 0, end: 0 } as const
const nothing: Written = { kind: 'mapping', entries: new Map(), ...nowhere }

function collectionOf(
  data: readonly unknown[] | Readonly<Record<string, unknown>>,
  valueOf: (child: unknown) => Written,
): Written {
  if (Array.isArray(data))
    return { kind: 'list', items: data.map((item) => valueOf(item)), ...nowhere }
  const entries = Object.entries(data).map(([key, child]): [string, Entry] => {
    return [key, { value: valueOf(child), start: 0 }]
  })
  return { kind: 'mapping', entries: new Map(entries), ...nowhere }
}

function scalarOf(data: unknown): Written {
  switch (typeof data) {
    case 'string':
      return scalar('string', data)
    case 'boolean':
      return scalar(data ? 'true' : 'false', String(data))
    case 'number':
    case 'bigint':
      return scalar('other', String(data))
    case 'undefined':
      return scalar('false', '')
    case 'object':
      if (data === null) return scalar('null', '')
      return data instanceof Date ? scalar('other', dateText(data)) : nothing
    case 'function':
    case 'symbol':
      return nothing
  }
}

function scalar(type: Scalar['type'], text: string): Scalar {
  return { kind: 'scalar', type, text, ...nowhere }
}

/** A day as most write it, which parsers answer as its midnight. */
function dateText(date: Date): string {
  return (date.toJSON() ?? '').replace('T00:00:00.000Z', '')
}
