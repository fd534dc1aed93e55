import { readdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startDev } from './dev-server.ts'
import { picturesOn, troubleOf } from './look.ts'
import { type HostStage, describeHost } from './suite.ts'
import { serveFolder } from '../static-server.ts'

const dev = ['vitepress', 'dev', 'docs', '--port']
const output = 'docs/.vitepress/dist'

/** Every picture of the page that two content loaders made, by what shows it. */
const onBlog = {
  '.listed': 'A fox',
  '.cover': '',
  '.excerpt img': 'a small fox',
  '.whole img': 'a small fox',
  '.whole p:last-child img': 'a large fox',
} as const

/** The theme puts the base before what front matter says of its images. */
async function expectHome(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('img.VPImage').length === 2)
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('img.VPImage')].every(
      ({ naturalWidth }) => naturalWidth === 64,
    ),
  )
}

async function expectBlog(page: Page): Promise<void> {
  for (const [selector, alt] of Object.entries(onBlog)) {
    const image = page.locator(selector).first()
    expect(await image.getAttribute('alt'), selector).toBe(alt)
    const width = await image.evaluate(async (one: HTMLImageElement) => {
      one.loading = 'eager'
      await one.decode()
      return one.naturalWidth
    })
    expect(width, selector).toBeGreaterThan(0)
  }
  expect(await page.locator('pre').textContent()).toMatch(/cover: \S+\.jpg[^]*<picture>/)
  expect(await page.content()).not.toContain('gen:')
}

/** Tests a version of VitePress, which has the same project. */
export function describeVitePress(name: 'vitepress' | 'vitepress-2'): void {
  const stage = describeHost({
    name,
    sources: 'vitepress',
    fifty: 'docs/index.md',
    build: ['vitepress', 'build', 'docs'],
    dev,
    output,
    page: '',
    second: { link: 'Second', alts: ['a second harbour', 'an included harbour'] },
    others: 9,
  })
  describe('what VitePress reads by itself', () => {
    readByItself(stage)
  })
}

function readByItself(stage: () => HostStage): void {
  test('data of content loaders and of the theme holds pictures', async () => {
    const { project, browser, build } = stage()
    expect(await build('/blog/')).toMatchObject({ code: 0 })
    await using server = await serveFolder(project.path(output), '/blog/')
    const page = await browser.newPage()
    const trouble = troubleOf(page)
    await page.goto(`${server.url}second.html`, { waitUntil: 'networkidle' })
    await page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('#cover')?.naturalWidth ?? 0) > 0,
    )
    await page.click('a:text-is("Blog")')
    await page.waitForSelector('h1:has-text("Blog")')
    await expectBlog(page)
    await page.goto(`${server.url}home.html`, { waitUntil: 'networkidle' })
    await expectHome(page)
    expect(trouble).toEqual([])
    await page.close()
  })

  test('the index of the search holds the words of pictures, and no directive', () => {
    const { project } = stage()
    const chunks = readdirSync(project.path(`${output}/assets/chunks`))
    const index = chunks.find((name) => name.startsWith('@localSearchIndex')) ?? ''
    const words = project.read(`${output}/assets/chunks/${index}`)
    for (const word of ['lighthouse', 'gouache', 'included', 'large'])
      expect(words).toContain(`["${word}",`)
    expect(words).not.toContain('take=7')
    // Of a character reference, such as that of a brace.
    expect(words).not.toContain('["123",')
  })

  test('no picture is there twice', () => {
    const files = readdirSync(stage().project.path(output), { recursive: true, encoding: 'utf8' })
    const pictures = files.filter((file) => file.endsWith('.avif'))
    expect(pictures.length).toBeGreaterThan(50)
    // Those of pages stand where those stand that were rendered past Vite.
    expect(pictures.filter((file) => !/^assets\/.+-\d+-[\da-f]{10}\.avif$/.test(file))).toEqual([])
  })

  test('a page and an included file that change in development show other pictures', async () => {
    const { project, browser, openai } = stage()
    const before = openai.requests
    await using server = await startDev(project, dev, { BASE: '/blog/' })
    const page = await browser.newPage()
    const trouble = troubleOf(page)
    await page.goto(`${server.url}blog/blog`, { waitUntil: 'networkidle' })
    await expectBlog(page)
    await page.goto(`${server.url}blog/home`, { waitUntil: 'networkidle' })
    await expectHome(page)
    await page.goto(`${server.url}blog/second`, { waitUntil: 'networkidle' })
    const shows = async (...alts: readonly string[]): Promise<void> => {
      await page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll<HTMLImageElement>('picture img')]
            .map(({ alt }) => alt)
            .join() === wanted,
        alts.join(),
      )
      expect((await picturesOn(page)).map(({ isLoaded }) => isLoaded)).toEqual([true, true])
    }
    const edit = (file: string, from: string, to: string): void =>
      project.write(file, project.read(file).replace(from, to))
    await shows('a second harbour', 'an included harbour')
    edit('docs/second.md', 'a second harbour', 'a third harbour')
    await shows('a third harbour', 'an included harbour')
    edit('docs/parts/harbour.md', 'an included', 'a changed')
    await shows('a third harbour', 'a changed harbour')
    expect(trouble).toEqual([])
    expect(openai.requests).toBe(before)
    await page.close()
  }, 120_000)
}
