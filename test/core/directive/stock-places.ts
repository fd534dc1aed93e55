import type { Nodes } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'
import { dialectOf } from '../../../packages/core/src/directive/dialect.ts'

/** What a directive may stand in. */
export const kinds = [
  'text',
  'heading',
  'list',
  'quote',
  'table',
  'link',
  'fence',
  'code span',
  'HTML',
] as const

export type Kind = (typeof kinds)[number]

export interface Span {
  readonly start: number
  readonly end: number
}

/** A part of a document, and the kinds of place that its middle is. */
export interface Place extends Span {
  readonly kinds: readonly Kind[]
}

const stock = unified().use(remarkParse).use(remarkGfm).use(withDialect).freeze()

/** Where a parser without our syntax sees text, code and HTML. */
export function placesIn(source: string): readonly Place[] {
  return placesBelow(stock.parse(source), source, [])
}

/** Where such a parser sees images whose alternative text begins as a directive does. */
export function imagesIn(source: string): readonly Span[] {
  return nodesOf(stock.parse(source))
    .filter(({ type }) => type === 'image')
    .map((node) => spanOf(node, source))
    .filter(({ start }) => source.startsWith('![gen:', start))
}

function placesBelow(node: Nodes, source: string, parents: readonly Nodes[]): readonly Place[] {
  if ('children' in node)
    return node.children.flatMap((child) => placesBelow(child, source, [...parents, node]))
  const span = spanOf(node, source)
  return [{ ...span, kinds: kindsOf(node, parents, source[span.start] ?? '') }]
}

function kindsOf(node: Nodes, parents: readonly Nodes[], first: string): readonly Kind[] {
  if (node.type === 'html') return ['HTML']
  if (node.type === 'inlineCode') return ['code span']
  if (node.type === 'code') return first === '`' || first === '~' ? ['fence'] : []
  if (node.type !== 'text') return []
  const around = parents.flatMap(({ type }) => kindsOfParents.get(type) ?? [])
  return around.length === 0 ? ['text'] : around
}

const kindsOfParents: ReadonlyMap<Nodes['type'], Kind> = new Map([
  ['heading', 'heading'],
  ['link', 'link'],
  ['listItem', 'list'],
  ['blockquote', 'quote'],
  ['tableCell', 'table'],
])

function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesOf)] : [node]
}

/** The parser does not count a byte order mark. */
function spanOf({ position }: Nodes, source: string): Span {
  const shift = source.startsWith('\uFEFF') ? 1 : 0
  return {
    start: (position?.start.offset ?? 0) + shift,
    end: (position?.end.offset ?? 0) + shift,
  }
}

function withDialect(this: Processor): void {
  this.data().micromarkExtensions = dialectOf('README.md')
}
