import { existsSync, readdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { type InlineConfig, type Plugin, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { shownImages } from '../support/images.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'
import { serveFolder } from '../support/static-server.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    ...rawSite,
    'post.md': '![gen: a boat](size=64x64)\n\n![gen: a crab](size=64x64)\n',
    '.env.local': credentials(openAi.url),
  })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

async function buildSite(config: InlineConfig): Promise<void> {
  await build({ root: project.root, logLevel: 'silent', plugins: [imprompt()], ...config })
}

function files(folder: string): readonly string[] {
  const all = readdirSync(project.path(folder), { recursive: true, encoding: 'utf8' })
  return all.filter((name) => name.endsWith('.avif')).toSorted()
}

/** Where a browser finds the pictures of a page. */
async function sourcesAt(base: string, script = ''): Promise<readonly string[]> {
  await using server = await serveFolder(project.path('dist'), base)
  const page = await browser.newPage()
  await page.addInitScript(script)
  await page.goto(server.url)
  const images = await shownImages(page)
  await page.close()
  for (const { naturalWidth } of images) expect(naturalWidth).toBeGreaterThan(0)
  return images.map(({ source }) => source.replace(server.url, ''))
}

/** As compilers such as Svelte's write markup. */
const intoTemplate: Plugin = {
  name: 'into-template',
  transform: (code, id) => {
    if (!id.endsWith('.md')) return undefined
    const template = code.replaceAll(/[`$\\]/g, String.raw`\$&`)
    return `export default \`<main>${template.replaceAll('\n\n', '')}</main>\``
  },
}
const templateSite = {
  'main.js': "import post from './post.md'\ndocument.querySelector('main').innerHTML = post\n",
}

describe('the files of pictures', () => {
  test('are named and placed as the configuration has it', async () => {
    const assetFileNames = 'media/[ext]/[name].[hash][extname]'
    await buildSite({ base: '/blog/', build: { rollupOptions: { output: { assetFileNames } } } })
    expect(await sourcesAt('/blog/')).toEqual([
      expect.stringMatching(/^media\/avif\/a-boat-64\.[\w-]+\.avif$/),
      expect.stringMatching(/^media\/avif\/a-crab-64\.[\w-]+\.avif$/),
    ])
  })

  test('go into `assetsDir`', async () => {
    await buildSite({ build: { assetsDir: 'static/files' } })
    expect(await sourcesAt('/')).toEqual([
      expect.stringMatching(/^static\/files\/a-boat-/),
      expect.stringMatching(/^static\/files\/a-crab-/),
    ])
  })

  test.for(['raw text', 'a template literal'])(
    'have the address that `renderBuiltUrl` makes at run time, in %s',
    async (form) => {
      if (form === 'a template literal') project.write(templateSite)
      await buildSite({
        plugins: [imprompt(), intoTemplate],
        experimental: {
          renderBuiltUrl: (name, { hostType }) =>
            hostType === 'js'
              ? { runtime: `window.at(${JSON.stringify(name)})` }
              : { relative: true },
        },
      })
      expect(await sourcesAt('/', "window.at = (name) => '/' + name + '?at'")).toEqual([
        expect.stringMatching(/^assets\/a-boat-.*\.avif\?at$/),
        expect.stringMatching(/^assets\/a-crab-.*\.avif\?at$/),
      ])
    },
  )

  test('are found under a relative base from a template literal', async () => {
    project.write(templateSite)
    await buildSite({ base: './', plugins: [imprompt(), intoTemplate] })
    expect(await sourcesAt('/deep/er/')).toEqual([
      expect.stringMatching(/^assets\/a-boat-/),
      expect.stringMatching(/^assets\/a-crab-/),
    ])
  })

  test.for([
    [undefined, 0],
    [true, 2],
  ] as const)(
    'are emitted for a server where `ssrEmitAssets` is %s: %d',
    async ([ssrEmitAssets, count]) => {
      project.write({ 'server.js': "import post from './post.md?raw'\nconsole.log(post)\n" })
      const ssr = { ssr: project.path('server.js'), ...(ssrEmitAssets && { ssrEmitAssets }) }
      await buildSite({ build: { ...ssr, outDir: 'server' } })
      expect(files('server')).toHaveLength(count)
      expect(openAi.billed).toHaveLength(2)
      await buildSite({})
      // Both name a file alike, so that a page which a server renders finds those of the client's build.
      expect(files('dist')).toEqual(expect.arrayContaining([...files('server')]))
      expect(openAi.billed).toHaveLength(2)
    },
  )
})

test('a library is refused before anything is bought', async () => {
  const building = buildSite({
    build: { lib: { entry: project.path('main.js'), formats: ['es'] } },
  })
  await expect(building).rejects.toThrow(/`build\.lib` makes a library.*nothing was bought/s)
  expect(openAi.requests).toBe(0)
  expect(existsSync(project.path('dist'))).toBe(false)
})
