import { readdirSync } from 'node:fs'
import { reasonOf } from '@imprompt/core'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type ViteConfig,
  picturesPastVite,
} from '../../packages/markdown-it/src/vitepress-plugin.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

let project: TestProject
beforeEach(async () => {
  project = makeProject({
    'fox.md': '![gen: a fox](size=64x64)\n',
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch() }`,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
})
afterEach(() => project[Symbol.dispose]())

async function openedFor(command: 'build' | 'dev'): Promise<ReturnType<typeof imprompt>['api']> {
  const { api } = imprompt()
  const log = { info: () => {}, warn: () => {} }
  const [base, outDir] = ['/p/', project.path('out')]
  const envMode = 'production'
  await api.open({ root: project.root, command, envMode, base, assetsDir: '', outDir, log })
  return api
}

function resolvedFor(command: 'build' | 'serve', warnOnce: (line: string) => void): ViteConfig {
  return { root: project.root, command, logger: { warnOnce } }
}

test('a damaged entry is told, and ends no server', async () => {
  const names = readdirSync(project.path('.imprompt/images'), { recursive: true, encoding: 'utf8' })
  const entry = names.find((name) => name.endsWith('.json'))
  project.write({ [`.imprompt/images/${entry}`]: '{' })
  const plugin = picturesPastVite(await openedFor('dev'))
  const lines = new Set<string>()
  plugin.configResolved(resolvedFor('serve', (line) => lines.add(line)))
  await plugin.configureServer()
  await plugin.buildStart()
  expect([...lines]).toEqual([expect.stringMatching(/^imprompt: .*fox\.md[^]*\nUntil that is /)])
  const text = '![gen: a fox](size=64x64)'
  expect(plugin.pictures.rewriteNow(text, 'fox.md')).toBe(text)
})

test.for([
  ['build', 'build', expect.stringContaining('No picture was planned')],
  ['dev', 'serve', '![gen: an owl](size=64x64)'],
] as const)('what no picture is known for: %s', async ([opened, command, answer]) => {
  const plugin = picturesPastVite(await openedFor(opened))
  plugin.configResolved(resolvedFor(command, () => {}))
  await plugin.buildStart()
  const shown = async (): Promise<string> =>
    plugin.pictures.rewriteNow('![gen: an owl](size=64x64)', 'fox.md')
  expect(await shown().catch(reasonOf)).toEqual(answer)
})

test('a fault of ours is no half-written directive', async () => {
  const fault = new TypeError('a fault')
  const rewriteNow = (): never => {
    throw fault
  }
  const api = await openedFor('dev')
  const pictures = { ...(await api.pictures()), rewriteNow }
  const plugin = picturesPastVite({ ...api, pictures: async () => pictures })
  plugin.configResolved(resolvedFor('serve', () => {}))
  await plugin.buildStart()
  expect(() => plugin.pictures.rewriteNow('![gen: a fox]()', 'fox.md')).toThrow(fault)
})
