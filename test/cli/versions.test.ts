import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

let root: string
let openAi: OpenAiDouble
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'imprompt-versions-'))
  openAi = await startOpenAi()
  mkdirSync(join(root, 'node_modules/@imprompt'), { recursive: true })
  symlinkSync(join(packages, 'core'), join(root, 'node_modules/@imprompt/core'))
  symlinkSync(join(packages, 'vite'), join(root, 'node_modules/vite-plugin-imprompt'))
  write({
    'package.json': '{ "type": "module" }',
    'pnpm-lock.yaml': '',
    'post.md': '![gen: a fox](size=512x512, quality=low, alt=Fox)\n',
    'index.html': '<script type="module" src="/main.js"></script>',
    'main.js': "import post from './post.md?raw'\ndocument.body.innerHTML = post\n",
    '.env.local': credentials(openAi.url),
  })
})
afterEach(async () => {
  rmSync(root, { recursive: true })
  await openAi[Symbol.asyncDispose]()
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

function manifestOf(name: string, version: string): string {
  const exports = { './package.json': './package.json' }
  return JSON.stringify({ name, version, type: 'module', exports })
}

/** As npm leaves them behind where one package was brought up to date and another was not. */
function installAnother(version: string): void {
  const folder = 'node_modules/remark-imprompt'
  write({
    [`${folder}/package.json`]: manifestOf('remark-imprompt', version),
    [`${folder}/node_modules/@imprompt/core/package.json`]: manifestOf('@imprompt/core', version),
  })
}

const told =
  /`@imprompt\/core` is at work in more than one version[^]*0\.0\.0 in `[^`]*packages\/core` for what runs, `imprompt\.config` and `vite-plugin-imprompt`; 9\.9\.9 in `node_modules\/remark-imprompt\/node_modules\/@imprompt\/core` for `remark-imprompt`[^]*`pnpm add -D @imprompt\/core@latest vite-plugin-imprompt@latest remark-imprompt@latest`/

test('nothing is bought where two versions of core are at work', async () => {
  installAnother('9.9.9')
  const { code, stderr } = await runCli(root, ['generate'])
  expect(stderr).toMatch(told)
  expect(code).toBe(2)
  const { default: imprompt } = await import('vite-plugin-imprompt')
  await expect(build({ root, logLevel: 'silent', plugins: [imprompt()] })).rejects.toMatchObject({
    message: expect.stringMatching(told),
  })
  expect(openAi.requests).toBe(0)
})

test('a plan tells them, and comes to what it comes to', async () => {
  expect((await runCli(root, ['plan'])).stderr).toBe('')
  installAnother('9.9.9')
  const { code, stdout, stderr } = await runCli(root, ['plan', '--json'])
  expect(stderr).toMatch(told)
  expect(stderr).toMatch(/^warning: /)
  expect(JSON.parse(stdout)).toMatchObject({ totals: { new: 1 } })
  expect(code).toBe(0)
})

test('the doctor tells them, and what is stored is shown', async () => {
  expect((await runCli(root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
  expect((await runCli(root, ['doctor'])).stdout).not.toContain('versions')
  installAnother('9.9.9')
  const doctor = await runCli(root, ['doctor'])
  expect(doctor.code).toBe(0)
  expect(doctor.stdout).toMatch(told)
  const { code, stdout } = await runCli(root, ['check'])
  expect(stdout).toContain('1 stored')
  expect(code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})

test('a second copy of the same version is no matter', async () => {
  installAnother('0.0.0')
  expect((await runCli(root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
  expect((await runCli(root, ['doctor'])).stdout).not.toContain('versions')
})
