import { expect, test } from 'vitest'
import { withUrls } from '../../../../packages/core/src/directive/front-matter/with-urls.ts'

test('puts a URL at each path, and keeps all else the same value', () => {
  const other = { c: [1] }
  const data = { a: { gen: 'b', size: '1x1' }, l: [other, 'gen: d', { e: 'gen: f' }], other }
  const before = structuredClone(data)
  const answer = withUrls(data, [
    { path: ['a'], url: '/a.webp' },
    { path: ['l', 1], url: '/d.webp' },
    { path: ['l', 2, 'e'], url: '/f.webp' },
  ])
  expect(answer).toEqual({ a: '/a.webp', l: [other, '/d.webp', { e: '/f.webp' }], other })
  expect(answer).toHaveProperty(
    'other',
    expect.toSatisfy((value) => value === other),
  )
  expect(answer).toHaveProperty(
    ['l', 0],
    expect.toSatisfy((value) => value === other),
  )
  expect(data).toEqual(before)
})

test('answers the very data where there is no URL', () => {
  const data = { a: 1 }
  expect(withUrls(data, [])).toBe(data)
})

test.for([
  [{ a: 1 }, ['b']],
  [{ a: 1 }, ['a', 'b']],
  [[1], [1]],
  [[1], ['length']],
  [{ a: 1 }, ['toString']],
  [{ a: new Map([['b', 1]]) }, ['a', 'b']],
  [null, ['a']],
  [undefined, [0]],
] as const)('adds nothing to %j at %j', ([data, path]) => {
  expect(withUrls(data, [{ path, url: '/a.webp' }])).toEqual(data)
})

test('takes `__proto__` for a key like any other', () => {
  const data: unknown = JSON.parse('{"__proto__":{"polluted":"gen: a"},"constructor":"gen: b"}')
  const answer = withUrls(data, [
    { path: ['__proto__', 'polluted'], url: '/a.webp' },
    { path: ['constructor'], url: '/b.webp' },
    { path: ['toString', 'polluted'], url: '/c.webp' },
  ])
  expect(JSON.stringify(answer)).toBe(
    '{"__proto__":{"polluted":"/a.webp"},"constructor":"/b.webp"}',
  )
  expect(Object.getPrototypeOf(answer)).toBe(Object.prototype)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('keeps an object without a prototype as one', () => {
  const data: unknown = Object.assign(Object.create(null), { a: 'gen: b', c: 1 })
  const answer = withUrls(data, [{ path: ['a'], url: '/a.webp' }])
  expect({ ...Object(answer) }).toEqual({ a: '/a.webp', c: 1 })
  expect(Object.getPrototypeOf(answer)).toBeNull()
})
