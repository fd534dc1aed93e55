import { expect, test } from 'vitest'
import {
  mayHoldDirective,
  parseDirectives,
  scan,
} from '../../../packages/core/src/directive/scan.ts'
import { seen, slices } from './seen.ts'

const file = 'posts/fox.md'

test('answers the place of a directive and of each attribute', () => {
  const source = 'Text.\n\n> a ![gen: fox](size=1x1,\n>   "b", dark) and\n> ![gen: hen]()\n'
  expect(scan(source, file)).toEqual([
    {
      prompt: ' fox',
      attributes: [
        { name: 'size', value: '1x1', place: { file, line: 3, column: 17 } },
        { name: '', value: '"b"', place: { file, line: 4, column: 5 } },
        { name: 'dark', place: { file, line: 4, column: 10 } },
      ],
      place: { file, line: 3, column: 5 },
      start: 11,
      end: 47,
    },
    { prompt: ' hen', attributes: [], place: { file, line: 5, column: 3 }, start: 54, end: 67 },
  ])
})

test.for([
  ['a byte order mark', '\uFEFF![gen: fox](a b)\n\n![gen: hen](c)', [1, 1], [3, 1]],
  ['CRLF', 'a\r\n![gen: fox](a\r\nb)\r\n\r\n> ![gen: hen](c)', [2, 1], [5, 3]],
  ['CR', 'a\r![gen: fox](a\rb)\r\r> ![gen: hen](c)', [2, 1], [5, 3]],
  ['tabs', 'a\t![gen: fox](a\tb)\n\n-\t![gen: hen](c)', [1, 3], [3, 3]],
  ['tabs of containers', '>\t- ![gen: fox](a\n>\t\tb)\n>\t-\t![gen: hen](c)', [1, 5], [3, 5]],
  ['characters beyond the basic plane', '🦊 ![gen: fox](a b)\n🦊🦊 ![gen: hen](c)', [1, 4], [2, 6]],
  ['a null character', 'a\0![gen: fox](a b)\n\n![gen: hen](c)', [1, 3], [3, 1]],
] as const)('counts UTF-16 units past %s', ([, source, fox, hen]) => {
  const directives = parseDirectives(source, file)
  expect(directives.map(({ place }) => [place.line, place.column])).toEqual([fox, hen])
  expect(directives.map(({ start }) => start)).toEqual([
    source.indexOf('![gen: fox'),
    source.indexOf('![gen: hen'),
  ])
  expect(slices(source)[0]).toMatch(/^!\[gen: fox\]\(a[\s>]+b\)$/)
  expect(slices(source)[1]).toBe('![gen: hen](c)')
})

test('reads 32 levels of brackets and of parentheses, and leaves deeper ones as text', () => {
  expect(slices(nested(32))).toEqual([nested(32)])
  expect(slices(nested(33))).toEqual([])
})

test('reads MDX by the extension of the file', () => {
  const source =
    'import a from "b"\n\n<Box>\n  ![gen: a {fox} <b>](size=1x1, dark)\n</Box>\n\n{/* ![gen: c](d e) */}\n'
  expect(seen(source, 'a.mdx')).toEqual([
    { prompt: ' a {fox} <b>', attributes: [['size', '1x1'], 'dark'] },
  ])
  expect(slices(source, 'A.MDX')).toEqual(['![gen: a {fox} <b>](size=1x1, dark)'])
  expect(slices('    ![gen: a](b c)', 'a.mdx')).toHaveLength(1)
})

test('throws the place of a syntax error in MDX', () => {
  expect(() => scan('text\n\n![gen: a](b c) {', 'a.mdx')).toThrow(
    expect.objectContaining({ place: expect.objectContaining({ line: 3, column: 17 }) }),
  )
})

test('leaves a syntax error in text without a directive to the compiler of MDX', () => {
  expect(scan('![gen: a](b c)\n\ntext {', 'a.mdx')).toHaveLength(1)
})

test.for([
  ['text ![gen: a](b c)', true],
  ['![gen:', true],
  ['![gen a](b c) gen: ![general]', false],
  ['', false],
] as const)('says of %j whether a parse is needed', ([source, expected]) => {
  expect(mayHoldDirective(source)).toBe(expected)
})

function nested(depth: number): string {
  return `![gen: ${'['.repeat(depth)}a${']'.repeat(depth)}](b=${'('.repeat(depth)}${')'.repeat(depth)})`
}
