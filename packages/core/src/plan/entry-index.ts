import type { Template } from '../config/template.ts'
import { authoredKeyOf } from '../key/key.ts'
import type { Entry, Key, RequestHash } from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import { type Style, expandTemplate } from '../request/style.ts'
import { versionsOf } from '../versions.ts'

/** The entries of a store, by what was asked for and by the styles that their authors named. */
export interface EntryIndex {
  readonly byKey: ReadonlyMap<Key, Entry>
  /** The earliest purchase of each resolved request, former ones of a key included. */
  readonly byRequest: ReadonlyMap<RequestHash, Entry>
  /** Every template that a style of some name ever had. */
  readonly templates: ReadonlyMap<string, ReadonlySet<Template>>
}

/** Puts entries in order. */
export function indexOf(entries: readonly Entry[]): EntryIndex {
  const bought = entries.flatMap(versionsOf)
  const earliestLast = bought.toSorted((one, other) => (one.boughtAt < other.boughtAt ? 1 : -1))
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

/** What an image was bought as when a style had another text. */
export interface Former {
  readonly entry: Entry
  /** The style that has another text today: its own, or that of a picture that it is made from. */
  readonly style: string
}

/**
 * What an image was bought as when the style that its author names had another text, or that of the picture that it is
 * made from; nothing where it never was.
 * @param base What the picture that it is made from was bought as then; nothing where that is as it was.
 */
export function formerOf(
  request: ImageRequest,
  base: Former | undefined,
  index: EntryIndex,
): Former | undefined {
  const own = request.style?.isExplicit === true ? request.style : undefined
  const changed = own === undefined ? [] : earlierStyles(own, request.page, index)
  const candidates = [
    ...changed.flatMap((style) => [
      { style, base: undefined, name: style.name },
      ...(base === undefined ? [] : [{ style, base, name: style.name }]),
    ]),
    ...(base === undefined ? [] : [{ style: request.style, base, name: base.style }]),
  ]
  return candidates
    .flatMap(({ style, base: from, name }) => {
      const entry = index.byKey.get(authoredKeyOf({ ...request, style, baseKey: from?.entry.key }))
      return entry === undefined ? [] : [{ entry, style: name }]
    })
    .toSorted(({ entry: one }, { entry: other }) => (one.boughtAt < other.boughtAt ? 1 : -1))[0]
}

function earlierStyles(
  style: Style,
  page: ImageRequest['page'],
  index: EntryIndex,
): readonly Style[] {
  return [...(index.templates.get(style.name) ?? [])]
    .filter((template) => template !== style.template)
    .map((template) => ({ ...style, text: expandTemplate(template, page) }))
}
