import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '@imprompt/core'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { picturesPastVite } from '../../packages/markdown-it/src/vitepress-plugin.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

let project: TestProject
beforeEach(async () => {
  project = makeProject({
    'fox.md': '![gen: a fox](size=64x64)\n\n![gen: a hen](size=64x64)\n',
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch() }`,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
})
afterEach(() => project[Symbol.dispose]())

const told: string[] = []

async function openedFor(command: 'build' | 'dev'): Promise<ReturnType<typeof imprompt>['api']> {
  const { api } = imprompt()
  const tell = (line: string): void => void told.push(line)
  const log = { info: tell, warn: tell }
  const folders = { outDir: project.path('out'), publicDir: project.path('public') }
  const addresses = { base: '/p/', assetsDir: '' }
  const { root } = project
  await api.open({ root, command, envMode: 'production', ...addresses, ...folders, log })
  return api
}

test('a damaged entry is told, and the rest is shown', async () => {
  const images = project.path('.imprompt/images')
  const entry = readdirSync(images, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .find((name) => readFileSync(join(images, name), 'utf8').includes('a fox'))
  project.write({ [`.imprompt/images/${entry}`]: '{' })
  const plugin = picturesPastVite(await openedFor('dev'))
  plugin.configResolved({ root: project.root, command: 'serve' })
  told.length = 0
  await plugin.configureServer()
  expect(told).toEqual([expect.stringContaining('fox.md')])
  expect(plugin.pictures.rewriteNow('![gen: a hen](size=64x64)', 'fox.md')).toMatch(/^<picture>/)
})

test.for([
  ['build', 'build', expect.stringContaining('No picture was planned')],
  ['dev', 'serve', '![gen: an owl](size=64x64)'],
] as const)('what no picture is known for: %s', async ([opened, command, answer]) => {
  const plugin = picturesPastVite(await openedFor(opened))
  plugin.configResolved({ root: project.root, command })
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
  plugin.configResolved({ root: project.root, command: 'serve' })
  await plugin.buildStart()
  expect(() => plugin.pictures.rewriteNow('![gen: a fox]()', 'fox.md')).toThrow(fault)
})
