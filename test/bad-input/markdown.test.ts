import { symlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createContentReader } from '../../packages/core/src/directive/content.ts'
import { authoredKeyOf } from '../../packages/core/src/key/key.ts'
import { openai } from '../../packages/core/src/provider/openai/openai.ts'
import { fileStemOf } from '../../packages/core/src/render/file-stem.ts'
import { readRequests } from '../../packages/core/src/request/read-requests.ts'
import { settingsOf } from '../support/fakes.ts'
import { makeProject } from '../support/project.ts'
import { shownBy } from '../support/shown.ts'

const settings = settingsOf({}, openai())

function readAll(...sources: readonly string[]) {
  const { read } = createContentReader()
  const contents = sources.map((source, index) => read(source, `${'abc'[index] ?? 'x'}.md`))
  const answer = readRequests(
    contents.flatMap(({ directives }) => directives),
    settings,
  )
  const problems = [...contents.flatMap((content) => content.problems), ...answer.problems]
  return {
    keys: answer.requests.map(authoredKeyOf),
    requests: answer.requests,
    problems: problems
      .filter(({ kind }) => kind !== 'alt-missing')
      .map(({ kind, place }) => `${place.file}:${place.line}:${place.column} ${kind}`),
  }
}

const problemsOf = (...sources: readonly string[]): readonly string[] =>
  readAll(...sources).problems
const keysOf = (...sources: readonly string[]): readonly string[] => readAll(...sources).keys

describe('a directive that is not well formed', () => {
  test.for([
    ['Text\n\n![gen: a fox', 'a.md:3:1 directive-unfinished'],
    ['![gen: a fox](size=16:9', 'a.md:1:1 directive-unfinished'],
    ['![gen: a fox](alt="b)', 'a.md:1:1 directive-unfinished'],
    ['![gen: a fox](size=16:9})', 'a.md:1:15 attribute-value'],
    ['![gen: a fox](size=16:9, size=1:1)', 'a.md:1:26 attribute-duplicate'],
    ['![gen: a fox](size=(16:9))', 'a.md:1:15 attribute-value'],
    ['![gen: a fox](__proto__=x)', 'a.md:1:15 attribute-malformed'],
    ['---\ncover: { gen: a fox }}\n---\n', 'a.md:2:22 front-matter-unreadable'],
    ['---\ncover: { gen: a fox, gen: a hen }\n---\n', 'a.md:2:22 front-matter-unreadable'],
  ] as const)('is told at its place: %j', ([source, problem]) => {
    expect(problemsOf(source)).toEqual([problem])
  })

  test('that holds another one is one, as its author wrote it', () => {
    const { requests, problems } = readAll('![gen: a ![gen: b](x=1) c](size=16:9)')
    expect(problems).toEqual([])
    expect(requests.map(({ prompt }) => prompt)).toEqual(['a ![gen: b](x=1) c'])
  })

  test.for(['n=10', 'variants=1000', 'out=../../.ssh/x', 'out=C:\\x', 'constructor'])(
    'is refused for an attribute that there is not: %s',
    (attribute) => {
      expect(problemsOf(`![gen: a fox](${attribute})`)).toEqual(['a.md:1:15 attribute-unknown'])
    },
  )

  test.for(['ref=http://169.254.169.254/a', 'ref=file:///etc/passwd', 'ref=../.env'])(
    'is refused for a file that is none of the project: %s',
    (attribute) => {
      expect(problemsOf(`![gen: a fox](${attribute})`)).toContainEqual(
        expect.stringMatching(/^a\.md:1:15 file-(?:missing|unsuitable)$/),
      )
    },
  )

  test.for(['take=0', 'take=1e9', 'take=-1', 'take=1.5', 'take=99999999999', 'seed=NaN'])(
    'is refused for a number that is none: %s',
    (attribute) => {
      expect(problemsOf(`![gen: a fox](${attribute})`)).toEqual(['a.md:1:15 attribute-value'])
    },
  )
})

describe('a place', () => {
  test('counts only where Markdown reads text', () => {
    const picture = (name: string): string => `![gen: ${name}](size=16:9)`
    const source = [
      '---',
      `title: "${picture('quoted')}"`,
      'cover: "gen: front matter"',
      '---',
      `\`${picture('code')}\``,
      `\`\`\`\n${picture('fence')}\n\`\`\``,
      `<!-- ${picture('comment')} -->`,
      `[${picture('link')}](/a)`,
      `| a |\n| - |\n| ${picture('cell')} |`,
      `Note[^1]\n\n[^1]: ${picture('footnote')}`,
      `$$\n${picture('math')}\n$$`,
      `\\${picture('escaped')}`,
      '![gen: reference][r]\n\n[r]: <size=16:9>',
    ].join('\n\n')
    const { requests, problems } = readAll(
      source.replace('---\n\n', '---\n').replace('\n\n---', '\n---'),
    )
    expect(problems).toEqual([])
    expect(requests.map(({ prompt }) => prompt)).toEqual([
      'front matter',
      'link',
      'cell',
      'footnote',
      'reference',
    ])
  })
})

describe('a prompt', () => {
  test.for([
    '![gen:]()',
    '![gen:  \n ]()',
    '---\ncover: "gen:  "\n---\n',
    '---\ncover: { gen: "" }\n---\n',
  ])('that is empty is refused: %j', (source) => {
    expect(problemsOf(source)).toEqual([expect.stringContaining('prompt-empty')])
  })

  test.for([
    ['gpt-image-2', 32_000],
    ['dall-e-3', 4_000],
    ['dall-e-2', 1_000],
  ] as const)('is held against the limit of %s in code points', ([model, limit]) => {
    const of = (length: number): string =>
      `![gen: ${'🦊'.repeat(length)}](model=${model}, size=square)`
    const about = (source: string): readonly string[] =>
      problemsOf(source).filter((problem) => problem.includes('prompt-too-long'))
    expect(about(of(limit))).toEqual([])
    expect(about(of(limit + 1))).toEqual(['a.md:1:1 prompt-too-long'])
  })

  test.for(['\0', '\u0007', '\u001B', '\u0085', '\uD83E', '\uDD8A', '\uFFFD'])(
    'that holds %j is refused before it is hashed or sent',
    (character) => {
      expect(problemsOf(`![gen: a ${character} fox]()`)).toEqual(['a.md:1:1 prompt-character'])
    },
  )

  test('is the same with and without a byte order mark, in NFC and NFD, under LF and CRLF', () => {
    const keys = keysOf(
      '\uFEFF![gen: caf\u00E9 on\nthe shore]()\n\n![gen: cafe\u0301 on\r\nthe shore]()\r\n',
      '> ![gen: caf\u00E9 on\r\n> the shore]()\r\n',
      '---\ncover: "gen: cafe\u0301 on the shore"\n---\n',
    )
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(1)
  })

  test('that turns the direction of text, or hides, is told as a doubt', () => {
    expect(problemsOf('![gen: a \u202Exof\u202C fo\u200Bx]()')).toEqual([
      'a.md:1:1 prompt-invisible',
    ])
  })

  test('is one request, however often it stands in a site', () => {
    expect(new Set(keysOf('![gen: a fox]() '.repeat(50))).size).toBe(1)
  })

  test.for([
    `sk-${'a1B2'.repeat(8)}`,
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a1B2'.repeat(9)}`,
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N',
  ])('that gives a secret away is refused, and the secret is not repeated: %s', (secret) => {
    expect(problemsOf(`![gen: a fox with ${secret}]()`)).toEqual(['a.md:1:1 prompt-secret'])
    expect(JSON.stringify(readAll(`![gen: a fox with ${secret}]()`).problems)).not.toContain(secret)
  })
})

describe('a value', () => {
  test.for([
    ['sise=16:9', 'attribute-unknown'],
    ['size=auto', 'unpriceable'],
    ['quality=auto', 'unpriceable'],
    ['size=9000x10', 'attribute-value'],
    ['size=0x0', 'attribute-value'],
    ['size=8000x8000', 'size-impossible'],
    ['size=4000x2160', 'size-impossible'],
    ['name=../../x', 'attribute-value'],
    ['name="a b"', 'attribute-value'],
    ['name=aux.png', 'attribute-value'],
    ['name=a:b', 'attribute-value'],
    [`name=${'a'.repeat(300)}`, 'attribute-value'],
  ] as const)('is refused locally: %s', ([attribute, kind]) => {
    expect(problemsOf(`![gen: a fox](${attribute})`)).toEqual([`a.md:1:15 ${kind}`])
  })

  test('of a shape that no model makes is covered by one, and cropped', () => {
    const [request] = readAll('![gen: a fox](size=1000x100)').requests
    expect(request?.wanted).toEqual({ width: 1000, height: 100 })
    expect(request?.request.size).toMatchObject({ width: expect.any(Number) })
    const { width = 0, height = 0 } = request?.request.size ?? {}
    expect([width % 16, height % 16, width / height <= 3]).toEqual([0, 0, true])
  })

  test('of a name that systems reserve becomes no such file', () => {
    const { requests, problems } = readAll('![gen: a fox](name=CON)')
    expect(problems).toEqual([])
    const [request] = requests
    // The file is called so with its width and a hash behind it.
    expect(request?.display.name).toBe('CON')
    expect(fileStemOf(shownBy({ name: request?.display.name }))).toBe('con')
  })

  test.for([
    ['fox', 'fox'],
    ['Fox', 'fox'],
  ] as const)('of a name that another picture has is refused: %s and %s', ([one, other]) => {
    expect(problemsOf(`![gen: a](name=${one})`, `![gen: b](name=${other})`)).toEqual([
      'b.md:1:1 name-conflict',
    ])
  })
})

describe('a folder of content', () => {
  test('that links to itself is read once', async () => {
    using project = makeProject({ 'posts/a.md': '![gen: a fox]()\n' })
    symlinkSync(project.path('posts'), project.path('posts/again'), 'dir')
    const { directives } = await createContentReader().readAll(project.root, ['**/*.md'], [])
    expect(directives.map(({ place }) => place.file)).toEqual(['posts/a.md'])
  })

  test('that links elsewhere is read where it stands', async () => {
    using elsewhere = makeProject({ 'b.md': '![gen: a fox]()\n' })
    using project = makeProject({})
    symlinkSync(elsewhere.root, project.path('linked'), 'dir')
    const { directives } = await createContentReader().readAll(project.root, ['**/*.md'], [])
    expect(directives.map(({ place }) => place.file)).toEqual(['linked/b.md'])
  })
})
