import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reportJsonSchema } from '../../packages/core/src/report/schema.ts'
import { refusals, type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

const post = `# Foxes

![gen: a red fox](size=512x512, quality=low, alt=fox)

![gen: an owl](size=512x512, quality=low, alt=owl)
`

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ 'posts/a.md': post, '.env.local': credentials(openAi.url) })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

const cli = (...args: readonly string[]): Promise<CliRun> => runCli(project.root, args)
const keyless = (): void => project.write({ '.env.local': '' })

/** One key, one payment: what was billed is what was bought, and what is declared unknown. */
function expectBilled(distinct: number, unknown = 0): void {
  expect(openAi.billed).toHaveLength(distinct + unknown)
}

describe('imprompt plan', () => {
  test('prices what is new, without a key, and buys nothing', async () => {
    keyless()
    const { code, stdout } = await cli('plan')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /new +posts\/a\.md:3:1 +gpt-image-2\.5-flare-2026-09-08 816x816 low +\$0\.0\d+ +a red fox/,
    )
    expect(stdout).toContain('2 images from 2 directives: 2 new')
    expect(openAi.requests).toBe(0)
    expect(existsSync(project.path('.imprompt'))).toBe(false)
  })

  test('prints an object of the published schema', async () => {
    const { stdout } = await cli('plan', '--json')
    const report: unknown = JSON.parse(stdout)
    const isValid = new Ajv2020().compile(reportJsonSchema())
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true)
    expect(report).toMatchObject({
      schema: 1,
      images: [
        {
          key: expect.stringMatching(/^[0-9a-f]{64}$/),
          state: 'new',
          places: [{ file: 'posts/a.md', line: 3, column: 1 }],
          prompt: 'a red fox',
          provider: 'openai',
          size: '816x816',
          quality: 'low',
          estimate: { basis: 'upper-bound', asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
          spentMicroUsd: 0,
        },
        { prompt: 'an owl' },
      ],
      totals: { directives: 2, images: 2, new: 2, stored: 0, requests: 0, spentMicroUsd: 0 },
      budget: { state: 'pass', rules: [{ id: 'build', limitMicroUsd: 1_000_000 }] },
      problems: [],
    })
  })

  test('tells every problem with its place, and prints its object all the same', async () => {
    project.write({ 'posts/b.md': 'Text ![gen: a hen](sise=1x1)\n\n![gen: a hen](size=1/2 "x")\n' })
    const { code, stdout, stderr } = await cli('plan', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [
        { code: 'attribute-unknown', severity: 'error', file: 'posts/b.md', line: 1, column: 20 },
        { code: 'attribute-value', file: 'posts/b.md', line: 3, column: 15 },
        { code: 'attribute-malformed', file: 'posts/b.md', line: 3, column: 24 },
      ],
    })
    expect(stderr).toContain('posts/b.md:1:20  Unexpected attribute `sise`, did you mean `size`')
  })

  test('leaves an unclosed directive to Markdown', async () => {
    project.write({ 'posts/a.md': '![gen: a fox](size=512x512\n' })
    expect((await cli('plan')).stdout).toContain('0 images from 0 directives')
  })
})

describe('imprompt generate', () => {
  test('buys each picture once, and reports it', async () => {
    const first = await cli('generate')
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    expect(first.stdout).toContain('2 bought')
    expectBilled(2)
    const second = await cli('generate')
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('2 stored')
    expect(openAi.requests).toBe(2)
    const report = await cli('report', '--json')
    expect(JSON.parse(report.stdout)).toMatchObject({ totals: { stored: 2, requests: 0 } })
  })

  test('settles what the provider reports to have billed', async () => {
    const { stdout } = await cli('generate', '--json')
    const report: { totals: { spentMicroUsd: number } } = JSON.parse(stdout)
    expect(report.totals.spentMicroUsd).toBe(
      openAi.billed.reduce((sum, bill) => sum + bill.microUsd, 0),
    )
  })

  test('buys a directive of twenty posts once', async () => {
    const posts = Array.from({ length: 20 }, (_, index) => [`posts/${index}.md`, post] as const)
    project.write(Object.fromEntries(posts))
    expect((await cli('generate')).stdout).toContain('2 images from 42 directives')
    expectBilled(2)
  })

  test('leaves nothing for git to see when all is stored', async () => {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', args, { cwd: project.root, encoding: 'utf8' })
    project.write({ '.gitignore': 'node_modules\n.env.local\n' })
    await cli('generate')
    git('init', '--quiet')
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'all')
    await cli('generate')
    await cli('check')
    expect(git('status', '--porcelain')).toBe('')
  })
})

describe('what goes wrong', () => {
  test('over budget: nothing is spent, and the way out is told', async () => {
    const { code, stderr } = await cli('generate', '--budget', '0.01')
    expect(code).toBe(3)
    expect(stderr).toContain('Over budget: 2 new pictures would cost up to $')
    expect(stderr).toMatch(/a build: up to \$0\.\d+ of \$0\.01 \(over by/)
    expect(stderr).toContain('posts/a.md:3:1')
    expect(stderr).toContain('imprompt generate --budget')
    expect(openAi.requests).toBe(0)
  })

  test('no key: every miss is listed with its price', async () => {
    keyless()
    const { code, stderr } = await cli('generate')
    expect(code).toBe(4)
    expect(stderr).toMatch(
      /2 pictures missing; nothing was bought\n {2}posts\/a\.md:3:1 {2}\$0\.0\d+ {2}a red fox/,
    )
    expect(stderr).toContain('OPENAI_API_KEY is not set')
  })

  test('CI without a key: the build is frozen', async () => {
    keyless()
    const { code, stderr } = await runCli(project.root, ['check'], { CI: 'true' })
    expect(code).toBe(4)
    expect(stderr).toContain('posts/a.md:3:1')
    expect(stderr).toContain('frozen, as builds under CI are')
  })

  test('CI with a key and no budget: nothing is bought', async () => {
    const { code, stderr } = await runCli(project.root, ['generate'], { CI: 'true' })
    expect(code).toBe(2)
    expect(stderr).toContain('Buying under CI needs an explicit budget')
    expect(stderr).toContain('Buying under CI needs `persist`')
    expect(openAi.requests).toBe(0)
  })

  test('CI with a key, a budget and persist: it is bought', async () => {
    project.write({
      'imprompt.config.ts': `export default { persist: 'commit', budget: { build: '$0.50' } } satisfies object`,
    })
    const { code } = await runCli(project.root, ['generate'], { CI: 'true' })
    expect(code).toBe(0)
    expectBilled(2)
  })

  test('a corrupt original: it is neither served nor bought again', async () => {
    await cli('generate')
    const folder = project.path('.imprompt/originals')
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const name = names.find((one) => one.endsWith('.png')) ?? ''
    writeFileSync(join(folder, name), 'other bytes')
    const { code, stderr } = await cli('generate')
    expect(code).toBe(6)
    expect(stderr).toContain(name)
    expect(stderr).toMatch(/posts\/a\.md:\d:1/)
    expect(stderr).toContain('`git restore` where git has it; else delete its entry')
    expectBilled(2)
    expect((await cli('check')).code).toBe(6)
    expect((await cli('plan')).code).toBe(6)
  })

  test('a store that cannot be written: it is told before anything is bought', async () => {
    project.write({ '.imprompt': 'a file in the place of the folder' })
    const { code, stderr } = await cli('generate')
    expect(code).toBe(4)
    expect(stderr).toContain('.imprompt')
    expect(openAi.requests).toBe(0)
  })

  test('a wrong configuration: every field is named by its path', async () => {
    project.write({
      'imprompt.config.ts': `export default { sise: 1, budget: { build: '1,00' }, output: { widths: [0] }, images: { hero: {} } }`,
    })
    const { code, stderr } = await cli('plan')
    expect(code).toBe(2)
    for (const path of ['`sise`', '`budget.build`', '`output.widths.0`', '`images.hero.prompt`'])
      expect(stderr).toContain(path)
    const { stdout } = await cli('plan', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, problems: [{ code: 'config-invalid' }] })
  })

  test('a default size that is none: it is told once, of the configuration', async () => {
    project.write({ 'imprompt.config.ts': `export default { size: 'huge' }` })
    const { code, stderr } = await cli('plan')
    expect(code).toBe(2)
    expect(stderr).toContain('`size`: unexpected `huge`')
    expect(stderr).not.toContain('posts/a.md')
  })

  test('a configuration that does not load: its file is named', async () => {
    project.write({ 'imprompt.config.ts': `export default {` })
    const { code, stderr } = await cli('plan')
    expect(code).toBe(2)
    expect(stderr).toContain('imprompt.config.ts')
  })

  test('a configuration without a default export: it is not taken for an empty one', async () => {
    project.write({ 'imprompt.config.ts': `export const config = { mode: 'frozen' }` })
    const { code, stderr } = await cli('generate')
    expect(code).toBe(2)
    expect(stderr).toContain('has no default export')
    expect(openAi.requests).toBe(0)
  })

  test('an escape sequence in an attribute: it does not reach the terminal', async () => {
    project.write({ 'posts/a.md': '![gen: a fox](si\u001B]0;x\u0007ze=1)\n' })
    const { code, stdout, stderr } = await cli('plan')
    expect(code).toBe(2)
    for (const character of ['\u001B', '\u0007']) expect(stdout + stderr).not.toContain(character)
  })

  test('a model under two names: it is bought once', async () => {
    project.write({
      'posts/a.md':
        '![gen: a fox](size=512x512, model=gpt-image-2.5-flare)\n\n![gen: a fox](size=512x512)\n',
    })
    expect((await cli('generate')).code).toBe(0)
    expectBilled(1)
  })

  test('a refusal of the provider: the others are bought, and it is not asked again', async () => {
    openAi.fail(refusals.moderation)
    const first = await cli('generate')
    expect(first.code).toBe(5)
    expect(first.stderr).toContain('moderation_blocked')
    const second = await cli('generate')
    expect(second.code).toBe(5)
    expect(openAi.requests).toBe(2)
    expectBilled(1)
    expect((await cli('generate', '--retry-refused')).code).toBe(0)
    expectBilled(2)
  })

  test('an unknown outcome: it is declared, and asked again only on consent', async () => {
    openAi.fail('reset')
    const first = await cli('generate')
    expect(first.code).toBe(7)
    expect(first.stderr).toContain('may have been charged')
    expectBilled(1, 1)
    expect((await cli('generate')).code).toBe(7)
    expectBilled(1, 1)
    expect((await cli('check')).code).toBe(4)
    expect((await cli('generate', '--retry-unknown')).code).toBe(0)
    expectBilled(2, 1)
    expect((await cli('generate')).code).toBe(0)
  })

  test('an unknown outcome after a refusal: no consent to ask the refused again covers it', async () => {
    openAi.fail(refusals.moderation)
    expect((await cli('generate')).code).toBe(5)
    openAi.fail('reset')
    expect((await cli('generate', '--retry-refused')).code).toBe(7)
    const { requests } = openAi
    expect((await cli('generate')).code).toBe(7)
    expect((await cli('generate', '--retry-refused')).code).toBe(7)
    expect(openAi.requests).toBe(requests)
    expectBilled(1, 1)
  })

  test.for([
    [['fly'], 'Unexpected command `fly`'],
    [['plna'], 'Unexpected command `plna`, did you mean `plan`'],
    [['plan', '--fast'], '--fast'],
    [['plan', 'now'], 'Unexpected `now`'],
    [['plan', '--budget', '1e9'], '--budget'],
    [['plan', '--mode', 'quick'], '--mode'],
    [['report'], 'No report'],
    [['plan', '--config', 'nowhere.ts'], 'nowhere.ts'],
    [['generate', '--root', 'no/such'], 'No folder'],
    [['generate', '--mode', 'frozen'], '`--mode`, which goes with plan and check'],
    [['models', '--mode', 'frozen'], '`--mode`, which goes with plan and check'],
    [['lint', '--budget', '1'], '`--budget`, which goes with plan, generate, check'],
    [['models', '--retry-unknown'], '`--retry-unknown`, which goes with generate'],
    [['plan', '--retry-unknown'], '`--retry-unknown`, which goes with generate'],
    [['check', '--retry-refused'], '`--retry-refused`, which goes with generate'],
  ] as const)('misuse: %j', async ([args, text]) => {
    const { code, stderr } = await cli(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(text)
  })

  test('no message holds the key', async () => {
    openAi.fail(refusals.badKey)
    const { stdout, stderr } = await cli('generate')
    expect(stdout + stderr).not.toContain('sk-test-1234567890')
    expect(readFileSync(project.path('.imprompt/report.json'), 'utf8')).not.toContain('sk-test')
  })
})

test('help is told also beside an option that it does not take', async () => {
  const { code, stdout } = await cli('generate', '--batch', '--budget', '1', '--help')
  expect(code).toBe(0)
  expect(stdout).toContain('Exit codes')
})

test('help lists the commands and the exit codes', async () => {
  const { code, stdout } = await cli('--help')
  expect(code).toBe(0)
  for (const word of ['plan', 'generate', 'check', 'report', 'Exit codes'])
    expect(stdout).toContain(word)
})
