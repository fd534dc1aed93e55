import type { Page } from 'playwright-core'

/** A picture as the browser shows it. */
export interface ShownImage {
  /** URL of the file that the browser chose. */
  readonly source: string
  readonly alt: string
  readonly width: string | null
  readonly height: string | null
  readonly naturalWidth: number
}

/** Waits until every picture of a page has loaded, and answers what the browser chose for each. */
export async function shownImages(page: Page): Promise<readonly ShownImage[]> {
  await page.waitForSelector('img')
  return page.locator('img').evaluateAll((images: HTMLImageElement[]) =>
    Promise.all(
      images.map(async (image) => {
        image.loading = 'eager'
        await image.decode()
        return {
          source: image.currentSrc,
          alt: image.alt,
          width: image.getAttribute('width'),
          height: image.getAttribute('height'),
          naturalWidth: image.naturalWidth,
        }
      }),
    ),
  )
}
