import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import mdx from '@mdx-js/rollup'
import type { Browser } from 'playwright-core'
import { type InlineConfig, build, createBuilder, createLogger } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { shownImages } from '../support/images.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { mdxSite, rawSite, virtualSite } from '../support/sites.ts'
import { serveFolder } from '../support/static-server.ts'

const post = `# A post

![gen: a lighthouse at dusk, gouache](size=1536x1024, quality=high)

> Text between ![gen: a *red*
> fox](size=512x512, alt="A fox")
`

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ '.env.local': credentials(openAi.url) })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

/** Builds the project, and answers what its logger was told. */
async function buildSite(config: InlineConfig = {}): Promise<string> {
  const lines: string[] = []
  const customLogger = createLogger('info', { allowClearScreen: false })
  const note = (line: string): void => {
    lines.push(line)
  }
  const options = {
    root: project.root,
    customLogger: { ...customLogger, info: note, warn: note, error: note },
    plugins: [imprompt()],
    ...config,
  } as const satisfies InlineConfig
  if (config.builder === undefined) await build(options)
  else await (await createBuilder(options)).buildApp()
  return lines.join('\n')
}

function outputFiles(): readonly string[] {
  const dist = project.path('dist')
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(dist, name)).isFile(),
  )
}

describe('a build', () => {
  test.for(['/', '/blog/', './'])(
    'shows the pictures of raw Markdown under base %s',
    async (base) => {
      project.write({ ...rawSite, 'post.md': post })
      await buildSite({ base })
      await using server = await serveFolder(
        project.path('dist'),
        base === './' ? '/deep/er/' : base,
      )
      const page = await browser.newPage()
      await page.goto(server.url)
      expect(await shownImages(page)).toEqual([
        {
          source: expect.stringMatching(/a-lighthouse-at-dusk-gouache-\d+-[\w-]+\.avif$/),
          alt: 'a lighthouse at dusk, gouache',
          width: '1536',
          height: '1024',
          naturalWidth: expect.any(Number),
        },
        {
          source: expect.stringMatching(/a-fox-\d+-[\w-]+\.avif$/),
          alt: 'A fox',
          width: '512',
          height: '512',
          naturalWidth: expect.any(Number),
        },
      ])
      await page.close()
    },
  )

  test.for(['/', './'])('shows the pictures of MDX under base %s', async (base) => {
    project.write({
      ...mdxSite,
      'post.mdx': `${post}\n![gen: a {braced} <b> "fox"](size=512x512)\n`,
    })
    await buildSite({ base, plugins: [imprompt(), mdx({ jsxImportSource: 'preact' })] })
    await using server = await serveFolder(project.path('dist'), '/')
    const page = await browser.newPage()
    await page.goto(server.url)
    const images = await shownImages(page)
    expect(images.map(({ alt }) => alt)).toEqual([
      'a lighthouse at dusk, gouache',
      'A fox',
      'a {braced} <b> "fox"',
    ])
    for (const { source } of images) expect(source).toMatch(/\.avif$/)
    expect(await page.locator('img').first().getAttribute('fetchpriority')).toBe('high')
    expect(await page.locator('img').first().getAttribute('style')).toContain('background')
    await page.close()
  })

  test('gives a picture of the configuration to whoever imports it', async () => {
    project.write({
      ...virtualSite,
      'imprompt.config.ts': `export default { images: { hero: { prompt: 'a \\\\*literal\\\\* fox & hen', size: 'og' } } }`,
    })
    await buildSite()
    await using server = await serveFolder(project.path('dist'), '/')
    const page = await browser.newPage()
    await page.goto(server.url)
    expect(await shownImages(page)).toMatchObject([{ alt: String.raw`a \*literal\* fox & hen` }])
    expect(await page.locator('body').getAttribute('data-size')).toBe('1200x630')
    await page.close()
    expect(readFileSync(project.path('.imprompt/types.d.ts'), 'utf8')).toContain(
      "declare module 'virtual:imprompt/hero'",
    )
  })

  test('buys each picture once, and a second one asks nobody and encodes nothing', async () => {
    project.write({ ...rawSite, 'post.md': post })
    const first = await buildSite()
    expect(first).toContain('2 images from 2 directives: 2 bought')
    expect(openAi.billed).toHaveLength(2)
    const second = await buildSite()
    expect(second).toContain('2 images from 2 directives: 2 stored')
    expect(second).toContain('0 requests, 0 files encoded')
    expect(openAi.requests).toBe(2)
  })

  test('buys and reports once however many environments it has', async () => {
    project.write({
      ...rawSite,
      'post.md': post,
      'server.js': `import post from './post.md?raw'\nconsole.log(post)\n`,
    })
    const log = await buildSite({
      builder: {},
      environments: {
        client: { build: { outDir: 'dist/client' } },
        ssr: {
          build: {
            outDir: 'dist/ssr',
            ssr: true,
            rolldownOptions: { input: project.path('server.js') },
          },
        },
      },
    })
    expect(log.match(/images from/g)).toHaveLength(1)
    expect(openAi.billed).toHaveLength(2)
    const pictures = outputFiles().filter((name) => name.endsWith('.avif'))
    expect(pictures.filter((name) => name.startsWith('ssr/'))).toEqual([])
    const server = readFileSync(project.path('dist/ssr/server.js'), 'utf8')
    for (const [, url = ''] of server.matchAll(/srcset=[\\"]+(\/assets\/[^ ]+) /g))
      expect(outputFiles()).toContain(`client${url}`)
  })

  test('buys and reports once where each environment makes its plugins anew', async () => {
    project.write({
      ...rawSite,
      'post.md': post,
      'server.js': `import post from './post.md?raw'\nconsole.log(post)\n`,
      'vite.config.js': `import imprompt from 'vite-plugin-imprompt'
globalThis.madePlugins ??= 0
export default () => {
  globalThis.madePlugins += 1
  return {
    plugins: [imprompt()],
    builder: {},
    environments: { ssr: { build: { outDir: 'dist/ssr', rolldownOptions: { input: 'server.js' } } } },
  }
}
`,
    })
    const log = await buildSite({ plugins: [], builder: {} })
    expect(Reflect.get(globalThis, 'madePlugins')).toBeGreaterThan(1)
    expect(log.match(/images from/g)).toHaveLength(1)
    expect(openAi.billed).toHaveLength(2)
  })

  test('asks once for two builds side by side', async () => {
    project.write({ ...rawSite, 'post.md': post })
    const out = (name: string): InlineConfig => ({ build: { outDir: project.path(name) } })
    await Promise.all([buildSite(out('one')), buildSite(out('two'))])
    expect(openAi.billed).toHaveLength(2)
  })

  test('says whom it waits for', async () => {
    await using slow = await startOpenAi({ delayMs: 1000 })
    project.write({ ...rawSite, 'post.md': post, '.env.local': credentials(slow.url) })
    const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
    const env = { PATH: process.env['PATH'] ?? '' }
    const other = spawn(process.execPath, [bin, 'generate'], { cwd: project.root, env })
    await expect.poll(() => slow.requests, { timeout: 30_000, interval: 5 }).toBe(2)
    // It stands still, and so is waited for until it goes on.
    other.kill('SIGSTOP')
    const waits: string[] = []
    const info = (line: string): void => {
      if (!line.startsWith('imprompt: Waiting for ')) return
      waits.push(line)
      other.kill('SIGCONT')
    }
    await buildSite({ customLogger: { ...createLogger('warn'), info } })
    expect(waits).toEqual([
      expect.stringMatching(
        /^imprompt: Waiting for process \d+ on `[\w.-]+`, which has been buying 2 pictures of this build since [\w:-]+: post\.md:3:1, post\.md:5:16$/,
      ),
    ])
    expect(slow.billed).toHaveLength(2)
  })

  test('is not answered by the one before it', async () => {
    project.write({
      ...rawSite,
      'post.md': '![gen: a hen](sise=1)',
      'server.js': `import './post.md?raw'\n`,
    })
    const server = { build: { ssr: project.path('server.js') } }
    await expect(buildSite()).rejects.toThrow('sise')
    project.write({ 'post.md': post })
    await buildSite(server)
    project.write({ 'post.md': `${post}\n![gen: an owl](size=512x512)\n` })
    await buildSite()
    project.write({ 'post.md': `${post}\n![gen: a hen](size=512x512)\n` })
    await buildSite(server)
    expect(openAi.billed).toHaveLength(4)
  })

  test('shows a prompt with a bar in the cell of a table', async () => {
    project.write({
      ...mdxSite,
      'post.mdx': '| a |\n| - |\n| ![gen: x \\| y](size=512x512) |\n',
    })
    await buildSite({ plugins: [imprompt(), mdx({ jsxImportSource: 'preact' })] })
    expect(openAi.billed.map(({ prompt }) => prompt)).toEqual(['x | y'])
  })

  test('shows placeholders where it is told to, and keeps nothing of them', async () => {
    project.write({ ...rawSite, 'post.md': post, '.env.local': 'IMPROMPT_MODE=placeholder\n' })
    expect(await buildSite()).toContain('2 images from 2 directives: 2 placeholder')
    expect(outputFiles().filter((name) => name.endsWith('.avif'))).toHaveLength(5)
    expect(existsSync(project.path('.imprompt/images'))).toBe(false)
    expect(existsSync(project.path('.imprompt/originals'))).toBe(false)
    expect(openAi.requests).toBe(0)
  })

  test('emits each file of a picture once, whoever shows it', async () => {
    project.write({
      ...rawSite,
      'main.js': `import one from './one.md?raw'\nimport two from './two.md?raw'\ndocument.title = one + two\n`,
      'one.md': '![gen: a red fox](size=512x512, widths=256)',
      'two.md': 'Again: ![gen: a red fox](size=512x512, widths=256)',
    })
    await buildSite()
    const pictures = outputFiles().filter((name) => /\.(?:avif|webp|jpg)$/.test(name))
    expect(pictures).toHaveLength(6)
  })

  test('maps the rewritten Markdown back to what its author wrote', async () => {
    project.write({ ...mdxSite, 'post.mdx': post })
    await buildSite({
      plugins: [imprompt(), mdx({ jsxImportSource: 'preact' })],
      build: { sourcemap: true, minify: false },
    })
    const map = outputFiles().find((name) => name.endsWith('.js.map')) ?? ''
    expect(JSON.parse(readFileSync(project.path(`dist/${map}`), 'utf8')).sourcesContent).toContain(
      post.replaceAll(/!\[gen:[^)]*\)/g, (directive) => directive.replaceAll(/\S/g, '·')),
    )
  })

  test('lets nothing out but the picture', async () => {
    project.write({
      ...rawSite,
      'imprompt.config.ts': `export default { styles: { house: '{prompt}, canary-template' } }`,
      'post.md': '![gen: a canary-prompt fox](style=house, alt="A fox")',
    })
    await buildSite({ build: { sourcemap: true } })
    const secrets = ['sk-test-1234567890', 'canary-template', project.root, '.imprompt/']
    for (const name of outputFiles()) {
      const bytes = readFileSync(project.path(`dist/${name}`))
      for (const secret of secrets)
        expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
      expect(name).not.toMatch(/report|canary/)
      expect(bytes.includes('canary-prompt'), name).toBe(false)
    }
  })
})

describe('a build that must not go on', () => {
  const failure = async (config: InlineConfig = {}): Promise<string> =>
    buildSite(config).then(
      () => 'it went on',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )

  test('tells each missing picture when it is frozen', async () => {
    project.write({ ...rawSite, 'post.md': post, '.env.local': 'IMPROMPT_MODE=frozen\n' })
    const message = await failure()
    expect(message).toContain('2 pictures missing; nothing was bought')
    expect(message).toContain('post.md:3:1')
    expect(message).toContain('imprompt generate')
  })

  test('tells a problem with its place, and buys nothing', async () => {
    project.write({ ...rawSite, 'post.md': `${post}\n![gen: a hen](sise=1x1)` })
    expect(await failure()).toContain(
      'post.md:8:15  Unexpected attribute `sise`, did you mean `size`',
    )
    expect(openAi.requests).toBe(0)
  })

  test('tells a directive that the content does not cover', async () => {
    project.write({
      ...rawSite,
      'imprompt.config.ts': `export default { content: ['posts/*.md'] }`,
      'post.md': post,
    })
    expect(await failure()).toContain('Let `content` in imprompt.config cover the file')
    expect(openAi.requests).toBe(0)
  })

  test('tells an import of a picture that the configuration does not have', async () => {
    project.write(virtualSite)
    expect(await failure()).toContain('No picture `hero` in `images` of imprompt.config')
  })
})
