import { micromark } from 'micromark'
import { gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { dialectOf } from '../../../packages/core/src/directive/dialect.ts'
import { readFrontMatter } from '../../../packages/core/src/directive/front-matter/front-matter.ts'
import { parseDirectives, readMarkdown } from '../../../packages/core/src/directive/scan.ts'
import { genDirective } from '../../../packages/core/src/directive/syntax.ts'
import { npmDocuments } from './npm-documents.ts'
import { type Kind, type Place, type Span, imagesIn, kinds, placesIn } from './stock-places.ts'

const name = 'README.md'
const documents = npmDocuments()

describe('the Markdown of installed packages', () => {
  test('is at least 500 documents', () => {
    expect(documents.length).toBeGreaterThanOrEqual(500)
  })

  test('asks for no picture and makes no mistake', () => {
    const asking = documents.filter(({ source }) => {
      const { directives, problems } = readMarkdown(source, name)
      const matter = readFrontMatter(source, name) ?? { directives: [], problems: [] }
      const found = [...parseDirectives(source, name), ...directives, ...matter.directives]
      return found.length + problems.length + matter.problems.length > 0
    })
    expect(asking.map(({ file }) => file)).toEqual([])
  })

  test('becomes the same HTML with our syntax as without it', () => {
    const differing = documents.filter(({ source }) => html(source, true) !== html(source, false))
    expect(differing.map(({ file }) => file)).toEqual([])
  })
})

// Twins are both a directive and an image that CommonMark knows, so that a parser without our syntax says whether the
// text in some place is parsed as one.
const twin = 'a "b"'
const enclosedTwin = '<a>'
const spaced = 'a=b, c'

describe('directives put among the Markdown of installed packages', () => {
  const places = documents.map(({ file, source }, turn) => {
    const picked = pick(placesIn(source), turn)
    return { file, kinds: [...picked.values()], with: (list: string) => put(source, picked, list) }
  })

  test.for(kinds)('stand in dozens of documents in a place of the kind: %s', (kind) => {
    expect(places.filter((one) => one.kinds.includes(kind)).length).toBeGreaterThan(24)
  })

  test('are found at exact offsets where another parser sees an image, and nowhere else', () => {
    const differing = places.filter((one) => {
      const source = one.with(twin)
      return !isSame(spansIn(source), imagesIn(source))
    })
    expect(differing.map(({ file }) => file)).toEqual([])
  })

  test('are found in the form with spaces where another parser sees its twin as an image', () => {
    const differing = places.filter((one) => {
      const source = one.with(enclosedTwin)
      const images = imagesIn(source).map(({ start, end }) => source.slice(start, end))
      const expected = images.map((image) => image.replace(enclosedTwin, spaced))
      return !isSame(textsIn(one.with(spaced)), expected)
    })
    expect(differing.map(({ file }) => file)).toEqual([])
  })
})

/** One place of each kind that a document has, by turns. */
function pick(places: readonly Place[], turn: number): ReadonlyMap<number, Kind> {
  return new Map(
    kinds.flatMap((kind): (readonly [number, Kind])[] => {
      const some = places.filter((place) => place.kinds.includes(kind))
      const place = some[turn % some.length]
      return place === undefined ? [] : [[Math.floor((place.start + place.end) / 2), kind]]
    }),
  )
}

function put(source: string, picked: ReadonlyMap<number, Kind>, list: string): string {
  return [...picked]
    .toSorted(([one], [other]) => other - one)
    .reduce(
      (text, [at, kind]) => `${text.slice(0, at)}![gen: ${kind}](${list})${text.slice(at)}`,
      source,
    )
}

function spansIn(source: string): readonly Span[] {
  return parseDirectives(source, name).map(({ start, end }) => ({ start, end }))
}

function textsIn(source: string): readonly string[] {
  return spansIn(source).map(({ start, end }) => source.slice(start, end))
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function html(markdown: string, isOurs: boolean): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: isOurs ? [...dialectOf(name), genDirective()] : dialectOf(name),
    htmlExtensions: [gfmHtml()],
  })
}
