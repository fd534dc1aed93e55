import { expect, test } from 'vitest'
import { frontMatterEdits } from '../../../../packages/core/src/directive/front-matter/edits.ts'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { toml, yaml } from './asked.ts'

const hint = '; quote the text that begins with `gen:`, such as `"gen: a lighthouse"`'

test.for([
  [yaml('cover: gen: a'), 'Nested mappings are not allowed in compact mappings' + hint, 2, 8],
  [
    yaml('a: 1\nl: { b: gen: c }'),
    'Block collections are not allowed within flow collections' + hint,
    3,
    9,
  ],
  [yaml('a: "gen: b"\nc: 1\na: 2'), 'Map keys must be unique', 4, 1],
  [yaml('a: { gen: b, gen: c }'), 'Map keys must be unique', 2, 14],
  [yaml('a: gen:b\nc:\n\t- d'), 'Tabs are not allowed as indentation', 4, 1],
  [yaml('a: gen:b\nc: @d'), 'Plain value cannot start with reserved character @', 3, 4],
  [yaml('a: gen:b\nc: *d'), 'Unexpected alias `*d`, expected `&d` before it', 3, 4],
  [yaml('a: gen:b\nc: &d [*d]'), 'Unexpected alias `*d`, expected `&d` before it', 3, 8],
  [toml('cover = gen: a'), 'Unexpected character' + hint, 2, 9],
  [toml('a = "gen: b"\na = 1'), 'Defining a key multiple times is invalid', 3, 1],
  [toml('a = "gen: b\n"'), 'Unterminated string constant', 2, 12],
  [toml('a = "gen: b\0"'), 'Control characters (codes < 0x1f and 0x7f) are not allowed', 2, 12],
  ['+++\ra = "gen: b"\rc = 1\r+++', 'Must be a newline', 3, 1],
] as const)('says where and why it cannot read %j', ([source, cause, line, column]) => {
  const place = { file: 'fox.md', line, column }
  expect(readFrontMatter(source, 'fox.md')).toEqual({
    directives: [],
    page: { fields: new Map(), isDraft: false },
    problems: [{ kind: 'front-matter-unreadable', cause, place }],
  })
  expect(frontMatterEdits(source, [{ path: ['a'], url: '/a.webp' }])).toEqual([])
})

test.for([500, 1000, 2000, 4000, 8000, 16_000, 100_000])(
  'either reads or refuses what nests %d deep',
  (depth) => {
    const [open, close] = ['['.repeat(depth), ']'.repeat(depth)]
    for (const source of [
      yaml(`a: gen:b\nc: ${open}${close}`),
      yaml(`a: gen:b\nc:\n${'- '.repeat(depth)}d`),
      toml(`a = "gen: b"\nc = ${open}${close}`),
      toml(`a = "gen: b"\nc${'.c'.repeat(depth)} = 1`),
      toml(`a = "gen: b"\n[c${'.c'.repeat(depth)}]`),
    ]) {
      const { directives = [], problems = [] } = readFrontMatter(source, 'fox.md') ?? {}
      const found = directives.map(({ prompt }) => prompt)
      expect([...found, ...problems.map(({ kind }) => kind)]).toHaveLength(1)
      const edits = frontMatterEdits(source, [{ path: ['a'], url: '/a.webp' }])
      expect(edits).toHaveLength(directives.length)
    }
  },
)

test('refuses a text of TOML that is too long for its parser', () => {
  const cause = 'A text is too long, or values nest too deep'
  const source = toml(`a = "gen: b"\nc = "${'d'.repeat(500_000)}"`)
  expect(readFrontMatter(source, 'fox.md')).toMatchObject({ directives: [], problems: [{ cause }] })
})

test.for([yaml('a: b: c'), yaml('a: 1\na: 2'), toml('a = b'), toml('oxygen: 3')])(
  'leaves it to others to complain of %j',
  (source) => {
    expect(readFrontMatter(source, 'fox.md')).toEqual({
      directives: [],
      page: { fields: new Map(), isDraft: false },
      problems: [],
    })
  },
)
