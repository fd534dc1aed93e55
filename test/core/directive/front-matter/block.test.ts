import fc from 'fast-check'
import { parse, postprocess, preprocess } from 'micromark'
import { expect, test } from 'vitest'
import { dialectOf } from '../../../../packages/core/src/directive/dialect.ts'
import { frontMatterBlockOf } from '../../../../packages/core/src/directive/front-matter/block.ts'

test.for([
  ['---\na: 1\n---\ntext', 'yaml', 'a: 1\n'],
  ['+++\na = 1\n+++\ntext', 'toml', 'a = 1\n'],
  ['---\r\na: 1\r\n---\r\ntext', 'yaml', 'a: 1\r\n'],
  ['---\ra: 1\r---\rtext', 'yaml', 'a: 1\r'],
  ['---\n---', 'yaml', ''],
  ['---\n\n---', 'yaml', '\n'],
  ['--- \t\na: 1\n---\t \n', 'yaml', 'a: 1\n'],
  ['\uFEFF---\na: 1\n---', 'yaml', 'a: 1\n'],
  ['---\n+++\n---', 'yaml', '+++\n'],
  ['---\n---a\n--- a\n ---\n----\n---\nb\n---', 'yaml', '---a\n--- a\n ---\n----\n'],
  ['+++\n\0\u2028+++\n+++', 'toml', '\0\u2028+++\n'],
] as const)('reads the block of %j', ([source, format, text]) => {
  const start = /^.*?(?:\r\n|\n|\r)/.exec(source)?.[0].length ?? 0
  const block = frontMatterBlockOf(source)
  expect(block).toEqual({ format, text, start, end: start + text.length })
  expect(source.slice(block?.start, block?.end)).toBe(text)
})

test.for([
  '',
  'a: 1',
  '---',
  '---\n',
  '---\na: 1\n',
  '---\na: 1\n+++',
  '---\na: 1\n---a',
  '---\na: 1\n ---',
  '---\na: 1\n...\n',
  '---a\na: 1\n---',
  '----\na: 1\n----',
  ' ---\na: 1\n---',
  '\n---\na: 1\n---',
  'text\n\n---\na: 1\n---',
  '\uFEFF\uFEFF---\na: 1\n---',
  '---\u00A0\na: 1\n---',
])('finds none in %j', (source) => {
  expect(frontMatterBlockOf(source)).toBeUndefined()
})

test('finds what the Markdown parser finds', () => {
  const piece = fc.constantFrom('---', '+++', '-', ' ', '\t', '\n', '\r', 'a', '> ', '\uFEFF', '\0')
  const document = fc.array(piece, { maxLength: 12 })
  const fence = fc.constantFrom('---', '---\n', '+++\r\n', '\uFEFF---\r', '+++ \n', '')
  let found = 0
  fc.assert(
    fc.property(fence, document, fence, (open, pieces, close) => {
      const source = open + pieces.join('') + close
      const block = frontMatterBlockOf(source)
      if (block !== undefined) found += 1
      expect(block && [block.format, fenceEnd(source, block.end)]).toEqual(oracle(source))
    }),
    { numRuns: 5000 },
  )
  expect(found).toBeGreaterThan(100)
})

function fenceEnd(source: string, start: number): number {
  return start + (/^(?:-|\+)+[\t ]*/.exec(source.slice(start))?.[0].length ?? 0)
}

/** Where the token of front matter ends by micromark, which does not count a byte order mark. */
function oracle(source: string): readonly [string, number] | undefined {
  const mark = source.startsWith('\uFEFF') ? 1 : 0
  const tokenizer = parse({ extensions: dialectOf('fox.md') }).document()
  const events = postprocess(tokenizer.write(preprocess()(source, undefined, true)))
  // The name of a type that an extension brings is none of the parser's own.
  const types = new Set<string>(['yaml', 'toml'])
  const token = events.find(([, { type }]) => types.has(type))?.[1]
  return token && [token.type, token.end.offset + mark]
}
