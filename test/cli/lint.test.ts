import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reportJsonSchema } from '../../packages/core/src/report/schema.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

let project: TestProject
beforeEach(() => {
  project = makeProject({})
})
afterEach(() => project[Symbol.dispose]())

const lint = (...args: readonly string[]): Promise<CliRun> =>
  runCli(project.root, ['lint', ...args])

describe('imprompt lint', () => {
  test('tells every problem with its line, what was meant and where it is explained', async () => {
    project.write({
      'posts/a.md':
        '---\ntitle: A\ncover: { gen: a fox, sise: 1x1 }\n---\n\nText ![gen: a hen](quality=hihg)\n',
      'posts/b.md': '![gen: an owl](size=16:9)\n\nText ![gen: unfinished\n',
    })
    const { code, stdout, stderr } = await lint()
    expect(stdout.replaceAll(/https:\S+#/g, '#')).toMatchInlineSnapshot(`
      "  posts/a.md:3:22  Unexpected attribute \`sise\`, did you mean \`size\`  (attribute-unknown)
            3 | cover: { gen: a fox, sise: 1x1 }
              |                      ^
            #attribute-unknown
        posts/a.md:6:20  Unexpected value \`hihg\` of \`quality\`, expected \`low\`, \`medium\`, \`high\`, \`xhigh\`, \`max\`, \`auto\`, did you mean \`high\`  (attribute-value)
            6 | Text ![gen: a hen](quality=hihg)
              |                    ^
            #attribute-value
        posts/b.md:1:1  warning: No \`alt\`, so that the prompt is the alternative text; say what the picture shows, or \`alt=""\` for decoration  (alt-missing)
            1 | ![gen: an owl](size=16:9)
              | ^
            #alt-missing
        posts/b.md:3:6  Unfinished directive, expected \`![gen: PROMPT](ATTRIBUTES)\`; write \`\\![gen:\` or put it into code where it is meant as text  (directive-unfinished)
            3 | Text ![gen: unfinished
              |      ^
            #directive-unfinished
      3 problems and 1 warning in 2 files
      "
    `)
    expect(stderr).toBe('')
    expect(code).toBe(2)
  })

  test('needs neither a store nor a price', async () => {
    project.write({
      'a.md': '![gen: a fox](model=gpt-image-2.6-flare, alt=fox)\n',
      '.imprompt/images/ab/broken.json': 'garbage',
    })
    expect(await lint()).toMatchObject({ code: 0, stderr: '' })
  })

  test('answers 0 where it has doubts alone', async () => {
    project.write({ 'a.md': '![gen: a fox]()\n' })
    const { code, stdout } = await lint()
    expect(stdout).toContain('warning: No `alt`')
    expect(stdout).toContain('0 problems and 1 warning in 1 file')
    expect(code).toBe(0)
  })

  test('prints an object of the published schema', async () => {
    project.write({ 'a.md': '![gen: a fox](Size=16:9)\n' })
    const { stdout } = await lint('--json')
    const report: unknown = JSON.parse(stdout)
    const isValid = new Ajv2020().compile(reportJsonSchema())
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true)
    expect(report).toMatchObject({
      images: [],
      problems: [
        { code: 'attribute-unknown', nearest: 'size', isFixable: true, line: 1, column: 15 },
      ],
    })
  })

  test('makes annotations under GitHub Actions', async () => {
    project.write({ 'a.md': '![gen: a fox](sise=16:9)\n' })
    const { stderr } = await runCli(project.root, ['lint', '--json'], { GITHUB_ACTIONS: 'true' })
    expect(stderr).toMatch(
      /^::error file=a\.md,line=1,col=15,title=imprompt attribute-unknown::Unexpected attribute `sise`/,
    )
  })
})

describe('imprompt lint --fix', () => {
  test('mends what is safe, and leaves every other byte', async () => {
    const source =
      '---\r\ntitle:   "A"\r\n---\r\n\r\n> ![Gen: a fox](Size=16:9;Quality=HIGH,\r\n> alt=a red fox) and ![gen: a hen](sise=1x1)\r\n'
    project.write({ 'a.md': source })
    const { code, stdout, stderr } = await lint('--fix')
    expect(readFileSync(project.path('a.md'), 'utf8')).toBe(
      source
        .replace('![Gen:', '![gen:')
        .replace('Size=16:9;Quality=HIGH', 'size=16:9, quality=high')
        .replace('alt=a red fox', 'alt="a red fox"'),
    )
    expect(stderr).toContain('mended a.md')
    expect(stdout).toContain('did you mean `size`')
    expect(stdout).not.toContain('--fix')
    expect(code).toBe(2)
  })

  test('does not write a file that is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('![gen: a fox](Size=16:9) '), Buffer.from([0xff])])
    writeFileSync(project.path('a.md'), bytes)
    const { stderr } = await lint('--fix')
    expect(stderr).toContain('left a.md alone')
    expect(readFileSync(project.path('a.md'))).toEqual(bytes)
  })

  test('is refused by other commands', async () => {
    const { code, stderr } = await runCli(project.root, ['plan', '--fix'])
    expect(stderr).toContain('`--fix`')
    expect(code).toBe(2)
  })
})
