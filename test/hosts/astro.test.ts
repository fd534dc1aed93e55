import { existsSync, rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { startDev } from '../support/hosts/dev-server.ts'
import { type SeenPicture, picturesOn, troubleOf } from '../support/hosts/look.ts'
import { describeHost } from '../support/hosts/suite.ts'
import { serveFolder } from '../support/static-server.ts'

const stage = describeHost({
  name: 'astro',
  fifty: 'src/content/posts/fifty.md',
  build: ['astro', 'build'],
  dev: ['astro', 'dev', '--port'],
  output: 'dist',
  page: '',
  second: { link: 'Second', alts: ['a second harbour', 'the harbour of the configuration'] },
  others: 12,
})

/** Builds with more of the environment than a base, and expects that to work. */
async function build(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { output, code } = await stage().project.run(['astro', 'build'], environment)
  expect(code, output).toBe(0)
  return output
}

/** What a page shows, pictures and images of Astro alike; nothing may go wrong on it. */
async function look(url: string): Promise<{
  readonly pictures: readonly SeenPicture[]
  readonly images: readonly string[]
  readonly text: string
}> {
  const page = await stage().browser.newPage()
  const trouble = troubleOf(page)
  await page.goto(url, { waitUntil: 'networkidle' })
  const pictures = await picturesOn(page)
  const images = await loadedImages(page)
  const text = await page.innerText('main')
  await page.close()
  expect(trouble).toEqual([])
  expect(pictures.filter(({ isLoaded }) => !isLoaded)).toEqual([])
  return { pictures, images, text }
}

async function loadedImages(page: Page): Promise<readonly string[]> {
  return page.$$eval('img.cover, img.photo', async (images) =>
    Promise.all(
      images.map(async (image) => {
        if (!(image instanceof HTMLImageElement)) return 'no image'
        image.loading = 'eager'
        await image.decode()
        return `${image.className} ${image.naturalWidth}x${image.naturalHeight}`
      }),
    ),
  )
}

async function lookAtBuilt(path: string, base = '/'): ReturnType<typeof look> {
  await using server = await serveFolder(stage().project.path('dist'), base)
  return await look(server.url + path)
}

const originals = new Map<string, string>()

/** Makes another file of one, until the end of a test. */
function change(file: string, to: (text: string) => string): void {
  const { project } = stage()
  const text = project.read(file)
  if (!originals.has(file)) originals.set(file, text)
  expect(to(text)).not.toBe(text)
  project.write(file, to(text))
}

function restore(): void {
  for (const [file, text] of originals) stage().project.write(file, text)
  originals.clear()
}
afterEach(restore)

const withSettings =
  (settings: string) =>
  (config: string): string =>
    config.replace("quality: 'low'", `quality: 'low', ${settings}`)

const altsOf = (pictures: readonly SeenPicture[]): readonly string[] =>
  pictures.map(({ alt }) => alt)

/** What the pages show that the fifty directives do not stand on. */
async function lookAtAll(lookAt: (path: string) => ReturnType<typeof look>) {
  const notes = await lookAt('notes/')
  const page = await lookAt('page/')
  const mdx = await lookAt('mdx/')
  return {
    notes: [...altsOf(notes.pictures), notes.images.join(', ')],
    page: [...altsOf(page.pictures), ...page.images],
    mdx: [...altsOf(mdx.pictures), ...mdx.images],
    rawContent: /!\[.*\]\(\S+\.jpg\)/.exec(page.text)?.[0].replace(/\(.*/, ''),
    headings: notes.text.match(/A note of .*/g),
  }
}

const all: Awaited<ReturnType<typeof lookAtAll>> = {
  notes: [
    'a picture of a note',
    'a picture of a note of MDX',
    'cover 64x64, photo 96x48, cover 64x64, photo 48x96',
  ],
  page: ['a picture of a page', 'cover 64x64'],
  mdx: ['a picture of MDX with {braces}', 'cover 64x64'],
  rawContent: '![a picture of a page]',
  headings: ['A note of Markdown, 2026', 'A note of MDX, 2026'],
}

describe('a site of Astro', { timeout: 120_000 }, () => {
  test.for(['/', '/blog/'])(
    'shows pictures of pages, of MDX and of front matter under %s',
    async (base) => {
      const before = stage().openai.requests
      await build({ BASE: base })
      expect(await lookAtAll((path) => lookAtBuilt(path, base))).toEqual(all)
      const bodies = stage().project.read('dist/bodies.json')
      expect(bodies).toContain(`![a picture of a note](${base}_astro/`)
      expect(bodies).not.toContain('gen:')
      expect(stage().openai.requests).toBe(before)
    },
  )

  test('shows them in development, also those of posts that Astro has rendered before', async () => {
    const { project, openai } = stage()
    const before = openai.requests
    for (const _ of ['rendered', 'cached']) {
      await using server = await startDev(project, ['astro', 'dev', '--port'], { BASE: '/blog/' })
      const { url } = server
      expect(await lookAtAll((path) => look(`${url}blog/${path}`))).toEqual(all)
    }
    expect(openai.requests).toBe(before)
  })

  test.for([
    ['the processor `unified()`', { PROCESSOR: 'unified' }],
    ['a folder of assets', { ASSETS: 'pictures' }],
  ] as const)('shows them with %s', async ([, environment]) => {
    await build(environment)
    expect(await lookAtAll(lookAtBuilt)).toEqual(all)
  })

  test('shows them where a server renders pages', async () => {
    const { project } = stage()
    await build({ OUTPUT: 'server' })
    await using server = await startDev(project, ['astro', 'preview', '--port'], {
      OUTPUT: 'server',
    })
    expect(await lookAtAll((path) => look(server.url + path))).toEqual(all)
  })

  test('names another host for its files where `assetsPrefix` does', async () => {
    const { project } = stage()
    // `image()` of Astro imports no image of another host.
    const withoutPhoto = (note: string): string => note.replace(/^photo:.*\n/m, '')
    change('src/content/notes/markdown.md', withoutPhoto)
    change('src/content/notes/mdx.mdx', withoutPhoto)
    await build({ ASSETS_PREFIX: 'https://cdn.example.com' })
    const html = project.read('dist/index.html')
    const [, file = ''] = /srcset="https:\/\/cdn\.example\.com\/(\S+\.avif)/.exec(html) ?? []
    expect(existsSync(project.path(`dist/${file}`))).toBe(true)
    expect(html).not.toContain('"/_astro/a-')
  })

  test('keeps what it shows after `gc`, a changed option and the loss of every cache', async () => {
    const { project, openai } = stage()
    const before = openai.requests
    await build()
    const html = project.read('dist/index.html')
    const { code, output } = await project.run(['imprompt', 'gc', '--yes'], {})
    expect(code, output).toBe(0)
    await build()
    expect(project.read('dist/index.html')).toBe(html)
    await lookAtBuilt('')
    change('imprompt.config.ts', withSettings('output: { widths: [40] }'))
    await build()
    expect(project.read('dist/index.html')).toMatch(/srcset="\S+-40-\w+\.avif 40w/)
    await lookAtBuilt('')
    restore()
    for (const cache of ['node_modules/.astro', '.astro', '.imprompt/derived'])
      rmSync(project.path(cache), { recursive: true })
    await build()
    expect(project.read('dist/index.html')).toBe(html)
    await lookAtBuilt('')
    expect(openai.requests).toBe(before)
  })

  test('shows what is bought after a placeholder, and looks at it without buying', async () => {
    const { project, openai } = stage()
    const before = openai.requests
    const third = '![gen: a third harbour](size=64x64, style=plate)'
    change('src/content/posts/second.md', (post) => `${post}\n${third}\n`)
    const settings = withSettings("styles: { plate: '{prompt}, {title}' }")
    change('imprompt.config.ts', settings)
    await build({ IMPROMPT_MODE: 'placeholder' })
    const placeholder = project.read('dist/second/index.html')
    const { code, output } = await project.run(['astro', 'sync'], {})
    expect(code, output).toBe(0)
    expect(openai.requests).toBe(before)
    await build()
    expect(openai.received.at(-1)?.body).toMatchObject({ prompt: 'a third harbour, Second page' })
    expect(openai.requests).toBe(before + 1)
    expect(project.read('dist/second/index.html')).not.toBe(placeholder)
    const { pictures } = await lookAtBuilt('second/')
    expect(altsOf(pictures)).toContain('a third harbour')
  })

  test.for([
    ['a mistake with its place', {}, 'second.md:9:39  Unexpected attribute `sise`'],
    ['a key that everybody could read', { PUBLIC_OPENAI_API_KEY: 'sk-1' }, 'into the site'],
  ] as const)('tells %s, and buys nothing', async ([, environment, message]) => {
    const { project, openai } = stage()
    const before = openai.requests
    const size = Object.keys(environment).length > 0 ? 'size' : 'sise'
    const fourth = `![gen: a fourth harbour](quality=low, ${size}=64x64)`
    change('src/content/posts/second.md', (post) => `${post}\n${fourth}\n`)
    const { code, output } = await project.run(['astro', 'build'], environment)
    expect(code).toBe(1)
    expect(output).toContain(message)
    expect(openai.requests).toBe(before)
  })

  test('fails where a post stands outside of `content`', async () => {
    const { project } = stage()
    const settings = withSettings("content: ['src/pages/**', 'src/content/notes/**']")
    change('imprompt.config.ts', settings)
    const { code, output } = await project.run(['astro', 'build'], {})
    expect(code).toBe(1)
    expect(output).toMatch(/src\/content\/posts\/\w+\.md:\d+:1  No picture was planned/)
  })

  test('fails where an integration sets another processor after it', async () => {
    const { code, output } = await stage().project.run(['astro', 'build'], { LATE: '1' })
    expect(code).toBe(1)
    expect(output).toContain('`markdown.processor` was set after imprompt had taken its place')
  })
})
