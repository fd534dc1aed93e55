import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openCli } from '../support/cli-session.ts'
import { elsewhere, expectSettled, isWhole, projectOf, sampleOf } from '../support/faults.ts'
import { startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'
import { testUnless, testWhereAllowed } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
const nobody = ['runuser', '-u', 'nobody', '--'] as const

/** Runs `imprompt generate` by way of another command. */
async function generateBy(command: readonly string[], project: TestProject): Promise<CliRun> {
  const [first = '', ...rest] = command
  const child = spawn(first, [...rest, process.execPath, bin, 'generate'], {
    cwd: project.root,
    env: { PATH: process.env['PATH'] ?? '', ...elsewhere(project) },
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { stdout, stderr, code }
}

function giveTo(user: string, project: TestProject): void {
  elsewhere(project)
  execFileSync('chown', ['-Rh', user, project.root])
}

const isRoot = process.getuid?.() === 0
const [command, ...options] = nobody
const userHindrance =
  isRoot && spawnSync(command, [...options, process.execPath, '--check', bin]).status === 0
    ? undefined
    : 'files of other users need root, `runuser` and a user `nobody` who may read this folder'
const limitHindrance =
  spawnSync('prlimit', ['--nofile=100', 'true']).status === 0
    ? undefined
    : 'limits of a process need `prlimit`; install the package `util-linux`'

/** Why no file can be made unchangeable here; nothing where it can. */
function lockHindrance(): string | undefined {
  const path = `${import.meta.dirname}/locked`
  execFileSync('mkdir', ['-p', path])
  const isLocked = spawnSync('chattr', ['+i', path]).status === 0
  spawnSync('chattr', ['-i', path])
  rmSync(path, { recursive: true })
  return isLocked ? undefined : 'folders that nobody may change need root, `chattr` and ext4'
}

testWhereAllowed(lockHindrance())(
  'a folder that nobody may change, of originals or of the journal, stops a purchase before it is made',
  async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi)
    await using cli = openCli(project.root)
    expect((await cli.run('generate')).code).toBe(0)
    project.write({ 'more.md': '![gen: an owl](size=512x512, quality=low, alt=owl)\n' })
    for (const name of ['originals', 'journal']) {
      execFileSync('chattr', ['+i', project.path(`.imprompt/${name}`)])
      try {
        const { code, stdout, stderr } = await cli.run('generate')
        expect(stdout, name).toContain('1 stored')
        expect(stderr, name).toContain('EPERM')
        expect(code, name).toBe(4)
      } finally {
        execFileSync('chattr', ['-i', project.path(`.imprompt/${name}`)])
      }
      expect(openAi.requests, name).toBe(1)
    }
    expect(await expectSettled({ openAi, project }, 2)).toBe(0)
    expect(openAi.billed).toHaveLength(2)
  },
)

testUnless(userHindrance)('an entry of somebody else that is closed is no miss', async () => {
  await using openAi = await startOpenAi()
  using project = projectOf(openAi)
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  chmodSync(project.root, 0o755)
  const folder = project.path('.imprompt/images')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const entry = `${folder}/${names.find((name) => name.endsWith('.json'))}`
  await using other = openCli(project.root, { environment: elsewhere(project), by: nobody })
  chmodSync(entry, 0o600)
  const closed = await other.run('generate')
  expect(closed.stderr).toContain('EACCES')
  expect(closed.code).toBe(4)
  expect(openAi.requests).toBe(1)
  chmodSync(entry, 0o644)
  const open = await other.run('generate')
  expect(open.stdout).toContain('1 stored')
  expect(open.code).toBe(0)
  project.write({ 'more.md': '![gen: an owl](size=512x512, quality=low, alt=owl)\n' })
  const refused = await other.run('generate')
  expect(refused.stderr).toContain('Nothing may be bought: the store cannot be written: ')
  expect(refused.code).toBe(4)
  expect(openAi.requests).toBe(1)
})

testUnless(userHindrance).for([['0777'], ['0000']] as const)(
  'a umask of %s loses nothing and opens nothing',
  async ([umask]) => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi)
    giveTo('nobody', project)
    const shell = ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh']
    const { code } = await generateBy([...nobody, ...shell], project)
    expect(code).toBe(umask === '0777' ? 4 : 0)
    expect(openAi.requests).toBe(umask === '0777' ? 0 : 1)
    execFileSync('chmod', ['-R', 'u+rwX', project.path('.imprompt')])
    const folder = project.path('.imprompt/originals')
    const names = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      : []
    for (const name of names.filter((one) => one.endsWith('.png')))
      expect(statSync(`${folder}/${name}`).mode & 0o777).toBe(0o644)
    expect(await expectSettled({ openAi, project })).toBe(0)
    expect(openAi.billed).toHaveLength(1)
  },
)

const limits = [
  // Here not even all claims can be made.
  [23, [0, 1, 4, 7]],
  [40, [0]],
] as const

testUnless(limitHindrance).for(isWhole ? limits : limits.slice(0, 1))(
  `%i open files at a time lose none of many pictures${sampleOf('two limits')}`,
  async ([most, codes]) => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 12)
    const { code } = await generateBy(['prlimit', `--nofile=${most}`], project)
    expect(codes).toContain(code)
    expect(await expectSettled({ openAi, project }, 12)).toBe(0)
    expect(openAi.billed).toHaveLength(12)
  },
)

testUnless(limitHindrance)(
  'a limit of the size of files stops a purchase before it is made',
  async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi)
    const { code, stderr } = await generateBy(['prlimit', '--fsize=5000'], project)
    expect(stderr).toContain('EFBIG')
    expect(code).toBe(4)
    expect(openAi.requests).toBe(0)
    expect(await expectSettled({ openAi, project })).toBe(0)
  },
)

test('a store that is deleted while a picture is made gets it all the same', async () => {
  await using openAi = await startOpenAi({ delayMs: 500 })
  using project = projectOf(openAi)
  const building = runCli(project.root, ['generate'])
  await expect.poll(() => openAi.billed, { interval: 5 }).toHaveLength(1)
  rmSync(project.path('.imprompt'), { recursive: true })
  expect((await building).code).toBe(0)
  expect(await expectSettled({ openAi, project })).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})
