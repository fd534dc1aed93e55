import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'

const axe = readFileSync(
  createRequire(fileURLToPath(new URL('../../playground/', import.meta.url))).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
)

export interface SeenPicture {
  /** The file that the browser chose. */
  readonly file: string
  readonly isLoaded: boolean
  readonly alt: string | null
  readonly width: string | null
  readonly height: string | null
}

/** What a reader's browser makes of a page. */
export interface Visit {
  readonly pictures: readonly SeenPicture[]
  /** Errors of the console, and requests that failed. */
  readonly faults: readonly string[]
  /** Addresses that the page links to, on its own host. */
  readonly links: readonly string[]
  /** Text of the page outside of code. */
  readonly text: string
  readonly scripts: number
}

/** Opens a page, and waits for every picture of it. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage()
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('requestfailed', (request) => faults.push(request.url()))
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`)
  })
  await page.goto(url)
  const pictures = await picturesOf(page)
  const seen = await page.evaluate(() => {
    const links = [...document.links].map(({ href }) => href)
    const scripts = document.scripts.length
    for (const code of document.querySelectorAll('pre, code')) code.remove()
    return { links, scripts, text: document.body.textContent ?? '' }
  })
  await page.close()
  return { pictures, faults, ...seen }
}

/** The rules of axe that a page breaks, in a reader's colour scheme. */
export async function accessibilityFaults(
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark',
): Promise<readonly string[]> {
  const page = await browser.newPage({ colorScheme })
  await page.goto(url)
  // A tag would be a script that a strict policy does not let through.
  await page.evaluate(axe)
  const { violations } = await page.evaluate<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly object[] }[]
  }>("axe.run({ resultTypes: ['violations'] })")
  await page.close()
  return violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes[0])}`)
}

function picturesOf(page: Page): Promise<SeenPicture[]> {
  return page.locator('img').evaluateAll((images: HTMLImageElement[]) =>
    Promise.all(
      images.map(async (image) => {
        image.loading = 'eager'
        const isLoaded = await image.decode().then(
          () => image.naturalWidth > 0,
          () => false,
        )
        return {
          file: image.currentSrc,
          isLoaded,
          alt: image.getAttribute('alt'),
          width: image.getAttribute('width'),
          height: image.getAttribute('height'),
        }
      }),
    ),
  )
}
