import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import imprompt from '@imprompt/astro'
import type { ConfigEnv, UserConfig } from 'vite'
import vitePlugin from 'vite-plugin-imprompt'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { isLent } from '../../packages/astro/src/ground.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'

/** The part of `astro/config` that lends a configuration to others; Astro is installed for its integration alone. */
interface AstroConfig {
  getViteConfig(
    vite: UserConfig,
    astro: { readonly [option: string]: unknown },
  ): (environment: ConfigEnv) => Promise<UserConfig>
}

let astro: AstroConfig
beforeAll(async () => {
  const require = createRequire(new URL('../../packages/astro/package.json', import.meta.url))
  astro = await import(pathToFileURL(require.resolve('astro/config')).href)
})

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': '![gen: a red fox](size=512x512, quality=low)\n',
    'main.js': 'console.log(1)\n',
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

/** What Astro makes of the project for a tool. */
function lent(command: ConfigEnv['command'], vite: UserConfig = {}): Promise<UserConfig> {
  const { root } = project
  const configure = astro.getViteConfig(
    { root },
    { root, configFile: false, logLevel: 'silent', integrations: [imprompt()], vite },
  )
  return configure({ command, mode: 'production' })
}

test.for(['serve', 'build'] as const)(
  'a configuration that Astro lends to a tool neither scans nor buys: %s',
  async (command) => {
    project.write({ 'broken.md': '![gen: a fox](sise=1x1)\n' })
    await lent(command)
    expect(openAi.requests).toBe(0)
    expect(existsSync(project.path('.imprompt/report.json'))).toBe(false)
  },
)

test.for([
  ['Vitest', ['node', '/a/node_modules/.bin/vitest'], { VITEST: 'true' }, true],
  ['Storybook', ['node', '/a/node_modules/.bin/storybook'], { STORYBOOK: 'true' }, true],
  ['a build that a test starts', ['node', '/a/.bin/astro', 'build'], { VITEST: 'true' }, false],
  [
    'a build under Windows',
    ['node', String.raw`C:\astro\bin\astro.mjs`],
    { VITEST: 'true' },
    false,
  ],
  ['a build', ['node', '/a/build.js'], {}, false],
] as const)('tells a tool from a build of a site: %s', ([, argv, environment, isTool]) => {
  expect(isLent(argv, environment)).toBe(isTool)
})

test('the plugin of Vite beside the integration is refused before anything is bought', async () => {
  await expect(lent('build', { plugins: [[vitePlugin()]] })).rejects.toThrow(
    'nothing was bought. Take it out of `vite.plugins`',
  )
  expect(openAi.requests).toBe(0)
})
