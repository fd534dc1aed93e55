import { array, assert, constantFrom, pre, property, tuple } from 'fast-check'
import { parse, postprocess, preprocess } from 'micromark'
import { describe, expect, test } from 'vitest'
import { dialectOf } from '../../../packages/core/src/directive/dialect.ts'
import { parseDirectives, readMarkdown } from '../../../packages/core/src/directive/scan.ts'

type Token = ReturnType<typeof postprocess>[number][1]

const fox = '![gen: fox](a b)'

function found(source: string, file = 'fox.md'): readonly string[] {
  return parseDirectives(source, file).map(({ start, end }) => source.slice(start, end))
}

describe('a block of math', () => {
  test.for([
    `$$\n${fox}\n$$`,
    `$$\n\n${fox}\n\n$$`,
    `$$ words (1)\n${fox}\n$$`,
    `$$$\n$$\n${fox}\n$$$`,
    `$$\n${fox}\n$$$$  `,
    `   $$\n${fox}\n  $$\t`,
    `text\n$$\n${fox}\n$$\ntext`,
    `# a\n$$\n${fox}\n$$`,
    `$$\n- ${fox}\n+ b\n$$`,
    `$$\n> ${fox}\n$$`,
    `$$\n\n- ${fox}\n  $$`,
    `$$\n# ${fox}\n    $$\n$$`,
    `> $$\n> ${fox}\n> $$`,
    `> $$\n>\n> - ${fox}\n> $$`,
    `- $$\n\n  ${fox}\n  $$`,
    `-\t$$\n\t${fox}\n\t$$`,
    `10. a\n\n    $$\n    - ${fox}\n    $$`,
    `> 1. > $$\n>    > - ${fox}\n>    > $$`,
    `>\t- $$\n>\t  ${fox}\n>\t  $$`,
    `a[^1]\n\n[^1]: $$\n    ${fox}\n    $$`,
    `a[^1]\n\n[^1]: b\n\n    $$\n    ${fox}\n    $$`,
    `$$\r\n${fox}\r\n$$\r\n`,
    `\uFEFF$$\n${fox}\n$$`,
    `> a\n$$\n${fox}\n$$`,
    `- a\n\n$$\n- ${fox}\n$$`,
    `$$\n$$\n$$\n${fox}\n$$`,
    `> $$\n\n> $$\n> ${fox}\n> $$`,
    `  > - $$\n  >   ${fox}\n  >   $$`,
    `> - a\n> > $$\n> > ${fox}\n> > $$`,
  ])('hides what it holds: %j', (source) => {
    expect(found(source)).toEqual([])
    expect(found(source.replaceAll('$', '\\$'))).toHaveLength(1)
    expect(readMarkdown(source.replace('(a b)', ''), 'fox.md').problems).toEqual([])
  })

  test.for([
    `$$\n${fox}`,
    `$$\n${fox}\n\n${'text\n'.repeat(3)}`,
    `$$$\n${fox}\n$$`,
    `$\n${fox}\n$`,
    `$$ a$\n${fox}\n$$`,
    `$$ ${fox} $$`,
    `a $$\n${fox}\n$$`,
    `    $$\n\n${fox}\n\n    $$`,
    `$$\n${fox}\n$$ a`,
    `$$\n${fox}\n    $$`,
    `$5 ${fox} $6`,
    `$5 ${fox}\n$6`,
    `\\$$\n${fox}\n$$`,
    `$$\n$$\n${fox}`,
    `$$\na\n$$\n${fox}`,
    `> $$\n${fox}\n$$`,
    `> - $$\n>  ${fox}\n>   $$`,
    ` - $$\n  ${fox}\n   $$`,
    `> $$\n\n${fox}\n\n> $$`,
    `- $$\n\n${fox}\n\n- $$`,
    `- a\n  $$\n\n  ${fox}\n\n$$`,
    `\`\`\`\n$$\n\`\`\`\n${fox}\n\n$$`,
    `---\na: b\n---\n$$\n${fox}`,
  ])('is not there in %j', (source) => {
    expect(found(source)).toEqual([fox])
  })

  test('holds no code, and code no math', () => {
    expect(found(`$$\n\`\`\`\n$$\n\n$$\n${fox}\n$$`)).toEqual([])
    expect(found(`\`\`\`\n$$\n\`\`\`\n\n${fox}\n\n$$`)).toEqual([fox])
  })

  test('that is never closed leaves the blocks after it as they are', () => {
    const lone =
      '$$ a\n\n```yaml\n- b\n```\n\n2. ![gen: red\n   fox](c d)\n\n> ![gen: red\n> fox](c d)\n'
    expect(parseDirectives(lone, 'fox.md').map(({ prompt }) => prompt)).toEqual([
      ' red\nfox',
      ' red\nfox',
    ])
    const without = lone.replace('$$ a', '\\$\\$ a')
    expect(parseDirectives(lone, 'fox.md').map(({ place }) => place)).toEqual(
      parseDirectives(without, 'fox.md').map(({ place }) => place),
    )
  })

  test('stands in MDX, indented as it likes', () => {
    expect(found(`<Box>\n      $$\n      ${fox}\n        $$\n</Box>`, 'a.mdx')).toEqual([])
    expect(found(`$$\n${fox}`, 'a.mdx')).toEqual([fox])
  })
})

const prefixes = constantFrom('', '', '> ', '>', '- ', '1. ', '  ', '    ', '\t', '[^1]: ', '   ')
const contents = constantFrom('~~~', '~~~', '~~~ a', '~~~~', '~~~~', 'a', '', '# a', '-', '**')
const lines = tuple(array(prefixes, { maxLength: 3 }), contents)
const documents = array(lines, { minLength: 3, maxLength: 12 }).map((all) =>
  all.map(([before, content]) => before.join('') + content).join('\n'),
)

describe.for(['a.md', 'a.mdx'])('a generated document %s', (file) => {
  test('has math where code would be, if each fence of code is closed', () => {
    let blocks = 0
    assert(
      property(documents, (source) => {
        // A note right within a note wants no indentation of its own.
        pre(source.split('[^1]:').length <= 2)
        const code = blocksOf(tokensOf(source, file), 'codeFenced')
        pre(code.every(({ fences }) => fences === 2))
        const math = blocksOf(tokensOf(source.replaceAll('~', '$'), file), 'genMath')
        expect(math.map((one) => one.lines)).toEqual(code.map((one) => one.lines))
        blocks += math.length
      }),
      { numRuns: 500 },
    )
    expect(blocks).toBeGreaterThan(50)
  })

  test('has the blocks that it has without dollar signs, if none of them makes math', () => {
    let fences = 0
    assert(
      property(documents, (source) => {
        const tokens = tokensOf(source.replaceAll('~', '$'), file)
        pre(blocksOf(tokens, 'genMath').length === 0)
        const plain = tokensOf(source.replaceAll('~', '%'), file)
        expect(tokens.map(spanOf)).toEqual(plain.map(spanOf))
        fences += source.split('~~~').length - 1
      }),
      { numRuns: 500 },
    )
    expect(fences).toBeGreaterThan(50)
  })
})

interface Block {
  readonly lines: readonly [first: number, last: number]
  readonly fences: number
}

function blocksOf(tokens: readonly Token[], block: string): readonly Block[] {
  const fences = tokens.filter(({ type }) => type === 'codeFencedFence')
  return tokens
    .filter(({ type }) => type === block)
    .map(({ start, end }) => ({
      lines: [start.line, end.line],
      fences: fences.filter(
        (one) => start.offset <= one.start.offset && one.end.offset <= end.offset,
      ).length,
    }))
}

function tokensOf(source: string, file: string): readonly Token[] {
  const tokenizer = parse({ extensions: dialectOf(file) }).document()
  const events = postprocess(tokenizer.write(preprocess()(source, undefined, true)))
  return events.flatMap(([edge, token]) => (edge === 'enter' ? [token] : []))
}

function spanOf({ type, start, end }: Token): string {
  return `${type} ${start.line}:${start.column}-${end.line}:${end.column}`
}
