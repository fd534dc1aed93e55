import { describe, expect, test } from 'vitest'
import { toml } from './asked.ts'
import { dataOf, expectExactEdits, expectOnlyUrls, replaced, urlsFor } from './replaced.ts'

describe.for([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
] as const)('with lines that end in %s', ([, lineEnd]) => {
  test.for([
    ['a=1 # b\ncover  = "gen: a" # c\n\nd = 2', 'a=1 # b\ncover  = "/0.webp" # c\n\nd = 2'],
    ["cover = 'gen: a'", "cover = '/0.webp'"],
    ["cover = '''gen: a'''", "cover = '/0.webp'"],
    ['cover = """\ngen: a\nb"""\nc = 1', 'cover = "/0.webp"\nc = 1'],
    ['a = [ "gen: a", # b\n 1, { gen = "c" } ]', 'a = [ "/0.webp", # b\n 1, "/1.webp" ]'],
    ['cover = { gen = "a", size.b = 1 } # c', 'cover = "/0.webp" # c'],
    ['[a]\nb.cover={gen="a"}\n[c]', '[a]\nb.cover="/0.webp"\n[c]'],
    ['[[a]]\n"__proto__" = "gen: a"', '[[a]]\n"__proto__" = "/0.webp"'],
    ['a = "🦊"\ncover = "gen: 🦊"', 'a = "🦊"\ncover = "/0.webp"'],
  ] as const)('makes of %j %j', ([before, after]) => {
    const source = toml(before).replaceAll('\n', lineEnd)
    expect(replaced(source)).toBe(toml(after).replaceAll('\n', lineEnd))
    expectOnlyUrls(source)
    expectExactEdits(source)
  })

  test.for([
    [
      '# a\n[cover] # b\ngen = "a"\nsize = "c"\n[d]\ne = 1 # f',
      '# a\ncover = "/0.webp"\n[d]\ne = 1 # f',
    ],
    ['a = 1\n[b]\nc = 1 # d\n[cover]\ngen = "a"', 'a = 1\ncover = "/0.webp"\n[b]\nc = 1 # d'],
    ['[extra.cover]\ngen = "a"', '[extra]\ncover = "/0.webp"'],
    ['[extra]\na = 1\n[extra.cover]\ngen = "a"', '[extra]\na = 1\ncover = "/0.webp"'],
    ['cover.gen = "a"\nb = 1 # c\ncover.size = "d"', 'cover = "/0.webp"\nb = 1 # c'],
    ['a = { b = 1, c.gen = "d", c.size = "e" }', 'a = { b = 1, c = "/0.webp" }'],
    ['[[l]]\ngen = "a"\n[[l]]\ngen = "b"\n[c]', 'l = [ "/0.webp", "/1.webp" ]\n\n[c]'],
    ['[[l]]\ngen = "a"\n[[l]]\nsrc = "b" # c', 'l = [ "/0.webp", { src = "b" } ]'],
    ['[[l]]\n[l.cover]\ngen = "a"\n[[l]]\nb = 1', '[[l]]\ncover = "/0.webp"\n[[l]]\nb = 1'],
    [
      'a = "gen: a" # b\n[c]\ngen = "c"\n[d]\ne = 1',
      'a = "/0.webp" # b\nc = "/1.webp"\n[d]\ne = 1',
    ],
    ['[a.__proto__]\ngen = "a"', '[a]\n__proto__ = "/0.webp"'],
  ] as const)('makes of the lines %j %j', ([before, after]) => {
    const source = toml(before).replaceAll('\n', lineEnd)
    expect(replaced(source)).toBe(toml(after).replaceAll('\n', lineEnd))
    expectOnlyUrls(source)
  })
})

test('writes all anew where a patch puts a table into the wrong one of a list', () => {
  const source = toml(
    '# a\n[[l]]\nb = 1 # c\n[[l]]\nd.gen = "e"\nd.size = "f"\n[l.g]\ngen = "h"\n[l.i]\ngen = "j"',
  )
  expectOnlyUrls(source)
  expect(dataOf(replaced(source))).toEqual({
    l: [{ b: 1 }, { d: '/0.webp', g: '/1.webp', i: '/2.webp' }],
  })
})

test('writes all anew where a text is very long', () => {
  const source = toml(`# ${'a'.repeat(60_000)}\nb = 1\n[cover]\ngen = "c"`)
  expect(replaced(source)).toBe(toml('b = 1\ncover = "/0.webp"'))
})

test('keeps what follows the closing fence', () => {
  const source = `\uFEFF${toml('[cover]\ngen = "a"')}\n[cover]\ngen = "b"\n`
  expect(replaced(source)).toBe(`\uFEFF${toml('cover = "/0.webp"')}\n[cover]\ngen = "b"\n`)
})

test('keeps a text that would close the front matter', () => {
  const source = toml('a = "b\\n+++\\nc"\n[cover]\ngen = "d"')
  expect(dataOf(replaced(source))).toEqual({ a: 'b\n+++\nc', cover: '/0.webp' })
})

test.for([
  ["'gen: a'", "/it's.webp", `"/it's.webp"`],
  ["'gen: a'", '/"a".webp', `'/"a".webp'`],
  ['"gen: a"', '/\n\u007F"\\', String.raw`"/\n\u007f\"\\"`],
] as const)('writes in the place of %j the URL %j as %j', ([written, url, expected]) => {
  const source = toml(`a = ${written}`)
  const [{ path } = { path: [] }] = urlsFor(source)
  expect(replaced(source, [{ path, url }])).toBe(toml(`a = ${expected}`))
  expect(dataOf(replaced(source, [{ path, url }]))).toEqual({ a: url })
})
