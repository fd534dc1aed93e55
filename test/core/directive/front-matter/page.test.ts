import { expect, test } from 'vitest'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { toml, yaml } from './asked.ts'

test('knows scalars as they are written, by name and by path', () => {
  const source = yaml(
    [
      'title: "A \\"fox\\""',
      'date: 2024-01-01',
      'order: 007',
      'empty:',
      'nothing: ~',
      'summary: >-',
      '  two',
      '  lines',
      'tags: [a, 1.50, true]',
      'author: { name: Bob, links: [{ url: /b }, c] }',
      'list: []',
    ].join('\n'),
  )
  expect(fieldsOf(source)).toEqual([
    ['title', 'A "fox"'],
    ['date', '2024-01-01'],
    ['order', '007'],
    ['empty', ''],
    ['nothing', '~'],
    ['summary', 'two lines'],
    ['tags', 'a, 1.50, true'],
    ['author.name', 'Bob'],
    ['author.links.0.url', '/b'],
    ['author.links.1', 'c'],
  ])
})

test('knows those of TOML', () => {
  const source = toml(
    'title = \'A "fox"\'\ndate = 1979-05-27\ntags = ["a", 1_000]\na.b = +1\n[author]\nname = "Bob"\n[[l]]\nc = 1',
  )
  expect(fieldsOf(source)).toEqual([
    ['title', 'A "fox"'],
    ['date', '1979-05-27'],
    ['tags', 'a, 1_000'],
    ['a.b', '+1'],
    ['author.name', 'Bob'],
    ['l.0.c', '1'],
  ])
})

test('counts no directive among fields, nor what is in one', () => {
  const source = yaml(
    'title: a\ncover: &c { gen: b, alt: c }\nhero: *c\nl: ["gen: d", e, *c]\nm: ["gen: f"]',
  )
  expect(fieldsOf(source)).toEqual([
    ['title', 'a'],
    ['l', 'e'],
  ])
})

test('knows what aliases stand for', () => {
  const source = yaml('a: &a { b: 1 }\nc: *a\nd: &d e\nf: [*d, g]\nh: { i: *a }')
  expect(fieldsOf(source)).toEqual([
    ['a.b', '1'],
    ['c.b', '1'],
    ['d', 'e'],
    ['f', 'e, g'],
    ['h.i.b', '1'],
  ])
})

test('takes `__proto__` and `constructor` for names like any other', () => {
  const source = yaml('__proto__: a\nconstructor: { __proto__: { polluted: b } }')
  expect(fieldsOf(source)).toEqual([
    ['__proto__', 'a'],
    ['constructor.__proto__.polluted', 'b'],
  ])
  expect(fieldsOf(toml('__proto__ = "a"\n[constructor.__proto__]\npolluted = "b"'))).toEqual(
    fieldsOf(source),
  )
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test.for([
  [yaml('draft: true'), true],
  [yaml('draft: True'), true],
  [yaml('draft: TRUE'), true],
  [yaml('yes: &y true\ndraft: *y'), true],
  [toml('draft = true'), true],
  [yaml('draft: false'), false],
  [yaml('draft: "true"'), false],
  [yaml('draft: yes'), false],
  [yaml('draft:'), false],
  [yaml('a: { draft: true }'), false],
  [yaml('- draft: true'), false],
  [toml('draft = "true"'), false],
  [toml('[draft]\ntrue = true'), false],
  [yaml('title: a'), false],
] as const)('says of %j whether it is a draft', ([source, isDraft]) => {
  expect(readFrontMatter(source, 'fox.md')?.page.isDraft).toBe(isDraft)
})

test('follows aliases only so far', () => {
  const levels = Array.from({ length: 30 }, (_, n) => {
    const below = n === 0 ? 'x' : `*l${n - 1}`
    return `l${n}: &l${n} { a: ${below}, b: ${below}, c: ${below} }`
  })
  const fields = fieldsOf(yaml(['title: before', ...levels].join('\n')))
  expect(fields).toContainEqual(['title', 'before'])
  expect(fields).toContainEqual(['l5.a.b.c.a.b.c', 'x'])
  expect(fields.length).toBeLessThan(20_000)
})

function fieldsOf(source: string): readonly (readonly [string, string])[] {
  return [...(readFrontMatter(source, 'fox.md')?.page.fields ?? [])]
}
