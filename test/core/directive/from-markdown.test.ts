import { expect, test } from 'vitest'
import { directiveOf } from '../../../packages/core/src/directive/from-markdown.ts'
import { scan } from '../../../packages/core/src/directive/scan.ts'
import { directivesIn, markdown, mdx } from './processor.ts'

const file = 'fox.md'

test('makes a node with the point of each attribute', () => {
  const [node] = directivesIn(markdown().parse('> a ![gen: red\n> fox](size=1x1, dark "b")'))
  expect(node).toEqual({
    type: 'genDirective',
    prompt: ' red\nfox',
    attributes: [
      { name: 'size', value: '1x1', line: 2, column: 8 },
      { name: 'dark', line: 2, column: 18 },
      { name: '', value: '"b"', line: 2, column: 23 },
    ],
    position: {
      start: { line: 1, column: 5, offset: 4 },
      end: { line: 2, column: 27, offset: 41 },
    },
  })
})

test('makes a node with the reference, and with the attributes of its definition', () => {
  const tree = markdown().parse('![gen: fox][A\n\\*b]\n\n> [other]: x\n> [a \\*b]:\n> <c=\\>>')
  const [node] = directivesIn(tree)
  expect(node).toEqual({
    type: 'genDirective',
    prompt: ' fox',
    attributes: [{ name: 'c', value: '\\>', line: 6, column: 4 }],
    reference: { identifier: 'a \\*b', label: 'A\n*b' },
    position: {
      start: { line: 1, column: 1, offset: 0 },
      end: { line: 2, column: 5, offset: 18 },
    },
  })
})

test('leaves the URL of a definition as it is, and tells it the attributes', () => {
  const source = '![gen: a][r] [b][r]\n\n[r]: <c="d \\> e"> "f"'
  expect(markdown().parse(source).children[1]).toMatchObject({
    type: 'definition',
    identifier: 'r',
    url: 'c="d > e"',
    title: 'f',
    data: {
      genAttributes: [
        { name: 'c', value: 'd \\> e' },
        { name: '', value: '"f"' },
      ],
    },
  })
  expect(markdown().parse('[b][r]\n\n[r]: <c>').children[1]).not.toHaveProperty('data')
})

test.for([
  '![gen: a](b c) text ![gen: d]()\n\n- ![gen: e\n  f](alt="g\n  h")',
  '| a |\n| - |\n| ![gen: a \\| b](c="d \\| e" f) |',
  '[![gen: a](b c)](/url) *![gen: d](<e>)* ~~![gen: f](g)~~',
  'a[^1]\n\n[^1]: ![gen: a](b c)',
  '![gen: a][r] ![gen: b][R]\n\n[r]: <a b="c"> "d"\n[r]: e',
  '> [r]: a\n>   "b\n>   c"\n\n| a |\n| - |\n| ![gen: d][r] |\n',
  'a[^1] ![gen: a][r]\n\n[^1]: [r]: <b>\n\n    [r]: <c>',
  '![outer ![gen: a][r] text](/image.png) ![gen: b][s]\n\n[r]: <c>',
  '![outer ![gen: a](b c) text](/image.png) `![gen: d](e f)`',
])('answers what the scanner answers for %j', (source) => {
  const nodes = directivesIn(markdown().parse(source))
  expect(nodes.map((node) => directiveOf(node, file))).toEqual(scan(source, file))
})

test('works beside MDX', () => {
  const source = 'import a from "b"\n\n<Box>\n  ![gen: a {fox} <b>](c d)\n</Box>\n'
  const nodes = directivesIn(mdx().parse(source))
  expect(nodes.map((node) => directiveOf(node, 'a.mdx'))).toEqual(scan(source, 'a.mdx'))
  expect(nodes).toHaveLength(1)
})

test('stays text in the alternative text of an image', () => {
  const [paragraph] = markdown().parse('![a ![gen: b](c d) e](/image.png)').children
  expect(paragraph).toMatchObject({
    children: [{ type: 'image', alt: 'a ![gen: b](c d) e', url: '/image.png' }],
  })
})

test('answers no directive for a node without a position', () => {
  expect(directiveOf({ type: 'genDirective', prompt: 'a', attributes: [] }, file)).toBeUndefined()
})

test('places an attribute without a point where its directive stands', () => {
  const position = {
    start: { line: 2, column: 3, offset: 4 },
    end: { line: 2, column: 9, offset: 10 },
  }
  const node = {
    type: 'genDirective',
    prompt: 'a',
    attributes: [{ name: 'dark' }],
    position,
  } as const
  expect(directiveOf({ ...node, attributes: [...node.attributes] }, file)).toEqual({
    prompt: 'a',
    attributes: [{ name: 'dark', place: { file, line: 2, column: 3 } }],
    place: { file, line: 2, column: 3 },
    start: 4,
    end: 10,
  })
})
