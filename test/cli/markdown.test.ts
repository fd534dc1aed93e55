import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { livelyPartsOf, parseGfm, tablesIn } from '../support/gfm.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

const post = `![gen: a \`red\` fox \\| for @octocat](size=512x512, quality=low, alt=fox)

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

describe('--markdown', () => {
  test('prints a plan, what was bought, the gate and the last report', async () => {
    const plan = await cli('plan', '--markdown')
    expect(plan.stdout).toMatch(
      /^<!-- imprompt-report -->\n\n\*\*Images: \+\$0\.0\d+\*\* \(2 new\)/,
    )
    expect(plan).toMatchObject({ code: 0, stderr: '' })
    const [rows] = tablesIn(parseGfm(plan.stdout))
    expect(rows?.map((row) => row.at(-1))).toEqual([
      'Prompt',
      'a `red` fox | for @octocat',
      'an owl',
    ])
    expect(livelyPartsOf(parseGfm(plan.stdout))).toEqual([])

    const { stdout: bought } = await cli('generate', '--markdown')
    expect(bought).toMatch(/\*\*Images: \$0\.0\d+ spent\*\* \(2 bought\) — budget \$1\.00, kept\n/)
    expect((await cli('report', '--markdown')).stdout).toBe(bought)
    const { stdout: checked } = await cli('check', '--markdown', '--prompts', 'none')
    expect(checked).toMatch(/\*\*Images: nothing to buy\*\* \(2 stored, reuse saved \$0\.0\d+\)/)
    expect(checked).not.toContain('owl')
  })

  test('shows of prompts what the configuration says, unless the command line does', async () => {
    project.write({ 'imprompt.config.ts': "export default { report: { prompts: 'none' } }" })
    expect((await cli('plan', '--markdown')).stdout).not.toContain('owl')
    expect((await cli('plan', '--markdown', '--prompts', 'full')).stdout).toContain('owl')
    project.write({ 'imprompt.config.ts': "export default { report: { prompts: 'some' } }" })
    expect((await cli('plan')).stderr).toContain('`report.prompts`')
  })

  test('tells why a check fails', async () => {
    const { code, stdout } = await cli('check', '--markdown', '--budget', '0.001')
    expect(stdout).toMatch(
      / — \*\*over budget\*\*: a build: up to \$0\.0\d+ of \$0\.001 \(over by .*\)\n\nStopped: Over budget: 2 new /,
    )
    expect(code).toBe(3)
  })

  test('prints something to comment where the configuration cannot be read', async () => {
    project.write({ 'imprompt.config.ts': 'export default { sise: 1 }' })
    const { code, stdout } = await cli('plan', '--markdown')
    expect(stdout).toContain('**Images: nothing to buy** (none) — **1 problem to mend**')
    expect(stdout).toContain('- error: `imprompt.config.ts:1:1`: ')
    expect(code).toBe(2)
  })

  test.for([
    [['plan', '--markdown', '--json'], '`--markdown` beside `--json`'],
    [['plan', '--prompts', 'some'], 'expected none, excerpt, full'],
    [['verify', '--markdown'], 'which goes with plan, generate, check and report'],
  ] as const)('is not understood in %j', async ([args, message]) => {
    const { code, stdout, stderr } = await cli(...args)
    expect(stderr).toContain(message)
    expect(stdout).not.toContain('imprompt-report')
    expect(code).toBe(2)
  })
})

describe('the summary of a step', () => {
  const summary = (): string => readFileSync(project.path('summary.md'), 'utf8')

  test('is what plan, generate and check come to, one after the other', async () => {
    const environment = { GITHUB_STEP_SUMMARY: project.path('summary.md') }
    for (const command of ['plan', 'generate', 'check'])
      expect(await runCli(project.root, [command], environment)).toMatchObject({ stderr: '' })
    const headlines = summary()
      .split('\n')
      .filter((line) => line.startsWith('**Images: '))
    expect(headlines.map((line) => /\((\d \w+)/.exec(line)?.[1])).toEqual([
      '2 new',
      '2 bought',
      '2 stored',
    ])
    await runCli(project.root, ['lint'], environment)
    await runCli(project.root, ['report'], environment)
    expect(summary().match(/imprompt-report/g)).toHaveLength(3)
  })

  test('that cannot be written is a warning, and fails nothing', async () => {
    const path = project.path('posts')
    const { code, stdout, stderr } = await runCli(project.root, ['plan', '--json'], {
      GITHUB_STEP_SUMMARY: path,
    })
    expect(stderr).toContain(`not written to \`${path}\``)
    expect(JSON.parse(stdout)).toMatchObject({ totals: { new: 2 } })
    expect(code).toBe(0)
  })

  test('is written nowhere else', async () => {
    await runCli(project.root, ['plan'], { GITHUB_ACTIONS: 'true' })
    expect(existsSync(project.path('summary.md'))).toBe(false)
  })
})
