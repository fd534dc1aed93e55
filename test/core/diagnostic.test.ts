import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { diagnose, diagnosticText, excerptOf } from '../../packages/core/src/diagnostic.ts'
import { exitCodes } from '../../packages/core/src/error.ts'
import { annotations } from '../../packages/core/src/report/annotations.ts'

const place = { file: 'posts/fox.md', line: 3, column: 15 }
const source = '# Fox\n\n![gen: a fox](sise=1x1)\n'
const unknown = { kind: 'attribute-unknown', actual: 'sise', nearest: 'size', place } as const

describe('a diagnostic', () => {
  test('holds what people and scripts need', () => {
    expect(diagnose(unknown, source)).toEqual({
      ...place,
      code: 'attribute-unknown',
      severity: 'error',
      message: 'Unexpected attribute `sise`, did you mean `size`',
      nearest: 'size',
      excerpt: '3 | ![gen: a fox](sise=1x1)\n  |               ^',
      url: expect.stringMatching(/^https:.*#attribute-unknown$/),
    })
  })

  test('is a text with the line that it stands in', () => {
    const text = diagnosticText(diagnose(unknown, source))
    expect(text.replace(/https:\S+#/, '#')).toBe(
      `  posts/fox.md:3:15  Unexpected attribute \`sise\`, did you mean \`size\`  (attribute-unknown)
      3 | ![gen: a fox](sise=1x1)
        |               ^
      #attribute-unknown`,
    )
  })

  test('does not show a secret', () => {
    const line = `# Fox\n\n![gen: a fox sk-${'a1B2'.repeat(6)}](sise=1x1)\n`
    expect(diagnose(unknown, line)).not.toHaveProperty('excerpt')
    expect(diagnose(unknown, source)).toHaveProperty('excerpt')
  })

  test('says that it can be mended only where the text stands that the mend replaces', () => {
    const fix = { place, actual: 'sise', text: 'size' }
    expect(diagnose({ ...unknown, fix }, source)).toMatchObject({ isFixable: true })
    expect(diagnose({ ...unknown, fix }, source.replace('sise', 'size'))).not.toHaveProperty(
      'isFixable',
    )
  })

  test('links to a chapter that there is, whatever its code', () => {
    const page = readFileSync(
      fileURLToPath(new URL('../../packages/core/problems.md', import.meta.url)),
      'utf8',
    )
    const types = readFileSync(
      fileURLToPath(new URL('../../packages/core/src/problem.ts', import.meta.url)),
      'utf8',
    )
    const kinds = [...types.matchAll(/^ {4}case '([a-z-]+)':$/gm)].map(([, kind]) => kind ?? '')
    const codes = Object.keys(exitCodes).map((code) => code.toLowerCase().replaceAll('_', '-'))
    expect(kinds.length).toBeGreaterThan(20)
    for (const code of [...kinds, ...codes]) expect(page, code).toContain(`\n### ${code}\n`)
  })
})

describe('an excerpt', () => {
  test.for([
    ['the first line', 'abc', 1, 2, '1 | abc\n  |  ^'],
    ['the end of a line', 'abc\n', 1, 4, '1 | abc\n  |    ^'],
    ['tabs', '\ta\tb', 1, 4, '1 |   a  b\n  |      ^'],
    ['wide letters', '狐と雪 x', 1, 5, '1 | 狐と雪 x\n  | \u3000\u3000\u3000 ^'],
    ['emoji', '🦊 x', 1, 4, '1 | 🦊 x\n  | \u3000 ^'],
    ['marks of no width', 'e\u0301 x', 1, 4, '1 | e\u0301 x\n  |   ^'],
    ['control characters', 'a\u001B[31m\u202Ex', 1, 8, '1 | a�[31m�x\n  |        ^'],
    ['CRLF', 'a\r\nbc\r\n', 2, 2, '2 | bc\n  |  ^'],
    ['a byte order mark', '\uFEFFabc', 1, 1, '1 | abc\n  | ^'],
    ['a line number of three digits', `${'\n'.repeat(99)}abc`, 100, 1, '100 | abc\n    | ^'],
  ] as const)('shows %s', ([, text, line, column, expected]) => {
    expect(excerptOf(text, { file: 'a.md', line, column })).toBe(expected)
  })

  test('is cut out of a line of a megabyte', () => {
    const line = `${'a'.repeat(500_000)}X${'b'.repeat(500_000)}`
    const excerpt = excerptOf(line, { file: 'a.md', line: 1, column: 500_001 }) ?? ''
    const [first = '', second = ''] = excerpt.split('\n')
    expect(first).toBe(`1 | …${'a'.repeat(60)}X${'b'.repeat(59)}…`)
    expect(second.indexOf('^')).toBe(first.indexOf('X'))
  })

  test.for([
    [9, 1],
    [1, 9],
  ] as const)('is none of line %i, column %i of a short text', ([line, column]) => {
    expect(excerptOf('abc', { file: 'a.md', line, column })).toBeUndefined()
  })
})

describe('annotations', () => {
  const diagnostic = diagnose(unknown, source)

  test('escape what would end a command or begin another', () => {
    const [line] = annotations([
      { ...diagnostic, file: 'a:b,c.md', message: '100%\r\n::error::owned', url: 'https://x/#y' },
    ])
    expect(line).toBe(
      '::error file=a%3Ab%2Cc.md,line=3,col=15,title=imprompt attribute-unknown::100%25%0A::error::owned%0Ahttps://x/#y',
    )
  })

  test('name files as the repository does', () => {
    expect(annotations([diagnostic], 'site/')[0]).toContain('file=site/posts/fox.md,')
  })

  test('are ten of a kind at most, of which the last says what is left', () => {
    const warning = { ...diagnostic, severity: 'warning' } as const
    const lines = annotations([
      ...Array.from({ length: 12 }, () => diagnostic),
      ...Array.from({ length: 10 }, () => warning),
    ])
    expect(lines).toHaveLength(20)
    expect(lines[9]).toBe('::error title=imprompt::and 3 more, which `imprompt plan --json` lists')
    expect(lines.slice(10).every((line) => line.startsWith('::warning file='))).toBe(true)
  })
})
