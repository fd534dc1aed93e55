import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GitProject, gitAt, makeGitProject } from '../support/git-project.ts'
import { type FakeGh, installFakeGh } from '../support/github/fake-gh.ts'
import { type Job, type JobRun, readWorkflow, runJob } from '../support/github/workflow.ts'
import { type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${repository}/packages/cli/github-actions.md`, 'utf8')

function blockOf(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? ''
}

const workflow = readWorkflow(blockOf('yaml'))

function jobOf(name: string): Job {
  const job = workflow.jobs[name]
  if (job === undefined) throw new Error(`no job ${name}`)
  return job
}

describe('the workflow of the documentation', () => {
  test('pins each action by its major version', () => {
    const actions = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap(({ uses }) => uses ?? []),
    )
    expect(actions.length).toBeGreaterThan(4)
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/)
  })

  test('gives each job what it needs, and no secret to the code of a pull request', () => {
    const { plan, buy } = { plan: jobOf('plan'), buy: jobOf('buy') }
    expect(plan.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' })
    expect(buy.permissions).toEqual({ contents: 'write' })
    expect(plan.if).toBe("github.event_name == 'pull_request'")
    expect(buy.if).toBe("github.event_name == 'push'")
    expect(JSON.stringify(plan)).not.toContain('secrets.')
    expect(plan.steps[0]?.with).toEqual({ 'persist-credentials': false })
    const withToken = plan.steps.filter((step) => JSON.stringify(step).includes('github.token'))
    expect(withToken.map(({ name }) => name)).toEqual(['Comment'])
  })

  test('takes no text of a pull request into a script', () => {
    for (const { steps } of Object.values(workflow.jobs))
      for (const { run = '' } of steps) expect(run).not.toContain('${{')
  })

  test('buys one run at a time, from what the branch holds by then', () => {
    expect(jobOf('buy').concurrency).toEqual({ group: 'imprompt-buy' })
    expect(jobOf('buy').steps[0]?.with).toEqual({ ref: '${{ github.ref_name }}' })
  })
})

const hasJq = spawnSync('jq', ['--version']).status === 0
const testWithJq = testUnless(hasJq ? undefined : 'jq is missing; install the package jq')

const directive = (prompt: string): string =>
  `![gen: ${prompt}](size=512x512, quality=low, alt=x)\n\n`

let openAi: OpenAiDouble
let author: GitProject
let home: string
let gh: FakeGh
let clones = 0

/** Each test runs a dozen processes. */
const timeout = 180_000

/** A repository with its origin, and a runner with `gh`, for each test. */
function setUp(): void {
  beforeEach(async () => {
    openAi = await startOpenAi()
    clones = 0
    home = mkdtempSync(join(tmpdir(), 'imprompt-runner-'))
    gh = installFakeGh(home)
    author = makeGitProject({
      'imprompt.config.ts': blockOf('ts'),
      'a.md': directive('a fox') + directive('an owl'),
    })
    author.commit()
    gitAt(home, 'clone', '-q', '--bare', author.top, 'origin.git')
    author.git('remote', 'add', 'origin', join(home, 'origin.git'))
    author.git('fetch', '-q')
    author.git('branch', '-q', '--set-upstream-to=origin/main')
  })
  afterEach(async () => {
    author[Symbol.dispose]()
    rmSync(home, { recursive: true, force: true })
    await openAi[Symbol.asyncDispose]()
  })
}

/** Prices each picture above the budget of the workflow. */
const dearConfig = blockOf('ts').replace(
  'persist:',
  "model: 'gpt-image-2.6-flare', prices: { 'gpt-image-2.6-flare': { maxMicroUsd: 3_000_000 } }, persist:",
)

/** Runs a job on what the origin holds. */
async function runJobOn(
  name: string,
  { after, isFork = false }: { after?: (step: string) => void; isFork?: boolean } = {},
): Promise<JobRun> {
  const folder = join(home, `clone-${(clones += 1)}`)
  gitAt(home, 'clone', '-q', '--depth', '1', `file://${home}/origin.git`, folder)
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const values = new Map([
    ['github.token', 'token'],
    ['github.repository', 'o/r'],
    ['github.event.number', '7'],
    ['github.event.pull_request.head.repo.full_name == github.repository', `${!isFork}`],
    ['secrets.OPENAI_API_KEY', 'sk-test-1234567890'],
  ])
  const environment = { OPENAI_BASE_URL: openAi.url }
  return runJob(workflow, jobOf(name), {
    folder,
    home,
    values,
    environment,
    ...(after !== undefined && { after }),
  })
}

function push(files: Readonly<Record<string, string>>): void {
  author.write(files)
  author.commit()
  author.git('push', '-q')
}

describe('a pull request', { timeout }, () => {
  setUp()

  testWithJq('is commented once, and the comment is written anew', async () => {
    const foreign = { id: 1, user: { login: 'someone' }, body: '<!-- imprompt-report -->\nMine' }
    const other = { id: 2, user: { login: 'github-actions[bot]' }, body: 'Coverage' }
    gh.setComments([foreign, other])
    const first = await runJobOn('plan')
    expect(first.codes).toEqual({ Plan: 0, Gate: 0, Comment: 0 })
    expect(gh.comments().slice(0, 2)).toEqual([foreign, other])
    expect(gh.comments()[2]?.body).toMatch(/^<!-- imprompt-report -->\n\n\*\*Images: .*2 new/)
    expect(first.summary).toBe(gh.comments()[2]?.body)

    push({ 'b.md': directive('a hen') })
    await runJobOn('plan')
    expect(gh.comments()).toHaveLength(3)
    expect(gh.comments()[2]?.body).toContain('(3 new)')
    expect(openAi.requests).toBe(0)
  })

  testWithJq('that buys nothing gets no comment, and one that it had is written anew', async () => {
    push({ 'a.md': '# Nothing\n' })
    await runJobOn('plan')
    expect(gh.comments()).toEqual([])
    const body = '<!-- imprompt-report -->\nOld'
    gh.setComments([{ id: 1, user: { login: 'github-actions[bot]' }, body }])
    await runJobOn('plan')
    expect(gh.comments()[0]?.body).toContain('nothing to buy')
  })

  testWithJq.for([
    ['over the budget', { 'imprompt.config.ts': dearConfig }, { Plan: 0, Gate: 1 }, 'over by'],
    ['with a problem', { 'b.md': '![gen: a hen](sise=1)\n' }, { Plan: 2 }, '1 problem to mend'],
  ] as const)('%s fails, and is told why', async ([, files, codes, verdict]) => {
    push(files)
    const run = await runJobOn('plan')
    expect(run.codes).toEqual({ ...codes, Comment: 0 })
    expect(gh.comments()[0]?.body.split('\n')[2]).toContain(verdict)
    expect(run.output.match(/^::error /gm) ?? []).toHaveLength(verdict === 'over by' ? 0 : 1)
  })

  testWithJq('goes on without a comment that is refused', async () => {
    gh.refuse()
    const { codes, output } = await runJobOn('plan')
    expect(codes).toEqual({ Plan: 0, Gate: 0, Comment: 0 })
    expect(output).toContain('::warning::The comment was not written')
  })

  test('of a fork is planned in the summary alone', async () => {
    const { codes, summary } = await runJobOn('plan', { isFork: true })
    expect(codes).toEqual({ Plan: 0, Gate: 0 })
    expect(summary).toContain('(2 new)')
    expect(gh.comments()).toEqual([])
  })
})

describe('a push to main', { timeout }, () => {
  setUp()

  const filesAtOrigin = (): string =>
    gitAt(join(home, 'origin.git'), 'ls-tree', '-r', '--name-only', 'main')
  const subjects = (): readonly string[] =>
    gitAt(join(home, 'origin.git'), 'log', '--format=%s', 'main').trim().split('\n')
  const entriesAtOrigin = (): number =>
    filesAtOrigin().match(/^\.imprompt\/images\/.*json$/gm)?.length ?? 0

  test('buys what is missing and commits it, and nothing the next time', async () => {
    const { codes, summary } = await runJobOn('buy')
    expect(codes).toEqual({ Buy: 0, Keep: 0 })
    expect(summary).toContain('(2 bought)')
    expect(openAi.billed).toHaveLength(2)
    expect(entriesAtOrigin()).toBe(2)
    expect(filesAtOrigin()).toMatch(
      /^\.imprompt\/originals\/.*\n(?:.*\n)*\.imprompt\/ledger|ledger/m,
    )
    expect(filesAtOrigin()).not.toMatch(/journal|derived|report\.json|node_modules/)
    expect(subjects()[0]).toBe('Keep the pictures that were bought [skip ci]')

    const before = subjects()
    expect((await runJobOn('buy')).codes).toEqual({ Buy: 0, Keep: 0 })
    expect(openAi.billed).toHaveLength(2)
    expect(subjects()).toEqual(before)
  })

  test('keeps what was bought beside what others push, and their purchase of the same', async () => {
    author.write({ 'a.md': directive('a fox') })
    const environment = { OPENAI_API_KEY: 'sk-test-1234567890', OPENAI_BASE_URL: openAi.url }
    await runCli(author.root, ['generate'], environment)
    author.write({ 'a.md': directive('a fox') + directive('an owl'), 'b.md': '# Another\n' })
    author.commit('theirs')
    const { codes, output } = await runJobOn('buy', {
      after: (step) => void (step === 'Buy' && author.git('push', '-q')),
    })
    expect(codes, output).toEqual({ Buy: 0, Keep: 0 })
    expect(subjects().slice(0, 2)).toEqual([
      'Keep the pictures that were bought [skip ci]',
      'theirs',
    ])
    expect(entriesAtOrigin()).toBe(2)
    author.git('pull', '-q', '--ff-only')
    expect((await runCli(author.root, ['verify'])).code).toBe(0)
    expect((await runCli(author.root, ['check', '--mode', 'frozen'])).code).toBe(0)
  })

  test('keeps what was bought where something else was refused', async () => {
    openAi.fail(refusals.moderation)
    const { codes } = await runJobOn('buy')
    expect(codes).toEqual({ Buy: 5, Keep: 0 })
    expect(entriesAtOrigin()).toBe(1)
  })

  test('buys nothing above the budget, and commits nothing', async () => {
    push({ 'imprompt.config.ts': dearConfig })
    const before = subjects()
    expect((await runJobOn('buy')).codes).toEqual({ Buy: 3, Keep: 0 })
    expect(openAi.requests).toBe(0)
    expect(subjects()).toEqual(before)
  })
})
