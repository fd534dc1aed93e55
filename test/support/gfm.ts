import type { Nodes, Root, Table } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'

/** Reads a text as GitHub's Markdown. */
export function parseGfm(markdown: string): Root {
  return unified().use(remarkParse).use(remarkGfm).parse(markdown)
}

/** What a reader sees of a node. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

/** Each table of a document, as the texts of its cells. */
export function tablesIn(root: Root): readonly (readonly (readonly string[])[])[] {
  const tables: Table[] = []
  visit(root, 'table', (table) => void tables.push(table))
  return tables.map(({ children }) => children.map((row) => row.children.map(textOf)))
}

/** What of a document could be a mention, a reference or markup of somebody else's. */
export function livelyPartsOf(root: Root): readonly string[] {
  const parts: string[] = []
  visit(root, (node) => {
    if (node.type === 'link' && !node.url.startsWith('https://github.com/imprompt/imprompt/'))
      parts.push(node.url)
    if (node.type === 'image' || node.type === 'imageReference' || node.type === 'linkReference')
      parts.push(node.type)
    if (node.type === 'html' && !ownHtml.test(node.value)) parts.push(node.value)
    if (node.type === 'text' && /[@#<>\\*~[\]]|_|:\/\/|www\.|GH-\d|\$(?!\d)/i.test(node.value))
      parts.push(node.value)
  })
  return parts
}

const ownHtml = /^(?:<!-- imprompt-report -->|<details>\n<summary>[\w ]+<\/summary>|<\/details>)$/
