import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build, createServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openProject, reportText } from '../../packages/core/src/index.ts'
import type { Report } from '../../packages/core/src/report/report.ts'
import { openBrowser } from '../support/browser.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type Ending, type PlaygroundCopy, copyPlayground, keptFiles } from './site.ts'
import { accessibilityFaults, visit } from './visit.ts'

let copy: PlaygroundCopy
let openAi: OpenAiDouble
let browser: Browser
const closing: (() => Promise<void>)[] = []
let first: Ending
let firstReport: Report

beforeAll(async () => {
  copy = copyPlayground()
  openAi = await startOpenAi()
  browser = await openBrowser()
  first = await copy.run('build.ts', { environment: credentials() })
  firstReport = reportIn(copy.root)
}, 300_000)

afterAll(async () => {
  for (const close of closing) await close()
  await browser.close()
  await openAi[Symbol.asyncDispose]()
  copy[Symbol.dispose]()
})

describe('the first build of the playground', () => {
  test('needs nothing but the clone', () => {
    expect(first).toMatchObject({ code: 0 })
  })

  test('draws each picture once, though two posts ask for the same heron', () => {
    const heron = firstReport.images.find(({ prompt }) => prompt.startsWith('a heron'))
    expect(heron?.places.map(({ file }) => file)).toEqual([
      'src/posts/how-to-read-a-chart.md',
      'src/posts/what-the-heron-is-for.md',
    ])
    const { images, directives, bought, requests } = firstReport.totals
    expect(directives).toBeGreaterThanOrEqual(12)
    expect({ images, bought, requests }).toEqual({
      images: directives - 1,
      bought: images,
      requests: images,
    })
  })

  test('asks no provider that costs money, whatever keys lie about', () => {
    expect(openAi.requests).toBe(0)
    expect(new Set(firstReport.images.map(({ provider }) => provider))).toEqual(new Set(['sketch']))
    expect(firstReport.totals.spentMicroUsd).toBe(0)
  })
})

describe('the second build of the playground', () => {
  test('asks for nothing, encodes nothing, and leaves the store as it was', async () => {
    const before = keptFiles(copy.root)
    const { code } = await copy.run('build.ts')
    expect(code).toBe(0)
    const { requests, encoded, stored, images } = reportIn(copy.root).totals
    expect({ requests, encoded, stored }).toEqual({ requests: 0, encoded: 0, stored: images })
    expect(before.size).toBeGreaterThan(2 * images)
    expect(keptFiles(copy.root)).toEqual(before)
  })
})

describe.for(['/', '/blog/', './'])('the pages under base %s', (base) => {
  let url: string
  let pages: readonly string[]

  beforeAll(async () => {
    await build({ root: copy.root, base, logLevel: 'silent' })
    pages = pagesIn(copy.root)
    // A relative base is for whoever does not know where the site will stand.
    url = await serve(base === './' ? '/deep/er/' : base)
  })

  test('are there for every post', () => {
    const posts = readdirSync(join(copy.root, 'src/posts'))
    expect(pages.length).toBe(posts.length + 2)
    expect(posts.length).toBeGreaterThanOrEqual(6)
  })

  test('show every picture as AVIF, with its dimensions and its alternative text', async () => {
    for (const page of pages) {
      const { pictures, faults, text, scripts } = await visit(browser, url + page)
      expect({ page, faults, scripts }).toEqual({ page, faults: [], scripts: 0 })
      expect(text).not.toContain('![gen:')
      expect(pictures.length, page).toBeGreaterThanOrEqual(2)
      for (const picture of pictures)
        expect(picture, page).toEqual({
          file: expect.stringMatching(/\.avif$/),
          isLoaded: true,
          alt: expect.any(String),
          width: expect.stringMatching(/^\d+$/),
          height: expect.stringMatching(/^\d+$/),
        })
    }
  })

  test('link to pages that are there', async () => {
    for (const page of pages) {
      const { links } = await visit(browser, url + page)
      expect(links.length).toBeGreaterThan(3)
      for (const link of new Set(links)) {
        expect(link.startsWith(url), `${page} → ${link}`).toBe(true)
        expect((await fetch(link)).status, `${page} → ${link}`).toBe(200)
      }
    }
  })
})

describe('the pages of the playground', () => {
  test.for(['light', 'dark'] as const)('keep the rules of axe by %s', async (scheme) => {
    await build({ root: copy.root, logLevel: 'silent' })
    const url = await serve('/')
    for (const page of pagesIn(copy.root))
      expect(await accessibilityFaults(browser, url + page, scheme), page).toEqual([])
  })

  test('show their pictures in development too', async () => {
    const server = await createServer({
      root: copy.root,
      base: '/blog/',
      logLevel: 'silent',
      // The copy's packages are those of the repository, which lies elsewhere.
      server: { fs: { strict: false } },
    })
    closing.push(() => server.close())
    await server.listen(4700)
    const url = server.resolvedUrls?.local[0] ?? ''
    for (const page of pagesIn(copy.root)) {
      const { pictures, faults } = await visit(browser, url + page)
      expect({ page, faults }).toEqual({ page, faults: [] })
      for (const picture of pictures)
        expect(picture, page).toMatchObject({
          file: expect.stringMatching(/^http.+\/blog\/@imprompt\/.+\.avif$/),
          isLoaded: true,
        })
    }
  })
})

describe('`demo`', () => {
  test('serves what it has built, beside another that holds the port', async () => {
    using one = copy.start('demo.ts')
    const held = await one.url
    // Both build into one folder: the second begins when the first has ended.
    using other = copy.start('demo.ts')
    const urls = [held, await other.url]
    expect(new Set(urls).size).toBe(2)
    for (const url of urls) expect(await (await fetch(url)).text()).toContain('<h1>Notes taken')
  })
})

describe('`demo --provider openai`', () => {
  test('names the price and buys nothing where nobody can answer', async () => {
    const ending = await copy.run('demo.ts', {
      args: ['--provider', 'openai'],
      environment: credentials(),
    })
    expect(ending.code).toBe(2)
    expect(ending.text).toMatch(/^OpenAI would make \d+ pictures for at most \$0\.\d+\./)
    expect(openAi.requests).toBe(0)
  })

  test('would cost what the page about pictures says', async () => {
    process.env['PLAYGROUND_PROVIDER'] = 'openai'
    const { pipeline, terms } = await openProject({ folder: copy.root, environment: {} })
    delete process.env['PLAYGROUND_PROVIDER']
    const { report } = await pipeline.forecast(await pipeline.scan(), terms)
    const price = reportText(report)
      .split('\n')
      .find((line) => line.startsWith('price '))
    expect(readFileSync(join(copy.root, 'src/about.md'), 'utf8')).toContain(price)
  })
})

async function serve(base: string): Promise<string> {
  const server = await preview({
    root: copy.root,
    base,
    logLevel: 'silent',
    preview: { port: 4600 },
  })
  closing.push(() => server.close())
  return server.resolvedUrls?.local[0] ?? ''
}

function pagesIn(root: string): readonly string[] {
  return readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  )
}

function credentials(): Readonly<Record<string, string>> {
  return { OPENAI_API_KEY: 'sk-test-1234567890', OPENAI_BASE_URL: openAi.url }
}

function reportIn(root: string): Report {
  return JSON.parse(readFileSync(join(root, '.imprompt/report.json'), 'utf8'))
}
