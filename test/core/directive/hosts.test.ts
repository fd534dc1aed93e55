import { describe, expect, test } from 'vitest'
import type { Directive } from '../../../packages/core/src/directive/directive.ts'
import { directiveOf } from '../../../packages/core/src/directive/from-markdown.ts'
import { readMarkdown } from '../../../packages/core/src/directive/scan.ts'
import { directivesIn, markdown, markdownWith, mdx } from './processor.ts'

interface Host {
  parse(source: string): ReturnType<ReturnType<typeof markdown>['parse']>
}

const file = 'fox.md'
const page = 'fox.mdx'

function read(host: Host, source: string, name: string): readonly (Directive | undefined)[] {
  return directivesIn(host.parse(source)).map((node) => directiveOf(node, name))
}

/** Prompts and attributes, with each `\n` as ⏎. */
function brief(directives: readonly Directive[]): readonly string[] {
  return directives.map(({ prompt, attributes }) => {
    const words = attributes.map(
      ({ name, value }) => `${name}${value === undefined ? '' : `=${value}`}`,
    )
    return `${prompt} | ${words.join(' | ')}`.replaceAll('\n', '⏎')
  })
}

describe('scanner, remark and MDX find the same', () => {
  test.for([
    ['[![gen: a](b c)](/url)', [' a | b | c']],
    ['[text ![gen: a](b c) text][r]\n\n[r]: /url', [' a | b | c']],
    ['[![gen: a][r]](/url "title")\n\n[r]: <b=c>', [' a | b=c']],
    ['[[![gen: a](b c)](/url)](/url)', [' a | b | c']],
    ['text[^1] ![gen: a](b c)\n\n[^1]: ![gen: d\n    e](f=g)', [' a | b | c', ' d⏎e | f=g']],
    ['text[^1]\n\n[^1]: > ![gen: a](b\n    > c)', [' a | b | c']],
    ['| a | b |\n| - | - |\n| ![gen: a \\| b](c="d \\| e", f) | g |', [' a \\| b | c=d \\| e | f']],
    ['| a |\n| - |\n| ![gen: a](<b=c\\|d>) |\n| [![gen: e]()](/url) |', [' a | b=c\\|d', ' e | ']],
    ['| a |\n| - |\n| ![gen: a][b\\|c] |\n\n[b\\|c]: d', [' a | d']],
    ['| ![gen: a](b c) |\n| - |', [' a | b | c']],
    [
      '# ![gen: a](b c)\n\n![gen: d](e f)\n===\n\n## a ![gen: g]() ##',
      [' a | b | c', ' d | e | f', ' g | '],
    ],
    ['- ![gen: a\n  b](c\n  d)\n  1. > ![gen: e\n     > f](g)', [' a⏎b | c | d', ' e⏎f | g']],
    ['**![gen: *a* **b**](c d)** ~~![gen: ~~e~~](f)~~', [' *a* **b** | c | d', ' ~~e~~ | f']],
    [
      '![gen: www.example.com and https://example.com/](a b)',
      [' www.example.com and https://example.com/ | a | b'],
    ],
    ['![gen:fox](a b) ![gen::fox[c]{d}](e)', ['fox | a | b', ':fox[c]{d} | e']],
    ['![gen: a {b} <c> {d](e="{f" g=<h>)', [' a {b} <c> {d | e={f | g=<h>']],
    ['![gen: {/* a */} </b>][r] text\n\n[r]: </c>', [' {/* a */} </b> | =/c']],
  ] as const)('in %j', ([source, expected]) => {
    const { directives, problems } = readMarkdown(source, file)
    expect(brief(directives)).toEqual(expected)
    expect(problems).toEqual([])
    expect(read(markdown(), source, file)).toEqual(directives)
    expect(read(mdx(), source, page)).toEqual(readMarkdown(source, page).directives)
    expect(brief(readMarkdown(source, page).directives)).toEqual(expected)
  })

  test('in the elements of MDX', () => {
    const source =
      'export const a = "![gen: a](b c)"\n\n<Box title={<b>![gen: d](e f)</b>}>\n  # ![gen: g {h} <i>](j="{k}", l)\n</Box>\n\na <b>![gen: m](n o)</b> {"![gen: p](q r)"}\n'
    const { directives } = readMarkdown(source, page)
    expect(brief(directives)).toEqual([' g {h} <i> | j={k} | l', ' m | n | o'])
    expect(read(mdx(), source, page)).toEqual(directives)
  })
})

describe.for(['before', 'after'] as const)('remark-directive %s our syntax', (order) => {
  test.for([
    [':::note\n![gen: a](b c)\n:::', [' a | b | c']],
    ['::::note\n:::tip\n- ![gen: a\n  b](c)\n:::\n::::', [' a⏎b | c']],
    [':::note[label ![gen: x](a b)]\ntext\n:::', [' x | a | b']],
    ['::note[![gen: x](a b)]', [' x | a | b']],
    ['text :note[![gen: x](a b) text]{c=d}', [' x | a | b']],
    ['![gen:fox](a b) :fox ![gen: a:b](c=:d)', ['fox | a | b', ' a:b | c=:d']],
    [':::note\n![gen: a][r]\n:::\n\n[r]: <b=c>', [' a | b=c']],
    ['> :::note\n> ![gen: a\n> b](c)\n> :::', [' a⏎b | c']],
  ] as const)('leaves its directives to us in %j', ([source, expected]) => {
    const { directives } = readMarkdown(source, file)
    expect(brief(directives)).toEqual(expected)
    expect(read(markdownWith(order), source, file)).toEqual(directives)
  })
})
