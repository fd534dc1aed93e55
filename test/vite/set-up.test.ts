import { type Plugin, build, createLogger, createServer } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    ...rawSite,
    'post.md': '![gen: a red fox](size=512x512, quality=low, alt=Fox)\n',
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

interface Warned {
  readonly message: string
  /** How many requests had gone out by then. */
  readonly requests: number
}

async function warningsOf(plugins: readonly Plugin[]): Promise<readonly Warned[]> {
  const warned: Warned[] = []
  const customLogger = createLogger('silent')
  customLogger.warn = (message) => {
    warned.push({ message, requests: openAi.requests })
  }
  const { root } = project
  await build({ root, logLevel: 'warn', customLogger, plugins: [...plugins] })
  return warned
}

/** It sees Markdown before everybody else, and leaves it as it is. */
function earlyMarkdown(name: string): Plugin {
  return { name, enforce: 'pre', transform: { order: 'pre', handler: () => undefined } }
}

test('an order of plugins that may hide Markdown is told before anything is bought', async () => {
  const [first] = await warningsOf([earlyMarkdown('vite-plugin-md'), imprompt()])
  expect(first).toEqual({
    message:
      '`vite-plugin-md` may compile Markdown before imprompt sees it, so that directives would stay as they are: put `imprompt()` first among the plugins',
    requests: 0,
  })
  expect(openAi.billed).toHaveLength(1)
})

test('it is told in development too', async () => {
  const told: string[] = []
  const customLogger = createLogger('silent')
  customLogger.warnOnce = (message) => void told.push(message)
  const plugins = [earlyMarkdown('vite-plugin-md'), imprompt()]
  const { root } = project
  const server = await createServer({ root, customLogger, plugins, server: { ws: false } })
  await server.close()
  expect(told).toEqual([expect.stringMatching(/^`vite-plugin-md` may compile Markdown before/)])
})

test('a page that was compiled before is told in development', async () => {
  const told: string[] = []
  const customLogger = createLogger('silent')
  customLogger.warn = (message) => void told.push(message)
  const load = (id: string): string | undefined =>
    id.endsWith('post.md') ? 'export default "![gen: a red fox](alt=Fox) as HTML"' : undefined
  const plugins: Plugin[] = [{ name: 'reader', load }, imprompt()]
  const { root } = project
  const server = await createServer({ root, customLogger, plugins, server: { ws: false } })
  await server.transformRequest('/post.md')
  await server.close()
  expect(told).toEqual([
    expect.stringMatching(/(?:^| )post\.md was compiled before imprompt saw it/),
  ])
})

test.for<[string, readonly Plugin[]]>([
  ['comes later', [imprompt(), earlyMarkdown('vite-plugin-md')]],
  ['compiles no Markdown', [earlyMarkdown('vite-plugin-admin'), imprompt()]],
  [
    'comes later by its order',
    [{ name: '@mdx-js/rollup', enforce: 'pre', transform: () => null }, imprompt()],
  ],
])('nothing is told of a plugin that %s', async ([, plugins]) => {
  expect(await warningsOf(plugins)).toEqual([])
})

test('VitePress without what wires it is told before anything is bought', async () => {
  const vitepress = { name: 'vitepress' }
  const [first] = await warningsOf([imprompt(), vitepress])
  expect(first).toEqual({
    message: expect.stringMatching(/^VitePress also reads .*by `markdown-it-imprompt\/vitepress`/),
    requests: 0,
  })
  expect(await warningsOf([imprompt(), { name: 'imprompt:vitepress' }, vitepress])).toEqual([])
})

test('Nuxt Content, which reads past Vite, is told before anything is bought', async () => {
  const content = (): Plugin => ({
    name: 'nuxt:environments',
    config: () => ({ resolve: { alias: { '#content/components': '/components.mjs' } } }),
  })
  expect(await warningsOf([imprompt(), content()])).toEqual([
    { message: expect.stringMatching(/^Nuxt Content reads .*`openPictures`/), requests: 0 },
  ])
})

test('a plugin that stands twice is told, and buys nothing twice', async () => {
  const [first] = await warningsOf([imprompt(), imprompt()])
  expect(first).toEqual({ message: expect.stringContaining('stands twice'), requests: 0 })
  expect(openAi.billed).toHaveLength(1)
})

test('Astro without its integration is refused before anything is bought', async () => {
  const { root } = project
  const plugins = [imprompt(), { name: 'astro:markdown' }]
  const told = /Astro reads Markdown by itself[^]*nothing was bought\. Install `@imprompt\/astro`/
  await expect(build({ root, logLevel: 'silent', plugins })).rejects.toThrow(told)
  await expect(createServer({ root, logLevel: 'silent', plugins })).rejects.toThrow(told)
  expect(openAi.requests).toBe(0)
})

test('Astro with the plugin beside its integration is told to take it out', async () => {
  const { root } = project
  const plugins = [imprompt(), { name: 'imprompt:astro' }, { name: 'astro:markdown' }]
  await expect(build({ root, logLevel: 'silent', plugins })).rejects.toThrow(
    'what was bought is stored. Take it out of `vite.plugins`',
  )
  expect(openAi.requests).toBe(0)
})

test.for([
  ['a build of Storybook', 'storybook:code-generator-plugin', 0],
  ['a build of a site with a plugin of Storybook', 'storybook:react-docgen-plugin', 1],
] as const)('%s buys what it should', async ([, name, requests]) => {
  await warningsOf([imprompt(), { name }])
  expect(openAi.requests).toBe(requests)
  expect(openAi.billed).toHaveLength(requests)
})
