import { describe, expect, test } from 'vitest'
import { parseDirectives, scan } from '../../../packages/core/src/directive/scan.ts'
import { seen, slices } from './seen.ts'

const file = 'fox.md'
const longest = 'a'.repeat(999)

test.for([
  ['[r]: size=1x1', [['size', '1x1']]],
  ['[r]:size=1x1,dark', [['size', '1x1'], 'dark']],
  ['[r]: <size=1x1, alt="a b" dark>', [['size', '1x1'], ['alt', 'a b'], 'dark']],
  ['[r]: <>', []],
  ['[r]: <alt="a \\> b &amp; \\"c\\"">', [['alt', 'a \\> b &amp; \\"c\\"']]],
  ['[r]: ref=a(1).png', [['ref', 'a(1).png']]],
  ['[r]: dark "b"', ['dark', ['', '"b"']]],
  ["[r]: <dark>\n  'b'  ", ['dark', ['', "'b'"]]],
  ['[r]: dark (b c)', ['dark', ['', '(b c)']]],
  ['[r]: dark "two\nlines"', ['dark', ['', '"two\nlines"']]],
  ['[r]: alt=" "b"', [['', 'alt=" "b"']]],
  ['[r]: /fox.png', [['', '/fox.png']]],
  ['[r]:\n  dark', ['dark']],
  ['[r]: dark\n[r]: size=1x1', ['dark']],
  ['[R]: dark', ['dark']],
] as const)('reads the definition %j as if it stood in parentheses', ([definition, attributes]) => {
  const source = `*before* ![gen: a fox][r] after\n\n${definition}`
  expect(seen(source)).toEqual([{ prompt: ' a fox', attributes }])
  expect(slices(source)).toEqual(['![gen: a fox][r]'])
})

test.for([
  ['[r]: dark,alt="b', ['dark', ['', 'alt="b']]],
  ['[r]: <alt=\'b">', [['', 'alt=\'b">']]],
  ['[r]: dark,x="(")', ['dark', ['', 'x="(")']]],
  ['[r]: a\\', [['', 'a\\']]],
  [`[r]: a=${'('.repeat(33)}${')'.repeat(33)}`, [['', `a=${'('.repeat(33)}${')'.repeat(33)}`]]],
] as const)(
  'makes what could not stand in parentheses one malformed attribute: %j',
  ([definition, attributes]) => {
    const source = `![gen: a fox][r]\n\n${definition}`
    expect(seen(source)).toEqual([{ prompt: ' a fox', attributes }])
    const inline = `![gen: a fox](${definition.slice('[r]: '.length)})`
    expect(slices(inline)).not.toEqual([inline])
  },
)

test.for([
  ['[a  b]: dark', '![gen: fox][A\n\tb]'],
  ['[\\]]: dark', '![gen: fox][\\]]'],
  ['[*a* `b`]: dark', '![gen: fox][*a* `b`]'],
  ['[ẞ]: dark', '![gen: fox][SS]'],
  ['[ r ]: dark', '![gen: red [old] fox][ r ]'],
  [`[${longest}]: dark`, `![gen: fox][${longest}]`],
  [`[r]: dark`, `![gen: two\nlines][r]`],
  ['[r]: dark', '![gen:][r]'],
] as const)('matches the label of %j', ([definition, directive]) => {
  const source = `${definition}\n\n> a\n\n${directive}`
  expect(slices(source)).toEqual([directive])
  expect(seen(source)).toMatchObject([{ attributes: ['dark'] }])
})

test.for([
  '![gen: fox][r]',
  '![gen: fox][]\n\n[gen: fox]: dark',
  '![gen: fox]\n\n[gen: fox]: dark',
  '![gen: fox][ ]\n\n[r]: dark',
  '![gen: fox] [r]\n\n[r]: dark',
  '![gen: fox][r\n\n[r]: dark',
  '![gen: fox][r\\]\n\n[r]: dark',
  '![gen: fox][[r]]\n\n[r]: dark\n[[r]]: dark',
  '![gen: fox][\\r]\n\n[r]: dark',
  `![gen: fox][${longest}a]\n\n[${longest}a]: dark`,
  `![gen: fox][${' '.repeat(999)}a]\n\n[a]: dark`,
  '![gen: fox][^1]\n\n[^1]: dark',
  '![gen: fox][r]\n\n`[r]: dark`',
  '![gen: fox][r]\n\n    [r]: dark',
  '![gen: fox][r]\n\n```\n[r]: dark\n```',
  '![gen: fox][r]\ntext\n[r]: dark',
  '![gen: fox][r]\n\n[r]: dark b',
  '![gen: fox][r]\n\n[r]: dark "b" c',
  '\\![gen: fox][r]\n\n[r]: dark',
  '`![gen: fox][r]`\n\n[r]: dark',
  '![alternative ![gen: fox][r] text](/image.png)\n\n[r]: dark',
])('finds no directive in %j', (source) => {
  expect(parseDirectives(source, file)).toEqual([])
})

describe('the places of a definition', () => {
  test.for([
    [
      '![gen: fox][r]\n\n[r]: <a, b>\n  "c"',
      [
        [3, 7],
        [3, 10],
        [4, 3],
      ],
    ],
    ['[r]:\n a\n\n![gen: fox][r]', [[2, 2]]],
    [
      '![gen: fox][r]\n\n> - [r]:\n>   <a\tb>\n>   "c\n>    d"',
      [
        [4, 6],
        [4, 8],
        [5, 5],
      ],
    ],
    [
      '>\t[r]: a "\n>\tb"\n\n![gen: fox][r]',
      [
        [1, 8],
        [1, 10],
      ],
    ],
    [
      '![gen: fox][r]\n\n> [r]: a=" "\n\t\tb c "',
      [
        [3, 8],
        [4, 3],
        [4, 5],
        [4, 7],
      ],
    ],
    ['\uFEFF[r]: a\n\n![gen: fox][r]', [[1, 6]]],
    [
      '![gen: fox][r]\r\n\r\n🦊\r\n\r\n[r]:\r\n<é a>',
      [
        [6, 2],
        [6, 4],
      ],
    ],
    ['a[^1]\n\n[^1]: ![gen: fox][r]\n\n    [r]: a', [[5, 10]]],
  ] as const)('of %j are counted where it stands', ([source, expected]) => {
    const [directive] = parseDirectives(source, file)
    expect(directive?.attributes.map(({ place }) => [place.line, place.column])).toEqual(expected)
  })
})

test('gives every directive the attributes of one definition', () => {
  const source = '![gen: a][r]\n\n> [r]: dark\n\n- ![gen: b][R]\n'
  expect(scan(source, file)).toEqual([
    {
      prompt: ' a',
      attributes: [{ name: 'dark', place: { file, line: 3, column: 8 } }],
      place: { file, line: 1, column: 1 },
      start: 0,
      end: 12,
    },
    {
      prompt: ' b',
      attributes: [{ name: 'dark', place: { file, line: 3, column: 8 } }],
      place: { file, line: 5, column: 3 },
      start: 29,
      end: 41,
    },
  ])
})
