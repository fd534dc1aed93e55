import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type InlineConfig, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf } from '../../packages/core/src/key/key.ts'
import type { GenerateInput } from '../../packages/core/src/ports.ts'
import { sketch } from '../../packages/core/src/provider/sketch/sketch.ts'
import { inspectReply } from '../../packages/core/src/resolve/inspect-reply.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { openBrowser } from '../support/browser.ts'
import { requestIn } from '../support/fakes.ts'
import { shownImages } from '../support/images.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'
import { serveFolder } from '../support/static-server.ts'

const moving = '![gen: a fox in the snow](size=512x256)'
const drawn = '![gen: a boat in the harbour](size=512x256)'

/** Keeps the picture that a directive would be given if it asked for this shape. */
async function keep(
  project: TestProject,
  directive: string,
  shape: Pick<GenerateInput, 'frames' | 'vector'>,
): Promise<void> {
  const asked = requestIn(directive)
  const request = { ...asked.request, ...shape }
  const connection = sketch().connect({})
  if (connection.kind !== 'ready') throw new TypeError('Expected a connection')
  const answer = await connection.generate(request, new AbortController().signal)
  if (answer.kind !== 'image') throw new TypeError('Expected a picture')
  const inspected = await inspectReply(answer.bytes, request)
  if ('fault' in inspected) throw new Error(inspected.fault)
  const entry = {
    schema: 1,
    key: authoredKeyOf(asked),
    requestHash: requestHashOf(request),
    request,
    wanted: asked.wanted,
    original: { ...inspected.original, digitalSourceType: 'trainedAlgorithmicMedia' },
    cost: { microUsd: 0, basis: 'usage' },
    boughtAt: '2026-11-24T00:00:00.000Z',
  } as const
  await fsStore(project.path('.imprompt')).keep(entry, answer.bytes)
}

let browser: Browser
let project: TestProject
beforeAll(async () => {
  browser = await openBrowser()
  project = makeProject({
    ...rawSite,
    'post.md': `${moving}\n\n${drawn}\n`,
    'imprompt.config.ts': `export default { mode: 'frozen' }`,
  })
  await keep(project, moving, { frames: 4 })
  await keep(project, drawn, { vector: true })
  const config: InlineConfig = { root: project.root, logLevel: 'silent', plugins: [imprompt()] }
  await build(config)
})
afterAll(async () => {
  project[Symbol.dispose]()
  await browser.close()
})

async function open(options: Parameters<Browser['newPage']>[0]): Promise<{
  readonly page: Page
  readonly names: readonly string[]
}> {
  await using server = await serveFolder(project.path('dist'), '/')
  const page = await browser.newPage(options)
  await page.goto(server.url)
  const images = await shownImages(page)
  const folder = process.env['SHOTS']
  if (folder !== undefined)
    await page.screenshot({ path: `${folder}/${options?.colorScheme}.png`, fullPage: true })
  return { page, names: images.map(({ source }) => source.slice(source.lastIndexOf('/') + 1)) }
}

describe('a page with an animation and a drawing', () => {
  test('shows an animated WebP and an SVG', async () => {
    const { page, names } = await open({ colorScheme: 'light', reducedMotion: 'no-preference' })
    expect(names).toEqual([
      expect.stringMatching(/^a-fox-in-the-snow-\d+-.*\.webp$/),
      expect.stringMatching(/^a-boat-in-the-harbour-512-.*\.svg$/),
    ])
    expect(framesOf(names[0])).toBe(4)
    await page.close()
  })

  test('shows a picture that stands to readers who prefer reduced motion', async () => {
    const { page, names } = await open({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect(names[0]).toMatch(/\.webp$/)
    expect(framesOf(names[0])).toBe(0)
    await page.close()
  })

  test('holds no file as it was bought', () => {
    const files = readdirSync(project.path('dist/assets'))
    const svg = files.find((name) => name.endsWith('.svg')) ?? ''
    const text = readFileSync(join(project.path('dist/assets'), svg), 'utf8')
    expect(text).toContain('<metadata>http://cv.iptc.org/newscodes/digitalsourcetype/')
    expect(files.filter((name) => name.endsWith('.gif')).length).toBe(2)
    expect(files.filter((name) => name.endsWith('.avif'))).toEqual([])
  })
})

/** Frames of an animated WebP; 0 of one that stands. */
function framesOf(name = ''): number {
  const bytes = readFileSync(join(project.path('dist/assets'), name), 'latin1')
  return bytes.split('ANMF').length - 1
}
