import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startDev } from './dev-server.ts'
import { picturesOn } from './look.ts'
import type { HostStage } from './suite.ts'

/** A page that its author edits while a server shows it. */
export interface EditedPage {
  /** Ends where the port goes. */
  readonly dev: readonly string[]
  /** Its Markdown, whose only picture has this prompt. */
  readonly post: string
  readonly prompt: string
  /** Its address below that of the server. */
  readonly page: string
}

/** Tests that a server for development shows what its author writes and buys, and outlives mistakes. */
export function describeEditedPage(stage: () => HostStage, edited: EditedPage): void {
  test('a page that is edited in development shows placeholders, and what is bought then', async () => {
    const { project, openai, browser } = stage()
    const { post, prompt } = edited
    const text = project.read(post)
    const write = (wanted: string, size = '64x64'): void =>
      project.write(post, text.replace(prompt, wanted).replace('64x64)', `${size})`))
    const before = openai.requests
    await using server = await startDev(project, edited.dev, { BASE: '/' })
    const page = await browser.newPage()
    const shown = (): Promise<string> => shownOn(page, server.url + edited.page)
    const soon = { timeout: 60_000, interval: 500 }
    await expect.poll(shown, soon).toMatch(`${prompt} is loaded`)
    write('an edited harbour')
    await expect.poll(shown, soon).toMatch('an edited harbour is loaded')
    const placeholder = await shown()
    write('a wrong harbour', 'wrong')
    await expect.poll(() => server.output(), soon).toMatch(/Unexpected value `?wrong/)
    write('a mended harbour')
    await expect.poll(shown, soon).toMatch('a mended harbour is loaded')
    expect(openai.requests).toBe(before)
    write('an edited harbour')
    expect(await project.run(['imprompt', 'generate'], {})).toMatchObject({ code: 0 })
    project.write(post, `${project.read(post)}\nIt was bought.\n`)
    const isBought = async (): Promise<boolean> => {
      const now = await shown()
      return now.startsWith('an edited harbour is loaded') && now !== placeholder
    }
    await expect.poll(isBought, soon).toBe(true)
    project.write(post, text)
    await page.close()
  }, 300_000)
}

/** What the picture of a page is of, whether it is loaded, and its address; why there is none, where there is none. */
async function shownOn(page: Page, url: string): Promise<string> {
  try {
    await page.goto(url, { waitUntil: 'load' })
    await page.waitForSelector('h1', { timeout: 5000 })
    const [picture] = await picturesOn(page)
    return `${picture?.alt} is ${picture?.isLoaded ? '' : 'not '}loaded from ${picture?.url}`
  } catch (problem) {
    return String(problem)
  }
}
