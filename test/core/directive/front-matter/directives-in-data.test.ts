import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  directivesInData,
  pageInData,
} from '../../../../packages/core/src/directive/front-matter/directives-in-data.ts'
import { asked, yaml } from './asked.ts'
import { dataOf } from './replaced.ts'

const place = { file: 'fox.md', line: 1, column: 1 }

test('answers directives at the place that it is given', () => {
  const data = { title: 'a', cover: { gen: 'b', size: '1x1' }, l: [1, 'gen: c'] }
  const attributes = [{ name: 'size', value: '1x1', place }]
  const page = pageInData(data)
  expect(directivesInData(data, place)).toEqual([
    { prompt: 'b', attributes, place, start: 0, end: 0, path: ['cover'], page },
    { prompt: 'c', attributes: [], place, start: 0, end: 0, path: ['l', 1], page },
  ])
  expect([...page.fields]).toEqual([
    ['title', 'a'],
    ['l', '1'],
  ])
  expect(pageInData({ ...data, draft: true }).isDraft).toBe(true)
})

test.for([
  ['a text', 'b & c', 'b \\& c'],
  ['a number', 2, '2'],
  ['a big number', 2n ** 70n, '1180591620717411303424'],
  ['a day', new Date('2024-01-02'), '2024-01-02'],
  ['a time', new Date('2024-01-02T03:04:05Z'), '2024-01-02T03:04:05.000Z'],
  ['no time', new Date(Number.NaN), ''],
  ['a list', [1, 'b', true], '1, b, true'],
  ['true', true, undefined],
  ['null', null, undefined],
] as const)('reads an attribute that is %s', ([, value, expected]) => {
  const [directive] = directivesInData({ cover: { gen: 'a', alt: value } }, place)
  const attribute = expected === undefined ? { name: 'alt' } : { name: 'alt', value: expected }
  expect(directive?.attributes).toEqual([{ ...attribute, place }])
})

test.for([false, undefined])('leaves out an attribute that is %s', (value) => {
  const [directive] = directivesInData({ cover: { gen: 'a', alt: value } }, place)
  expect(directive?.attributes).toEqual([])
})

test.for([{ b: 1 }, new Map(), Symbol('b'), () => 1])('takes %s for no attribute', (value) => {
  const [directive] = directivesInData({ cover: { gen: 'a', alt: value } }, place)
  expect(directive?.attributes).toEqual([{ name: '', value: 'alt: {…}', place }])
})

test.for([
  undefined,
  null,
  'gen: a',
  1,
  { gen: 'a' },
  { cover: { gen: 1 } },
  [],
  new Map([['a', 'gen: b']]),
])('finds nothing in %j', (data) => {
  expect(directivesInData(data, place)).toEqual([])
})

test('takes `__proto__` for a key like any other', () => {
  const data: unknown = JSON.parse('{"__proto__":{"gen":"a"},"b":{"constructor":"gen: c"}}')
  const paths = [['__proto__'], ['b', 'constructor']]
  expect(directivesInData(data, place).map(({ path }) => path)).toEqual(paths)
  const bare = Object.assign(Object.create(null), { cover: 'gen: a' })
  expect(directivesInData(bare, place).map(({ path }) => path)).toEqual([['cover']])
})

test('finds what is shared by each of its paths', () => {
  const shared = { gen: 'a' }
  const paths = [['b'], ['c', 0], ['c', 1]]
  expect(
    directivesInData({ b: shared, c: [shared, shared] }, place).map(({ path }) => path),
  ).toEqual(paths)
})

test('ends where aliases spell billions, or a circle', () => {
  let data: unknown = { cover: 'gen: a' }
  for (let level = 0; level < 40; level += 1) data = { a: data, b: data, c: data }
  const found = directivesInData({ data, last: 'gen: z' }, place)
  expect(found.length).toBeGreaterThan(100)
  expect(found.length).toBeLessThan(20_000)
  const circle: Record<string, unknown> = { cover: 'gen: a' }
  circle['again'] = [circle]
  expect(directivesInData(circle, place).map(({ path }) => path)).toEqual([['cover']])
})

test('finds what is found in the source of the data', () => {
  const leaf = fc.oneof(
    fc.string().map((text) => `gen: ${text}`),
    fc.string(),
    fc.boolean(),
    fc.integer(),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'gen', 'size', '__proto__'), tie('tree'), { maxKeys: 3 }),
    ),
  }))
  let found = 0
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 4 }), (data) => {
      const source = yaml(JSON.stringify(data))
      const seen = directivesInData(dataOf(source), place).map(({ path, prompt, attributes }) => [
        path,
        prompt,
        ...attributes.map(({ name, value }) => (value === undefined ? name : [name, value])),
      ])
      found += seen.length
      expect(seen).toEqual(asked(source))
    }),
  )
  expect(found).toBeGreaterThan(50)
})
