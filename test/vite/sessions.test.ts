import { readFileSync } from 'node:fs'
import { type InlineConfig, type Plugin, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'
import { groundOf } from '../support/site-ground.ts'

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    ...rawSite,
    'server.js': `import post from './post.md?raw'\nexport const render = () => post\n`,
    'post.md': '![gen: a red fox](size=512x512, quality=low)\n',
  })
})
afterEach(async () => {
  delete process.env['IMPROMPT_MODE']
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

const client = (): InlineConfig => ({
  root: project.root,
  logLevel: 'silent',
  plugins: [imprompt()],
  build: { outDir: 'dist/client' },
})

const server = (): InlineConfig => ({
  ...client(),
  build: { outDir: 'dist/server', ssr: 'server.js' },
})

describe('the second side of a site, built in the same process', () => {
  const edit = (): void => project.write({ 'post.md': '![gen: a blue fox](size=512x512)\n' })

  test('keeps to its own mode', async () => {
    await build(client())
    edit()
    process.env['IMPROMPT_MODE'] = 'frozen'
    await expect(build(server())).rejects.toThrow('a blue fox')
    expect(openAi.billed).toHaveLength(1)
  })

  test('keeps to its own budget', async () => {
    await build(client())
    edit()
    project.write({
      '.env.local': `${credentials(openAi.url)}IMPROMPT_BUDGET=0.001\n`,
    })
    await expect(build(server())).rejects.toThrow('budget')
    expect(openAi.billed).toHaveLength(1)
  })

  test('shows pictures of its own settings', async () => {
    await build(client())
    project.write({ 'imprompt.config.ts': 'export default { output: { widths: [40] } }' })
    await build(server())
    expect(readFileSync(project.path('dist/server/server.js'), 'utf8')).toMatch(/-40-\S+ 40w/)
    expect(openAi.billed).toHaveLength(1)
  })
})

/** Builds whenever something changes, and answers how each one ended. */
async function watched(plugins: readonly Plugin[]): Promise<{
  next(change: () => void): Promise<string>
  close(): Promise<void>
}> {
  const watcher = await build({ ...client(), plugins: [...plugins], build: { watch: {} } })
  if (!('on' in watcher)) throw new Error('expected a watcher')
  let failure: string | undefined
  const ended = (): Promise<string> =>
    new Promise((resolve) => {
      watcher.on('event', (event) => {
        if (event.code === 'BUNDLE_START') failure = undefined
        if (event.code === 'ERROR') failure = event.error.message
        if (event.code === 'END') resolve(failure ?? 'built')
      })
    })
  await ended()
  return {
    next: async (change) => {
      const end = ended()
      change()
      return end
    },
    close: () => watcher.close(),
  }
}

/** Fails where a build has made its chunks. */
const fussy: Plugin = {
  name: 'fussy',
  renderChunk: (code) => {
    if (code.includes('a bad fox')) throw new Error('no bad foxes')
  },
}

test('a watcher shows edited prompts also after a build that failed', async () => {
  const watcher = await watched([imprompt(), fussy])
  const prompts = ['a bad fox', 'a blue fox', 'a green fox']
  const ends: string[] = []
  for (const prompt of prompts) {
    const post = `![gen: ${prompt}](size=512x512)\n`
    ends.push(await watcher.next(() => project.write({ 'post.md': post })))
  }
  await watcher.close()
  expect(ends).toEqual([expect.stringContaining('no bad foxes'), 'built', 'built'])
  expect(openAi.requests).toBe(0)
})

test('a site that is opened anew knows nothing of a build that failed', async () => {
  const ground = groundOf(project)
  const left = imprompt()
  await left.api.open(ground)
  const source = '![gen: a blue fox](size=512x512)\n'
  project.write({ 'post.md': source })
  const { api } = imprompt()
  await api.open(ground)
  const pictures = await api.pictures()
  expect(await pictures.rewrite(source, 'post.md')).toContain('a-blue-fox')
  api.close()
  expect(openAi.billed).toHaveLength(2)
})
