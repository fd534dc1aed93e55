import { describe, expect, test } from 'vitest'
import { openings } from '../../../packages/core/src/directive/opening.ts'
import { readMarkdown, scan } from '../../../packages/core/src/directive/scan.ts'

const file = 'posts/fox.md'

/** Kind and place of each problem, with what a fix turns its text into. */
function told(source: string, name = file): readonly unknown[] {
  return readMarkdown(source, name).problems.map((problem) => {
    const { line, column } = problem.place
    return problem.kind === 'directive-misspelt'
      ? [problem.actual, line, column]
      : [problem.kind, line, column]
  })
}

const unfinished = (line: number, column: number): readonly unknown[] => [
  ['directive-unfinished', line, column],
]

describe('an unfinished directive', () => {
  test.for([
    ['![gen: fox', 1, 1],
    ['text ![gen: fox] text', 1, 6],
    ['![gen: fox] (a b)', 1, 1],
    ['![gen: fox](a b', 1, 1],
    ['![gen: fox](a "b)', 1, 1],
    ['![gen: fox](<a)', 1, 1],
    ['![gen: fox\n\nand hound](a b)', 1, 1],
    ['a\n\n> - ![gen: fox\n>   and hound\n', 3, 5],
    ['![gen: fox][r]', 1, 1],
    ['![gen: fox][]\n\n[gen: fox]: /url', 1, 1],
    ['![gen: fox]\n\n[gen: fox]: /url', 1, 1],
    ['![gen: fox][other]\n\n[r]: /url', 1, 1],
    ['[![gen: fox](/url', 1, 2],
    ['[a ![gen: fox](a b](/url)', 1, 4],
    ['*a* ![gen: fox `] (a b)`', 1, 5],
    ['| a |\n| - |\n| ![gen: b | c](d e) |', 3, 3],
    ['## ![gen: fox ##', 1, 4],
    ['\uFEFF![gen: fox', 1, 1],
    ['![gen: a ![gen: b](c=1)', 1, 1],
    ['\\\\![gen: fox', 1, 3],
  ] as const)('is told once in %j', ([source, line, column]) => {
    expect(told(source)).toEqual(unfinished(line, column))
  })

  test.for([
    '![gen: a](b=1)',
    '![gen: a ![gen: b] c](d=1)',
    '![gen: a](b="![gen: c")',
    '![gen: a][r]\n\n[r]: <b="![gen: c">',
    '\\![gen: fox',
    '!\\[gen: fox',
    '`![gen: fox`',
    '```\n![gen: fox\n```',
    '    ![gen: fox',
    '<!-- ![gen: fox -->',
    '<div>\n![gen: fox\n</div>',
    'a <b title="![gen: fox">',
    '[a](</![gen: fox>)',
    '[a](/url "![gen: fox")',
    '[r]: /url "![gen: fox"',
    '<https://example.com/![gen:fox>',
    '![a ![gen: fox b](/image.png)',
    '![a ![gen: fox] b][r]\n\n[r]: /url',
    '![a ![b ![gen: fox c](/d.png) ![gen: e](/f.png)',
    '$$\n![gen: fox\n$$',
    '---\na: "![gen: fox"\n---',
    '![general: fox](a b)',
    '![ gen: fox',
    '',
  ])('is not seen in %j', (source) => {
    expect(told(source)).toEqual([])
  })

  test('stands beside directives, in the order of the text', () => {
    const source = '![gen: a](b=1) ![gen: c\n\n![gen: d] ![Gen: e](f=1)\n\n![gen: g]()\n'
    const { directives, problems } = readMarkdown(source, file)
    expect(directives).toEqual(scan(source, file))
    expect(directives.map(({ prompt }) => prompt)).toEqual([' a', ' g'])
    expect(problems.map(({ place }) => place)).toEqual([
      { file, line: 1, column: 16 },
      { file, line: 3, column: 1 },
      { file, line: 3, column: 11 },
    ])
  })

  test('is seen in MDX, but in no expression', () => {
    expect(told('{/* ![gen: a */}\n\n<Box>\n  ![gen: b\n</Box>', 'a.mdx')).toEqual(unfinished(4, 3))
  })
})

describe('a misspelt directive', () => {
  test.for(openings.slice(1))('is told where it begins with %j, and how it is mended', (actual) => {
    const source = `Text\n\n> a ${actual} fox](size=1x1, dark)`
    const place = { file, line: 3, column: 5 }
    expect(readMarkdown(source, file)).toEqual({
      directives: [],
      problems: [
        {
          kind: 'directive-misspelt',
          actual,
          place,
          fix: { place, actual, text: '![gen:' },
        },
      ],
    })
    const mended = source.replace(actual, '![gen:')
    expect(readMarkdown(mended, file).problems).toEqual([])
    expect(scan(mended, file)).toHaveLength(1)
  })

  test.for([
    ['![Gen: fox](size=1x1)', 1],
    ['![Gen: fox]()', 1],
    ['![Gen: fox](<>)', 1],
    ['![Gen: fox](<size=1x1, dark>)', 1],
    ['![Gen: fox](dark alt="a b")', 1],
    ['![Gen: two\nlines](size=1x1)', 1],
    ['![Gen: fox][r]\n\n[r]: size=1x1', 1],
    ['[![Gen: fox](size=1x1)](/url)', 2],
    ['![Gen: a [b] c](size=1x1)', 1],
    ['![Gen: a ![gen: b] c](size=1x1, dark)', 1],
    ['![Gen: a ![Gen: b](c=1) d](size=1x1)', 1],
  ] as const)('is told once in %j', ([source, column]) => {
    expect(told(source)).toEqual([['![Gen:', 1, column]])
  })

  test.for([
    '![Gen: the robot](gen.png)',
    '![GEN: x](a "b")',
    '![Gen: x](/a?b=c)',
    '![Gen: x](dark)',
    '![Gen: x][r]\n\n[r]: gen.png',
    '![Gen: x][r]',
    '![Gen: x]',
    '![Gen: x',
    '![Gen: x](size=1x1',
    '![gEN: x](size=1x1)',
    '![  gen: x](size=1x1)',
    '![\tgen: x](size=1x1)',
    '![Gen : x](size=1x1)',
    '\\![Gen: x](size=1x1)',
    '`![Gen: x](size=1x1)`',
    '<!-- ![Gen: x](size=1x1) -->',
    '[a](/b "![Gen: x](size=1x1)")',
    '![a ![Gen: x](size=1x1) b](/c.png)',
    '![gen: a ![Gen: x](size=1x1) b](c=1)',
    '$$\n![Gen: x](size=1x1)\n$$',
  ])('is not seen in %j', (source) => {
    expect(told(source)).toEqual([])
  })

  test('is told beside others of any length', () => {
    expect(told('![ gen: a](b=1) ![gen : c](d=1) ![GEN: e](f=1) ![Gen: g](h.png)')).toEqual([
      ['![ gen:', 1, 1],
      ['![gen :', 1, 17],
      ['![GEN:', 1, 33],
    ])
  })

  test('leaves what its prompt holds to itself', () => {
    expect(told('![gen: a ![Gen: b](size=1x1)')).toEqual([
      ['directive-unfinished', 1, 1],
      ['![Gen:', 1, 10],
    ])
    expect(readMarkdown('![Gen: a ![gen: b](c=1) d](e=1, f)', file)).toMatchObject({
      directives: [{ prompt: ' b' }],
      problems: [{ kind: 'directive-misspelt', place: { column: 1 } }],
    })
  })

  test('is told in MDX', () => {
    expect(told('<Box>\n  ![GEN: a {fox}](size=1x1)\n</Box>', 'a.mdx')).toEqual([['![GEN:', 2, 3]])
  })
})

test('a text without an opening is not parsed, so that MDX may be broken in it', () => {
  expect(readMarkdown('text {', 'a.mdx')).toEqual({ directives: [], problems: [] })
  expect(() => readMarkdown('![gen: a {', 'a.mdx')).toThrow(
    expect.objectContaining({ place: expect.objectContaining({ line: 1 }) }),
  )
})
