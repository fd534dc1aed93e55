import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { galleryPage } from '../../packages/core/src/report/gallery/page.ts'
import { openBrowser } from '../support/browser.ts'
import { largeGallery } from '../support/gallery-sample.ts'
import { type TestProject, makeProject } from '../support/project.ts'

/** What a reader takes for at once, more or less. */
const limitMs = 1_000

let browser: Browser
let project: TestProject

beforeAll(async () => {
  browser = await openBrowser()
  const gallery = await largeGallery(500)
  project = makeProject({
    'excerpt.html': galleryPage(gallery),
    'full.html': galleryPage({ ...gallery, prompts: 'full' }),
  })
})

afterAll(async () => {
  await browser.close()
  project[Symbol.dispose]()
})

test.for(['excerpt', 'full'] as const)(
  'a gallery of 500 pictures, prompts: %s',
  async (prompts) => {
    const url = pathToFileURL(project.path(`${prompts}.html`)).href
    const rounds: Round[] = []
    for (let round = 0; round < 5; round += 1) rounds.push(await roundOf(url))
    const medians = Object.entries(names).map(([name, text]) => {
      const ratios = rounds
        .flatMap((round) => Object.entries(round))
        .flatMap(([own, ms]) => (own === name ? [ms / limitMs] : []))
        .toSorted((one, other) => one - other)
      const [least = NaN, , median = NaN, , most = NaN] = ratios
      const figures = `${median.toPrecision(3)} (${least.toPrecision(3)}–${most.toPrecision(3)})`
      console.log(`${`gallery, ${prompts}: ${text} / one second`.padEnd(108)} ${figures}`)
      return median
    })
    const [ready, , first, later] = medians
    expect(ready).toBeLessThan(1)
    expect(first).toBeLessThan(1)
    expect(later).toBeLessThan(1)
  },
)

/** Milliseconds. */
interface Round {
  readonly ready: number
  readonly open: number
  readonly first: number
  readonly later: number
}

const names = {
  ready: 'opened until its controls answer',
  open: 'opened until all is there',
  first: 'first word typed until the page is painted',
  later: 'next word typed until the page is painted',
}

async function roundOf(url: string): Promise<Round> {
  const page = await browser.newPage()
  // A script of the page's has run when its controls answer; what comes after it is pictures.
  await page.addInitScript(() =>
    new MutationObserver((changes) => {
      if (changes.some(({ attributeName }) => attributeName === 'inert')) performance.mark('ready')
    }).observe(document, { attributes: true, subtree: true }),
  )
  await page.goto(url)
  const ready = await page.evaluate(
    () => performance.getEntriesByName('ready')[0]?.startTime ?? NaN,
  )
  const open = await page.evaluate(
    () => performance.getEntriesByType('navigation').map((one) => one.duration)[0] ?? NaN,
  )
  const first = await typed(page, 'lighthouse')
  const later = await typed(page, 'fox')
  await page.close()
  return { ready, open, first, later }
}

function typed(page: Page, word: string): Promise<number> {
  return page.locator('input').evaluate(async (input: HTMLInputElement, value) => {
    const start = performance.now()
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return performance.now() - start
  }, word)
}
