import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { openProject } from '../../packages/core/src/open-project.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import type { Server } from '../support/servers/daemon.ts'
import { lighttpdHindrance, startLighttpd } from '../support/servers/web-servers.ts'
import { testUnless } from '../support/skip.ts'

let server: Server
let openAi: OpenAiDouble
beforeAll(async () => {
  if (lighttpdHindrance === undefined) server = await startLighttpd()
})
afterAll(() => server?.stop())
beforeEach(() => {
  const files = join(server.folder, 'files')
  for (const name of readdirSync(files)) rmSync(join(files, name))
})

const test = testUnless(lighttpdHindrance)

/** A machine of a team: a checkout that shares a remote. */
function machine(options = '', more = ''): TestProject {
  return makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': '![gen: a fox](size=512x512, quality=low, alt=fox)\n',
    'imprompt.config.js': `import { defineConfig, http } from '@imprompt/core'
export default defineConfig({ remotes: [http({ url: '${server.url}', ${options} })], ${more} })
`,
  })
}

/** Names of what the remote holds, but for probes and claims. */
function held(): readonly string[] {
  const names = readdirSync(join(server.folder, 'files'))
  return names.filter((name) => /^(originals|entries)-/.test(name))
}

/** Builds with a key, which must go well. */
async function buy({ root }: TestProject): Promise<void> {
  const { code, stderr } = await runCli(root, ['generate'])
  expect(code, stderr).toBe(0)
}

/** A checkout of what another machine committed, without the originals. */
function checkout(from: TestProject, to: TestProject): void {
  cpSync(from.path('.imprompt/images'), to.path('.imprompt/images'), { recursive: true })
}

describe('a team that shares a remote', () => {
  test('buys a picture once, and has it everywhere', async () => {
    await using double = await startOpenAi()
    openAi = double
    using first = machine()
    using second = machine()
    const bought = await runCli(first.root, ['generate'])
    expect(bought.code, bought.stderr).toBe(0)
    expect(held()).toHaveLength(2)
    checkout(first, second)
    const frozen = await runCli(second.root, ['check', '--mode', 'frozen'])
    expect(frozen.code, frozen.stderr).toBe(0)
    const verified = await runCli(second.root, ['verify'])
    expect(verified.code, verified.stdout).toBe(0)
    expect(existsSync(second.path('.imprompt/originals'))).toBe(false)
    const pulled = await runCli(second.root, ['pull'])
    expect(pulled.stdout).toContain('pulled 1 picture')
    expect(readdirSync(second.path('.imprompt/originals'))).toHaveLength(1)
    expect(openAi.billed).toHaveLength(1)
  })

  test('believes a trusted remote where no entry is committed', async () => {
    await using double = await startOpenAi()
    openAi = double
    using first = machine()
    using second = machine('trusted: true')
    await buy(first)
    const frozen = await runCli(second.root, ['check', '--mode', 'frozen'])
    expect(frozen.code, frozen.stderr).toBe(0)
    expect(existsSync(second.path('.imprompt/images'))).toBe(false)
    const built = await runCli(second.root, ['generate'])
    expect(built.code, built.stderr).toBe(0)
    expect(readdirSync(second.path('.imprompt/images'))).toHaveLength(1)
    expect(openAi.billed).toHaveLength(1)
  })

  test('neither believes an untrusted remote nor buys past it', async () => {
    await using double = await startOpenAi()
    openAi = double
    using first = machine()
    using second = machine()
    await buy(first)
    const refused = await runCli(second.root, ['generate'])
    expect(refused.code).toBe(4)
    expect(refused.stderr).toContain('no committed entry vouches for')
    expect(openAi.requests).toBe(1)
  })

  test('never serves what a remote was poisoned with', async () => {
    await using double = await startOpenAi()
    openAi = double
    using first = machine()
    using second = machine()
    await buy(first)
    checkout(first, second)
    const name = held().find((one) => one.startsWith('originals-')) ?? ''
    const path = join(server.folder, 'files', name)
    const bytes = readFileSync(path)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const { pipeline, terms } = await openProject({ folder: second.root, environment: {} })
    const { failure, report } = await pipeline.build(await pipeline.scan(), terms)
    expect(failure?.code).toBe('STORE_DAMAGED')
    expect(failure?.message).toContain('its bytes are not those that were bought')
    expect(report.incidents).toMatchObject([{ kind: 'refused' }])
    expect(readdirSync(second.path('.imprompt/quarantine'))).toContainEqual(
      expect.stringMatching(/^[0-9a-f]{64}$/),
    )
    expect(openAi.requests).toBe(1)
    const verified = await runCli(second.root, ['verify'])
    expect(verified.code, verified.stdout).toBe(9)
  })

  test('buys nothing where the remote does not answer', async () => {
    await using double = await startOpenAi()
    openAi = double
    const gone = await startLighttpd()
    gone.stop()
    using project = makeProject({
      '.env.local': credentials(openAi.url),
      'post.md': '![gen: a fox](size=512x512, quality=low, alt=fox)\n',
      'imprompt.config.js': `import { http } from '@imprompt/core'
export default { remotes: [http({ url: '${gone.url}' })], coordination: 'best-effort' }
`,
    })
    const { code, stderr } = await runCli(project.root, ['generate'])
    expect(code).toBe(4)
    expect(stderr).toContain('Nothing was bought')
    expect(openAi.requests).toBe(0)
  })

  test('gives a remote what was bought before there was one', async () => {
    await using double = await startOpenAi()
    openAi = double
    using project = machine()
    const config = readFileSync(project.path('imprompt.config.js'))
    project.write({ 'imprompt.config.js': 'export default {}\n' })
    await runCli(project.root, ['generate'])
    const lacking = await runCli(project.root, ['push'])
    expect(lacking.code).toBe(2)
    expect(held()).toEqual([])
    project.write({ 'imprompt.config.js': config })
    const pushed = await runCli(project.root, ['push'])
    expect(pushed.stdout).toContain('pushed 1 picture')
    expect(held()).toHaveLength(2)
    const again = await runCli(project.root, ['push'])
    expect(again.stdout).toContain('pushed 0 pictures, 0 B; 1 there before')
    expect(openAi.billed).toHaveLength(1)
  })

  test('is told that a remote for reading takes nothing', async () => {
    await using double = await startOpenAi()
    openAi = double
    using project = machine('readOnly: true')
    const { code, stderr } = await runCli(project.root, ['push'])
    expect(code).toBe(2)
    expect(stderr).toContain('needs a remote that is not `readOnly`')
  })
})
