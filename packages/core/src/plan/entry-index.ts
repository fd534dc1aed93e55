import type { Template } from '../config/template.ts'
import { authoredKeyOf } from '../key/key.ts'
import type { Entry, Key, RequestHash } from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { expandTemplate } from '../request/style.ts'

/** The entries of a store, by what was asked for and by the styles that their authors named. */
export interface EntryIndex {
  readonly byKey: ReadonlyMap<Key, Entry>
  /** The earliest entry of each resolved request. */
  readonly byRequest: ReadonlyMap<RequestHash, Entry>
  /** Every template that a style of some name ever had. */
  readonly templates: ReadonlyMap<string, ReadonlySet<Template>>
}

/** Puts entries in order. */
export function indexOf(entries: readonly Entry[]): EntryIndex {
  const earliestLast = entries.toSorted((one, other) => (one.boughtAt < other.boughtAt ? 1 : -1))
  const styles = entries.flatMap(({ style }) => style ?? [])
  return {
    byKey: new Map(entries.map((entry) => [entry.key, entry])),
    byRequest: new Map(earliestLast.map((entry) => [entry.requestHash, entry])),
    templates: new Map(
      [...Map.groupBy(styles, ({ name }) => name)].map(([name, all]) => [
        name,
        new Set(all.map(({ template }) => template)),
      ]),
    ),
  }
}

/** What an image was bought as when the style that its author names had another text; nothing where it never was. */
export function formerEntryOf(request: ImageRequest, index: EntryIndex): Entry | undefined {
  const { style, page } = request
  if (style?.isExplicit !== true) return undefined
  const earlier = [...(index.templates.get(style.name) ?? [])].filter(
    (template) => template !== style.template,
  )
  return earlier
    .flatMap((template) => {
      const text = expandTemplate(template, page)
      return index.byKey.get(authoredKeyOf({ ...request, style: { ...style, text } })) ?? []
    })
    .toSorted((one, other) => (one.boughtAt < other.boughtAt ? 1 : -1))[0]
}
