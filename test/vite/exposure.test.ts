import { build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ ...rawSite, 'post.md': '![gen: a fox](size=512x512)' })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

describe('a key that Vite would put into the site', () => {
  test.for([
    ['by its prefix', 'VITE_OPENAI_API_KEY=sk-other\n', {}, 'VITE_OPENAI_API_KEY'],
    ['under another name', 'VITE_KEY=sk-test-1234567890\n', {}, 'VITE_KEY'],
    ['by define', '', { __KEY__: '"sk-test-1234567890"' }, '__KEY__'],
    ['deep in define', '', { config: { key: 'sk-test-1234567890' } }, 'config'],
  ] as const)('%s stops the build before it buys', async ([, variables, define, name]) => {
    project.write({ '.env.local': credentials(openAi.url) + variables })
    const { root } = project
    const building = build({ root, logLevel: 'silent', plugins: [imprompt()], define })
    await expect(building).rejects.toThrow(`\`${name}\` would put a key`)
    await expect(building).rejects.toThrow('nothing was bought')
    expect(openAi.requests).toBe(0)
  })

  test('that is found after a framework has opened the site is told with what was bought', async () => {
    project.write({ '.env.local': credentials(openAi.url) })
    const { root } = project
    const plugin = imprompt()
    await plugin.api.open({
      root,
      command: 'build',
      envMode: 'production',
      base: '/',
      assetsDir: 'assets',
      outDir: project.path('dist'),
      publicDir: project.path('public'),
      log: { info: () => {}, warn: () => {} },
    })
    expect(openAi.billed).toHaveLength(1)
    const define = { __KEY__: '"sk-test-1234567890"' }
    await expect(build({ root, logLevel: 'silent', plugins: [plugin], define })).rejects.toThrow(
      'what was bought is stored',
    )
    plugin.api.close()
  })

  test('is none in the environment alone', async () => {
    project.write({ '.env.local': `${credentials(openAi.url)}VITE_TITLE=Foxes\n` })
    const { root } = project
    await build({ root, logLevel: 'silent', plugins: [imprompt()], define: { __A__: '1' } })
    expect(openAi.billed).toHaveLength(1)
  })
})
