import { describe, expect, test } from 'vitest'
import { frontMatterEdits } from '../../../../packages/core/src/directive/front-matter/edits.ts'
import { yaml } from './asked.ts'
import { dataOf, expectExactEdits, expectOnlyUrls, replaced, urlsFor } from './replaced.ts'

const cases = [
  ['cover: "gen: a" # b', 'cover: "/0.webp" # b'],
  ["cover: 'gen: a'", "cover: '/0.webp'"],
  ['cover: gen:a b # c', 'cover: "/0.webp" # c'],
  ['cover:\n  gen:a\n  b # c\nd: 1', 'cover:\n  "/0.webp" # c\nd: 1'],
  ['cover: "gen: a\n  b"', 'cover: "/0.webp"'],
  ['cover: >-\n  gen: a\n  at dusk\nb: 1', 'cover: "/0.webp"\nb: 1'],
  ['cover: >- # c\n  gen: a\n\n\n# d\nb: 1', 'cover: "/0.webp" # c\n\n\n# d\nb: 1'],
  ['cover: |2+ \n  gen: a\n   b\n \nb: 1', 'cover: "/0.webp"\n \nb: 1'],
  ['- |\n gen: a\n- b', '- "/0.webp"\n- b'],
  ['cover: { gen: a, b: { c: 1 } } # d', 'cover: "/0.webp" # d'],
  ['cover: { # b\n  gen: a, # c\n } # d', 'cover: "/0.webp" # d'],
  ['{"cover":{"gen":"a"},"b":"gen: b"}', '{"cover":"/0.webp","b":"/1.webp"}'],
  [
    'cover:\n  gen: a\n  size: b # c\n  # d\n# e\nf: 1',
    'cover:\n  "/0.webp" # c\n  # d\n# e\nf: 1',
  ],
  ['cover: # b\n  # c\n  gen: a\n\n  # d\n  size: e\nf: 1', 'cover: # b\n  # c\n  "/0.webp"\nf: 1'],
  ['cover:\n  gen: a\n  dark:   # b\nc: 1', 'cover:\n  "/0.webp"   # b\nc: 1'],
  ['cover:\n  gen: a\n  dark:\n\nb: 1', 'cover:\n  "/0.webp"\n\nb: 1'],
  ['cover:\n  gen: |\n    a\n    b\n\n\nb: 1', 'cover:\n  "/0.webp"\n\n\nb: 1'],
  ['cover:\n  gen: a\n  widths:\n  - 1\n  - 2 # b\nb: 1', 'cover:\n  "/0.webp" # b\nb: 1'],
  ['cover:\n  gen: a\n  widths: [1,\n    2]\nb: 1', 'cover:\n  "/0.webp"\nb: 1'],
  ['cover:\n  ? gen\n  : a\n  ? dark # b\nb: 1', 'cover:\n  "/0.webp" # b\nb: 1'],
  ['? cover\n: gen: a\n  size: b\nb: 1', '? cover\n: "/0.webp"\nb: 1'],
  ['l:\n- gen: a\n  size: b\n# c\n- gen:d', 'l:\n- "/0.webp"\n# c\n- "/1.webp"'],
  ['l:\n  - - gen: a\n    - b', 'l:\n  - - "/0.webp"\n    - b'],
  ['l: [? gen : a, gen: b, {gen: c}, gen:d]', 'l: ["/0.webp", "/1.webp", "/2.webp", "/3.webp"]'],
  ['b: 1\n__proto__: { gen: a }\na: 2', 'b: 1\n__proto__: "/0.webp"\na: 2'],
  ['a: 🦊\ncover: gen:🦊\nb: 🦊', 'a: 🦊\ncover: "/0.webp"\nb: 🦊'],
] as const

describe.for([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
] as const)('with lines that end in %s', ([, lineEnd]) => {
  test.for(cases)('makes of %j %j', ([before, after]) => {
    const source = yaml(before).replaceAll('\n', lineEnd)
    expect(replaced(source)).toBe(yaml(after).replaceAll('\n', lineEnd))
    // YAML knows the carriage return, but not the parser that compares the data.
    if (lineEnd !== '\r') expectOnlyUrls(source)
    expectExactEdits(source)
  })
})

test.for([
  ['cover: &c !!str gen:a', 'cover: &c !!str "/0.webp"'],
  ["cover: &c 'gen: a' # b", "cover: &c '/0.webp' # b"],
  ['cover: &c { gen: a }', 'cover: &c "/0.webp"'],
  ['cover: &c # b\n  gen: a\n  dark:   # c', 'cover: &c # b\n  "/0.webp"   # c'],
  ['cover: &c >- # b\n  gen: a', 'cover: &c "/0.webp" # b'],
] as const)('keeps the anchor of %j, so that aliases show the picture', ([before, after]) => {
  const source = yaml(`${before}\nhero: *c\nl: [*c]`)
  expect(replaced(source)).toBe(yaml(`${after}\nhero: *c\nl: [*c]`))
  expect(dataOf(replaced(source))).toEqual({ cover: '/0.webp', hero: '/0.webp', l: ['/0.webp'] })
  expectExactEdits(source)
})

test('writes out what an alias stood for within a replaced value', () => {
  const source = yaml(
    'cover: { gen: &p "a: b", take: &t 2, alt: *p }\nalt: *p\nl: [*t]\nhero: { gen: *p, take: *t }',
  )
  const text = 'cover: "/0.webp"\nalt: "a: b"\nl: [2]\nhero: "/1.webp"'
  expect(replaced(source)).toBe(yaml(text))
  expectOnlyUrls(source)
  expect(replaced(source, urlsFor(source).slice(0, 1))).toBe(
    yaml('cover: "/0.webp"\nalt: "a: b"\nl: [2]\nhero: { gen: "a: b", take: 2 }'),
  )
})

test('replaces only what there is a URL for', () => {
  const source = yaml('a: "gen: a"\nb: "gen: b"\nc: d')
  const urls = [
    { path: ['b'], url: '/b.webp' },
    { path: ['c'], url: '/c.webp' },
    { path: ['d', 0], url: '/d.webp' },
  ]
  expect(replaced(source, urls)).toBe(yaml('a: "gen: a"\nb: "/b.webp"\nc: d'))
})

test.for([
  ["'gen: a'", "/it's.webp", `"/it's.webp"`],
  ["'gen: a'", '/"a".webp', `'/"a".webp'`],
  ['"gen: a"', '/"\\.webp', String.raw`"/\"\\.webp"`],
  ['gen:a', '/\n\t\u0085\u2028\uFEFF', String.raw`"/\n\t\u0085\u2028\ufeff"`],
  ["'gen:a'", '/\n', String.raw`"/\n"`],
] as const)('writes in the place of %j the URL %j as %j', ([written, url, expected]) => {
  const source = yaml(`a: ${written}`)
  const [{ path } = { path: [] }] = urlsFor(source)
  expect(replaced(source, [{ path, url }])).toBe(yaml(`a: ${expected}`))
})

test.for(['text', '---\na: "gen: b"', '---\n---\n', yaml('a: 1')])(
  'edits nothing in %j',
  (source) => {
    expect(frontMatterEdits(source, [{ path: ['a'], url: '/a.webp' }])).toEqual([])
  },
)
