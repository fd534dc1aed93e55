import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'
import { checkOut, machineOf, pass, storedIn, type Team } from '../support/s3-team.ts'
import { type Ceph, cephHindrance, startCeph, type User } from '../support/servers/ceph.ts'
import { lacking } from '../support/servers/daemon.ts'
import { testUnless } from '../support/skip.ts'

let ceph: Ceph
let openAi: OpenAiDouble
let buckets = 0
beforeAll(async () => {
  if (cephHindrance === undefined) ceph = await startCeph()
})
afterAll(() => ceph?.stop())
beforeEach(async () => {
  openAi = await startOpenAi({ delayMs: 300 })
})
afterEach(() => openAi[Symbol.asyncDispose]())

const test = testUnless(cephHindrance)

/** A team with a bucket and an account of its own, both of this name. */
async function aTeam(): Promise<Team & { readonly user: User }> {
  buckets += 1
  const bucket = `team-${buckets}`
  const user = await ceph.addUser(bucket)
  await ceph.makeBucket(bucket, user)
  return { ceph, bucket, user, openAi }
}

/** A build that stands still while a picture is being made for it. */
interface Halted {
  readonly child: ChildProcess
  readonly run: Promise<CliRun>
}

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

async function haltedBuild(project: TestProject): Promise<Halted> {
  const child = spawn(process.execPath, [bin, 'generate'], {
    cwd: project.root,
    env: { PATH: process.env['PATH'] ?? '' },
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const whole = Promise.all([closed, text(child.stdout), text(child.stderr)])
  while (openAi.billed.length === 0) await setTimeout(5)
  child.kill('SIGSTOP')
  return { child, run: whole.then(([code, stdout, stderr]) => ({ code, stdout, stderr })) }
}

const quotaOf = (name: string): readonly string[] => ['--quota-scope=user', `--uid=${name}`]

const failures = {
  'whose credentials are revoked': {
    begin: (name: string) => ceph.run('radosgw-admin', 'user', 'suspend', `--uid=${name}`),
    end: (name: string) => ceph.run('radosgw-admin', 'user', 'enable', `--uid=${name}`),
    told: 'it answered 403 `UserSuspended`',
  },
  'whose quota is used up': {
    begin: async (name: string) => {
      await ceph.run('radosgw-admin', 'quota', 'set', ...quotaOf(name), '--max-size=1')
      await ceph.run('radosgw-admin', 'quota', 'enable', ...quotaOf(name))
    },
    end: (name: string) => ceph.run('radosgw-admin', 'quota', 'disable', ...quotaOf(name)),
    told: 'its quota is used up',
  },
  'that hangs': {
    begin: async () => ceph.signal('SIGSTOP'),
    end: async () => ceph.signal('SIGCONT'),
    told: 'no more of its answer came for 1 s',
  },
  'that writes when nobody waits any more': {
    begin: () => ceph.run('ceph', 'osd', 'pause'),
    end: () => ceph.run('ceph', 'osd', 'unpause'),
    told: 'no more of its answer came for 1 s',
  },
} as const

describe('what was bought for a store', () => {
  test.for(Object.entries(failures))('%s meanwhile is kept here and pushed later', async (one) => {
    const [, failure] = one
    const team = await aTeam()
    using first = machineOf(team, { user: team.user, partMs: 1000 })
    using second = machineOf(team, { user: team.user })
    const { child, run } = await haltedBuild(first)
    await failure.begin(team.bucket)
    child.kill('SIGCONT')
    const bought = await run.finally(() => failure.end(team.bucket))
    expect(bought.code, bought.stderr).toBe(0)
    expect(bought.stdout).toContain('not pushed, run `imprompt push`')
    expect(bought.stdout).toContain(failure.told)
    await pass(first, 'verify')
    await pass(first, 'push')
    checkOut(first, second)
    await pass(second, 'check', '--mode', 'frozen')
    expect(openAi.billed).toHaveLength(1)
  })

  test('is pushed by the next build where its own was killed in between', async () => {
    const team = await aTeam()
    using first = machineOf(team, { user: team.user })
    using second = machineOf(team, { user: team.user, options: 'trusted: true' })
    const { child, run } = await haltedBuild(first)
    ceph.signal('SIGSTOP')
    child.kill('SIGCONT')
    await expect.poll(() => storedIn(first, 'images').join()).toContain('.json')
    child.kill('SIGKILL')
    await run
    ceph.signal('SIGCONT')
    await pass(first, 'generate')
    await pass(second, 'generate')
    expect(openAi.billed).toHaveLength(1)
  })
})

test('a picture that a killed build asked for is not bought by another machine', async () => {
  const team = await aTeam()
  const change = { user: team.user, options: 'trusted: true' }
  using first = machineOf(team, change)
  using second = machineOf(team, change)
  const { child, run } = await haltedBuild(first)
  child.kill('SIGKILL')
  await run
  const barred = await runCli(second.root, ['generate'])
  expect(barred.code, barred.stderr).toBe(7)
  expect(barred.stderr).toMatch(/asked for it at \S+Z, and does not know what came of that/)
  expect(openAi.billed).toHaveLength(1)
  await pass(second, 'generate', '--retry-unknown')
  expect(openAi.billed).toHaveLength(2)
  await pass(first, 'generate')
  expect(openAi.billed).toHaveLength(2)
  // The charge stays in the ledger, and nobody is to do anything about it.
  expect((await pass(first, 'ledger')).stdout).toMatch(/2026-\d\d +0 +0 +1 /)
  expect((await pass(first, 'doctor')).stdout).not.toContain('unknown-charge')
})

test('credentials that may only read objects fetch what is committed and buy nothing', async () => {
  const team = { ceph, bucket: 'readers', openAi }
  await ceph.makeBucket(team.bucket)
  const user = await ceph.addUser('reader')
  await ceph.permit(team.bucket, 'reader', ['GetObject'])
  using first = machineOf(team)
  await pass(first, 'generate')
  using reader = machineOf(team, { user, options: 'readOnly: true' })
  using newcomer = machineOf(team, { user, pictures: 2 })
  const refused = await runCli(newcomer.root, ['generate'])
  expect(refused.code).toBe(4)
  expect(refused.stderr).toContain('`s3:ListBucket`')
  checkOut(first, reader)
  await pass(reader, 'pull')
  await pass(reader, 'verify')
  expect(openAi.billed).toHaveLength(1)
})

testUnless(cephHindrance ?? lacking({ faketime: 'faketime' }))(
  'machines whose clocks are 40 minutes apart buy a picture once',
  async () => {
    const team = await aTeam()
    const change = { user: team.user, options: 'trusted: true' }
    using fast = machineOf(team, change)
    using slow = machineOf(team, change)
    const runs = await Promise.all([
      runCli(fast.root, ['generate'], clockOff('+20m')),
      runCli(slow.root, ['generate'], clockOff('-20m')),
    ])
    expect(runs).toMatchObject([{ code: 0 }, { code: 0 }])
    for (const one of [fast, slow]) await pass(one, 'verify')
    expect(openAi.billed).toHaveLength(1)
  },
)

/** The environment of a process whose clock is off by this much. */
function clockOff(offset: string): Readonly<Record<string, string>> {
  const environment = execFileSync('faketime', ['-f', offset, 'env'], { encoding: 'utf8' })
  const lines = environment.split('\n').filter((line) => /^(LD_PRELOAD|FAKETIME)=/.test(line))
  return Object.fromEntries(lines.map((line) => line.split('=')))
}
