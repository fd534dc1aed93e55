import type { Page } from 'playwright-core'

/** A picture of ours, as a browser shows it. */
export interface SeenPicture {
  readonly alt: string
  /** Whether its file arrived and holds pixels. */
  readonly isLoaded: boolean
  readonly url: string
}

/** What went wrong in a page so far: what its console says, and what could not be loaded. */
export function troubleOf(page: Page): readonly string[] {
  const trouble: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('response', (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()} ${response.url()}`)
  })
  return trouble
}

/** Loads every picture of a page, also those far below, and tells what became of them. */
export async function picturesOn(page: Page): Promise<readonly SeenPicture[]> {
  return page.evaluate(async () => {
    const images = [...document.querySelectorAll<HTMLImageElement>('img[data-digital-source-type]')]
    for (const image of images) image.loading = 'eager'
    const looks = images.map(async (image) => {
      // `decode` gives up where an element that is new begins to load once more.
      for (let tries = 0; tries < 500 && (!image.complete || image.currentSrc === ''); tries++)
        await new Promise((resolve) => setTimeout(resolve, 20))
      return { alt: image.alt, isLoaded: image.naturalWidth > 0, url: image.currentSrc }
    })
    return Promise.all(looks)
  })
}

/** How many pixels an image is wide, once it is loaded. */
export async function widthOf(page: Page, selector: string): Promise<number> {
  await page.waitForFunction(
    (wanted) => document.querySelector<HTMLImageElement>(wanted)?.complete === true,
    selector,
  )
  return page.$eval(selector, (image) =>
    image instanceof HTMLImageElement ? image.naturalWidth : 0,
  )
}
