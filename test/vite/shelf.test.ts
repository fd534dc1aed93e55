import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { type InlineConfig, type Plugin, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'
import { groundOf } from '../support/site-ground.ts'

const unseen = '![gen: an unseen fox](size=64x64)'

let project: TestProject
beforeEach(() => {
  project = makeProject({
    ...rawSite,
    'post.md': '![gen: a red fox](size=64x64)\n',
    'unseen.md': `${unseen}\n`,
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'
export default { provider: sketch(), mode: 'generate', output: { formats: ['webp'] } }`,
  })
})
afterEach(() => project[Symbol.dispose]())

const buildWith = (plugins: readonly Plugin[], config: InlineConfig = {}): Promise<unknown> =>
  build({ root: project.root, logLevel: 'silent', plugins: [...plugins], ...config })

/** Reads Markdown past Vite in one of its hooks. */
function reader(hook: 'buildStart' | 'generateBundle' | 'closeBundle') {
  const plugin = imprompt()
  const read: string[] = []
  const ask = async (): Promise<void> => {
    read.push(await (await plugin.api.pictures()).rewrite(unseen, 'unseen.md'))
  }
  return { read, plugins: [plugin, { name: 'reader', [hook]: ask }] }
}

test('what is read past Vite before a bundle is made is in it', async () => {
  const { read, plugins } = reader('buildStart')
  await buildWith(plugins)
  const [, url = ''] = /src="([^"]+)"/.exec(read[0] ?? '') ?? []
  expect(existsSync(project.path(`dist${url}`))).toBe(true)
})

test.for(['generateBundle', 'closeBundle'] as const)(
  'a file that is asked for too late for the bundle is told: %s',
  async (hook) => {
    const { plugins } = reader(hook)
    await expect(buildWith(plugins)).rejects.toThrow(
      /`assets\/an-unseen-fox-64-\S+` was asked for when the bundle for browsers had been made/,
    )
  },
)

test('an address that only `renderBuiltUrl` knows is refused', async () => {
  const { plugins } = reader('buildStart')
  const experimental = { renderBuiltUrl: (name: string) => `https://cdn.example.com/${name}` }
  await expect(buildWith(plugins, { experimental })).rejects.toThrow(
    '`experimental.renderBuiltUrl` keeps to itself',
  )
})

test('`markup` holds for Markdown that is imported as text, too', async () => {
  await buildWith([imprompt({ markup: 'markdown' })])
  const names = readdirSync(project.path('dist/assets'))
  const script = names.find((name) => name.endsWith('.js'))
  const code = readFileSync(project.path(`dist/assets/${script ?? ''}`), 'utf8')
  expect(code).toMatch(/!\[a red fox\]\(/)
  expect(code).not.toContain('<picture')
})

test('pages that are kept from an earlier build find their files', async () => {
  const ground = groundOf(project)
  const kept = imprompt()
  await kept.api.open(ground)
  const page = await (await kept.api.pictures()).rewrite(unseen, 'unseen.md')
  kept.api.close()

  const { api } = imprompt()
  await api.open(ground)
  const pictures = await api.pictures()
  expect(pictures.fingerprint()).toMatch(/^[\da-f]{64}$/)
  expect(api.files()).toEqual([])
  await api.handOutAll()
  const names = new Set(api.files().map(({ fileName }) => `/${fileName}`))
  const urls = page.match(/\/assets\/[^\s",]+/g) ?? []
  expect(urls.length).toBeGreaterThan(1)
  expect(urls.filter((url) => !names.has(url))).toEqual([])
  api.close()
})
