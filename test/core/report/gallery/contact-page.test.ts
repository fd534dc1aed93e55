import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ContactPageInput,
  contactPage,
} from '../../../../packages/core/src/report/gallery/contact-page.ts'
import { accessibilityFaults, visit } from '../../../playground/visit.ts'
import { openBrowser } from '../../../support/browser.ts'
import {
  hostilePrompts,
  sampleFacts,
  sampleImage,
  sampleOriginal,
  sampleReport,
} from '../../../support/gallery-sample.ts'
import { type TestProject, makeProject } from '../../../support/project.ts'

const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=='

function inputOf(prompt: string): ContactPageInput {
  const places = (draft: number) => [{ file: 'posts/fox.md', line: 3, column: 1, draft }]
  const stored = sampleImage(1, { prompt, places: places(1), original: sampleOriginal })
  const bought = sampleImage(2, { prompt, places: places(2), state: 'bought' })
  const failed = sampleImage(3, { prompt, places: places(3), state: 'failed' })
  return {
    report: sampleReport([stored, bought, failed]),
    pictures: new Map([
      [stored.key, sampleFacts(pixel)],
      [bought.key, sampleFacts(pixel)],
    ]),
    subject: `posts/fox.md:3:1 ${prompt}`,
    advice: 'Write it down first.',
    commandFor: (number) => `imprompt pick posts/fox.md:3:1 ${number}`,
  }
}

let browser: Browser
let project: TestProject
beforeAll(async () => {
  browser = await openBrowser()
  project = makeProject({})
})
afterAll(async () => {
  await browser.close()
  project[Symbol.dispose]()
})

function written(input: ContactPageInput): string {
  project.write({ 'drafts.html': contactPage(input) })
  return pathToFileURL(project.path('drafts.html')).href
}

describe('a contact sheet', () => {
  test('shows each draft by its number, with price, model, size and the command that picks it', async () => {
    const html = contactPage(inputOf('a red fox'))
    const seen = await visit(browser, written(inputOf('a red fox')))
    expect(seen.faults).toEqual([])
    expect(seen.scripts).toBe(0)
    expect(seen.pictures.map(({ alt, isLoaded }) => [alt, isLoaded])).toEqual([
      ['Draft 1', true],
      ['Draft 2', true],
    ])
    for (const text of ['gpt-image-2 by openai', '1536x1024, medium', '$0.04116', '1 bought'])
      expect(seen.text).toContain(text)
    expect(seen.text).toContain('No picture yet')
    expect(html.match(/imprompt pick posts\/fox\.md:3:1 \d/g)).toEqual([
      'imprompt pick posts/fox.md:3:1 1',
      'imprompt pick posts/fox.md:3:1 2',
    ])
    expect(html).toContain('default-src &#x27;none&#x27;; img-src data:; style-src &#x27;sha256-')
    expect(html).not.toContain('script-src')
  })

  test.for(hostilePrompts.map((prompt, at) => [at, prompt] as const))(
    'lets no prompt do anything: %i',
    async ([, prompt]) => {
      const seen = await visit(browser, written(inputOf(prompt)))
      expect(seen.faults).toEqual([])
      expect(seen.scripts).toBe(0)
      expect(seen.pictures).toHaveLength(2)
    },
  )

  test.for(['light', 'dark'] as const)('keeps the rules of axe by %s', async (scheme) => {
    const url = written(inputOf('a red fox'))
    expect(await accessibilityFaults(browser, url, scheme)).toEqual([])
  })
})
