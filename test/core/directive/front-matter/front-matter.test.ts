import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { canonicalText } from '../../../../packages/core/src/request/prompt.ts'
import { asked, toml, yaml } from './asked.ts'

const file = 'posts/fox.md'

test('answers the place of a directive and of each attribute, and its page', () => {
  const source = yaml('title: Fox\ncover: { gen: a fox, "size": 2x1, dark: true }\nmore:\n- gen:b')
  const place = (line: number, column: number): object => ({ file, line, column })
  const page = { fields: new Map([['title', 'Fox']]), isDraft: false }
  expect(readFrontMatter(source, file)).toEqual({
    directives: [
      {
        prompt: 'a fox',
        attributes: [
          { name: 'size', value: '2x1', place: place(3, 22) },
          { name: 'dark', place: place(3, 35) },
        ],
        place: place(3, 8),
        start: 22,
        end: 61,
        path: ['cover'],
        page,
      },
      {
        prompt: 'b',
        attributes: [],
        place: place(5, 3),
        start: 70,
        end: 75,
        path: ['more', 0],
        page,
      },
    ],
    page,
    problems: [],
  })
})

test.for([
  ['LF', yaml('a: 🦊\nb: [🦊, gen:c]'), [3, 9]],
  ['CRLF', '---\r\na: 1\r\nb:\r\n  gen: c\r\n---\r\n', [4, 3]],
  ['CR', '---\ra: 1\rb:\r  gen: c\r---\r', [4, 3]],
  ['a byte order mark', '\uFEFF---\nb: gen:c\n---\n', [2, 4]],
  ['a null character', yaml('a: \0\nb: gen:c'), [3, 4]],
  ['TOML', '+++\r\na = "🦊"\r\nb = ["🦊", "gen:c"]\r\n+++\r\n', [3, 12]],
  ['a table', '+++\na = 1\n\n[ b ] # c\n  gen = "c"\n+++\n', [4, 1]],
  ['a list of tables', '+++\na = 1\n[[b]]\ngen = "c"\n+++\n', [3, 1]],
  ['a dotted key', '+++\na.b.gen = "c"\n+++\n', [2, 3]],
] as const)('counts UTF-16 units past %s', ([, source, place]) => {
  const [directive] = readFrontMatter(source, file)?.directives ?? []
  expect([directive?.place.line, directive?.place.column]).toEqual(place)
  expect(source.slice(directive?.start, directive?.end)).toContain('gen')
  expect(source.slice(directive?.start, directive?.end)).toMatch(/c"?$/)
})

test.for([
  ['cover: "gen: a"', [['cover'], 'a']],
  ["cover: 'gen:  a '", [['cover'], 'a']],
  ['cover: gen:a', [['cover'], 'a']],
  ['cover: "gen:"', [['cover'], '']],
  ['cover: >-\n  gen: a\n  b', [['cover'], 'a b']],
  ['cover: |\n  gen: a\n  b', [['cover'], 'a\nb']],
  ['cover: { gen: a }', [['cover'], 'a']],
  ['cover: {"gen":"a"}', [['cover'], 'a']],
  ['cover:\n  size: 1x1\n  gen: a', [['cover'], 'a', ['size', '1x1']]],
  ['cover:\n  ? gen\n  : a', [['cover'], 'a']],
  ['cover: { gen: "gen: a" }', [['cover'], 'gen: a']],
  ['a: { b: [1, { c: "gen: a" }] }', [['a', 'b', 1, 'c'], 'a']],
  ['- [ gen: a ]', [[0, 0], 'a']],
  ['l:\n- gen: a\n  alt: b', [['l', 0], 'a', ['alt', 'b']]],
  ['1: gen:a', [['1'], 'a']],
  ['true: gen:a', [['true'], 'a']],
  ['~: gen:a', [[''], 'a']],
  ['? [b]\n: gen:a', [['[b]'], 'a']],
  ['b: &k gen\nc: { *k : a }', [['c'], 'a']],
  ['__proto__: { gen: a }', [['__proto__'], 'a']],
  ['constructor: { __proto__: gen:a }', [['constructor', '__proto__'], 'a']],
  ['cover: !custom { gen: a }', [['cover'], 'a']],
  ['cover: { gen: !!str 1 }', [['cover'], '1']],
  ['cover: { gen: a \\* & b }', [['cover'], 'a \\\\* \\& b']],
] as const)('finds in YAML %j', ([text, expected]) => {
  expect(asked(yaml(text))).toEqual([expected])
})

test.for([
  ['cover = "gen: a"', [['cover'], 'a']],
  ["cover = 'gen:a'", [['cover'], 'a']],
  ['cover = """\ngen: a\nb"""', [['cover'], 'a\nb']],
  ['cover = { gen = "a", size = "1x1" }', [['cover'], 'a', ['size', '1x1']]],
  ['cover.size = "1x1"\nb = 1\ncover.gen = "a"', [['cover'], 'a', ['size', '1x1']]],
  ['[cover]\ngen = "a"\ndark = true', [['cover'], 'a', 'dark']],
  ['[a]\n[b.cover]\ngen = "a"', [['b', 'cover'], 'a']],
  ['[a]\ncover.gen = "a"', [['a', 'cover'], 'a']],
  ['a = { b.cover = "gen: a" }', [['a', 'b', 'cover'], 'a']],
  ['a = [1, ["gen: a"]]', [['a', 1, 0], 'a']],
  ['[[l]]\nsrc = "b"\n[[l]]\ngen = "a"', [['l', 1], 'a']],
  ['[[l]]\n[[l]]\n[l.cover]\ngen = "a"', [['l', 1, 'cover'], 'a']],
  ['"a.b"."c" = "gen: a"', [['a.b', 'c'], 'a']],
  ['__proto__ = { gen = "a" }', [['__proto__'], 'a']],
  ['[__proto__.constructor]\ngen = "a"', [['__proto__', 'constructor'], 'a']],
  [String.raw`cover = 'gen: a \* & b'`, [['cover'], 'a \\\\* \\& b']],
] as const)('finds in TOML %j', ([text, expected]) => {
  expect(asked(toml(text))).toEqual([expected])
})

test.for([
  yaml('gen: a\nsize: 1x1'),
  yaml('"gen: a"'),
  yaml('cover: { gen: 3 }\na: { gen: true }\nb: { gen: }\nc: { gen: [d] }'),
  yaml('"gen: a": 1\n? { gen: a }\n: 1'),
  yaml('cover: " gen: a"\na: "Gen: b"\nb: "gen a"'),
  yaml('# cover: "gen: a"\na: b # gen: a'),
  yaml(''),
  yaml('# nothing'),
  '---\n---\n',
  '+++\n+++\n',
  toml('gen = "a"\nsize = "1x1"'),
  toml('cover = { gen = 3 }\na = { gen.b = "c" }\n[b]\ngen = ["d"]'),
  toml('cover = " gen: a" # gen: b'),
])('finds nothing in %j', (source) => {
  expect(readFrontMatter(source, file)).toMatchObject({ directives: [], problems: [] })
})

test.for(['', 'text', '---\ncover: "gen: a"\n', 'text\n\n---\ncover: "gen: a"\n---\n'])(
  'answers nothing for %j',
  (source) => {
    expect(readFrontMatter(source, file)).toBeUndefined()
  },
)

test.for([
  ['size: 16:9', ['size', '16:9']],
  ['take: 0x02', ['take', '0x02']],
  ['alt: 2024-01-01', ['alt', '2024-01-01']],
  ['alt: ""', ['alt', '']],
  ['alt: 1.50', ['alt', '1.50']],
  ['alt: "true"', ['alt', 'true']],
  ['alt: "a & \\\\ b"', ['alt', 'a \\& \\\\ b']],
  ['dark: true', 'dark'],
  ['dark: TRUE', 'dark'],
  ['dark: null', 'dark'],
  ['dark:', 'dark'],
  ['widths: [480, 960]', ['widths', '480, 960']],
  ['formats: []', ['formats', '']],
  ['sizes: [a & b, true, 1.0]', ['sizes', 'a \\& b, true, 1.0']],
  ['size: { width: 1 }', ['', 'size: {…}']],
  ['widths: [[1]]', ['', 'widths: […]']],
  ['"": a', ['', 'a']],
] as const)('reads the attribute %j', ([text, expected]) => {
  expect(asked(yaml(`cover: { gen: a, ${text} }`))).toEqual([[['cover'], 'a', expected]])
})

test('leaves out an attribute that is false', () => {
  expect(asked(yaml('cover: { gen: a, dark: false }'))).toEqual([[['cover'], 'a']])
})

test('reads what aliases stand for, and finds no second directive in one', () => {
  const source = yaml(
    'p: &p a\ns: &s [1, 2]\nm: &m { alt: b }\nc: &c { gen: *p, widths: *s, <<: *m }\nd: *c',
  )
  expect(asked(source)).toEqual([[['c'], 'a', ['widths', '1, 2'], '<<']])
})

test('undoes nothing that an author wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [directive] =
        readFrontMatter(yaml(`a: ${JSON.stringify(`gen:${text}`)}`), file)?.directives ?? []
      const expected = text
        .normalize('NFC')
        .trim()
        .replaceAll(/[\t\n\r ]+/g, ' ')
      expect(canonicalText(directive?.prompt ?? '')).toBe(expected)
    }),
  )
})

test.for([
  ['base: &b { gen: a fox }\nother: { <<: *b, size: 1x1 }'],
  ['cover: { gen: a fox, sub: &q { a: 1 } }\nother: *q'],
] as const)('refuses %j, of which an address would spoil what an anchor stands for', ([text]) => {
  const { directives, problems } = readFrontMatter(`---\n${text}\n---\n`, 'fox.md') ?? {}
  expect(directives).toEqual([])
  expect(problems).toMatchObject([{ kind: 'front-matter-unreadable', place: { line: 2 } }])
})
