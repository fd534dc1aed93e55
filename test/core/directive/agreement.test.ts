import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Directive } from '../../../packages/core/src/directive/directive.ts'
import { directiveOf } from '../../../packages/core/src/directive/from-markdown.ts'
import { readMarkdown } from '../../../packages/core/src/directive/scan.ts'
import { type Wish, documents } from './documents.ts'
import { directivesIn, markdown, mdx } from './processor.ts'

const plain = markdown().freeze()
const extended = mdx().freeze()
type Host = Pick<typeof plain, 'parse' | 'stringify'>

function read(host: Host, source: string, file: string): readonly Directive[] {
  return directivesIn(host.parse(source)).flatMap((node) => directiveOf(node, file) ?? [])
}

function wishesOf(directives: readonly Directive[]): readonly Wish[] {
  return directives.map(({ prompt, attributes }) => ({
    prompt,
    attributes: attributes.map(({ name, value }) => (value === undefined ? [name] : [name, value])),
  }))
}

/** What is left of wishes when line endings are spaces and escapes are undone. */
function meaningOf(directives: readonly Directive[]): readonly Wish[] {
  return wishesOf(directives).map(({ prompt, attributes }) => ({
    prompt: meant(prompt),
    attributes: attributes.map(([name, value]) =>
      value === undefined ? [name] : [name, meant(value)],
    ),
  }))
}

function meant(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll(/[\r\n][\t\r\n ]*/g, ' ')
}

describe('in generated documents', () => {
  test('scanner and remark find what was written, at the same places', () => {
    assert(
      property(documents, ({ source, wishes }) => {
        const { directives, problems } = readMarkdown(source, 'a.md')
        expect(wishesOf(directives)).toEqual(wishes)
        expect(problems).toEqual([])
        expect(read(plain, source, 'a.md')).toEqual(directives)
      }),
      { numRuns: 500 },
    )
  })

  test('scanner and MDX find it too', () => {
    assert(
      property(documents, ({ source, wishes }) => {
        const { directives, problems } = readMarkdown(source, 'a.mdx')
        expect(wishesOf(directives)).toEqual(wishes)
        expect(problems).toEqual([])
        expect(read(extended, source, 'a.mdx')).toEqual(directives)
      }),
      { numRuns: 500 },
    )
  })

  test.for([
    ['remark', plain],
    ['MDX', extended],
  ] as const)('%s prints what it has read so that it stays', ([, host]) => {
    assert(
      property(documents, ({ source }) => {
        const printed = host.stringify(host.parse(source))
        expect(meaningOf(read(host, printed, 'a.md'))).toEqual(
          meaningOf(read(host, source, 'a.md')),
        )
        expect(host.stringify(host.parse(printed))).toBe(printed)
      }),
      { numRuns: 300 },
    )
  })
})
