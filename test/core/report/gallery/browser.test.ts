import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { galleryPage } from '../../../../packages/core/src/report/gallery/page.ts'
import { accessibilityFaults } from '../../../playground/visit.ts'
import { openBrowser } from '../../../support/browser.ts'
import { largeGallery } from '../../../support/gallery-sample.ts'
import { type TestProject, makeProject } from '../../../support/project.ts'

const images = 500

let browser: Browser
let project: TestProject
let url: string
let page: Page
const faults: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  project = makeProject({})
  project.write({ 'report.html': galleryPage(await largeGallery(images)) })
  url = pathToFileURL(project.path('report.html')).href
  page = await browser.newPage()
  page.on('console', (message) => faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) faults.push(request.url())
  })
  await page.goto(url)
})

afterAll(async () => {
  await browser.close()
  project[Symbol.dispose]()
})

function shownFigures(): Promise<number> {
  return page.locator('figure:visible').count()
}

describe('a gallery of 500 pictures, opened from disk', () => {
  test('finds by a word, whatever its case, and says how many it shows', async () => {
    const search = page.getByLabel('Search')
    await search.fill('LIGHTHOUSE  number 1')
    const found = await shownFigures()
    expect(found).toBeGreaterThan(1)
    expect(found).toBeLessThan(images / 4)
    await expect.poll(() => page.getByRole('status').textContent()).toBe(`${found} of 500 pictures`)
    await search.fill('no such thing')
    expect(await shownFigures()).toBe(0)
    await search.fill('')
    expect(await page.getByRole('status').textContent()).toBe('500 pictures')
  })

  test('chooses by state, model and page together, and forgets it by its button', async () => {
    await page.getByLabel('State').selectOption('stored')
    const stored = await shownFigures()
    await page.getByLabel('Model').selectOption('gpt-image-2')
    const ofModel = await shownFigures()
    await page.getByLabel('Page').selectOption('posts/6.md')
    const onPage = await shownFigures()
    expect([images, stored, ofModel, onPage]).toEqual(
      [images, stored, ofModel, onPage].toSorted((one, other) => other - one),
    )
    expect(onPage).toBeGreaterThan(0)
    for (const text of await page.locator('figure:visible').allTextContents()) {
      expect(text).toContain('stored')
      expect(text).toContain('gpt-image-2 by openai')
      expect(text).toContain('posts/6.md:')
    }
    await page.getByRole('button', { name: 'Reset' }).press('Enter')
    expect(await shownFigures()).toBe(images)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  })

  test('shows its pictures, in the room that was kept for them', async () => {
    const [image] = await page.locator('img').all()
    const natural = await image?.evaluate(async (one: HTMLImageElement) => {
      await one.decode()
      return { width: one.naturalWidth, height: one.naturalHeight }
    })
    expect(natural).toEqual({ width: 400, height: 267 })
    const other = await browser.newPage()
    await other.addInitScript(
      'new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift = (window.shift ?? 0) + value }).observe({ type: "layout-shift", buffered: true })',
    )
    await other.goto(url)
    for (let at = 0; at < 5; at += 1) await other.mouse.wheel(0, 1_500)
    await other.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    )
    const shift = await other.evaluate('window.shift ?? 0')
    await other.close()
    expect(shift).toBe(0)
  })

  test('can be used without a pointer', async () => {
    await page.locator('h1').click()
    const reached: string[] = []
    for (const _ of [1, 2, 3, 4]) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      reached.push(await focused.evaluate((one) => one.tagName))
      const outline = await focused.evaluate((one) => getComputedStyle(one).outlineStyle)
      expect(outline).toBe('solid')
    }
    expect(reached).toEqual(['INPUT', 'SELECT', 'SELECT', 'SELECT'])
  })

  test('lets no prompt do anything, and meets no error', async () => {
    expect(await page.title()).toBe('imprompt report')
    expect(await page.locator('script').count()).toBe(1)
    expect(faults).toEqual([])
  })
})

test.for(['light', 'dark'] as const)('a gallery keeps the rules of axe by %s', async (scheme) => {
  // Every state and several hostile prompts; of 500 pictures axe takes most of a minute to say the same.
  project.write({ 'axe.html': galleryPage(await largeGallery(60)) })
  const address = pathToFileURL(project.path('axe.html')).href
  expect(await accessibilityFaults(browser, address, scheme)).toEqual([])
})
