import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { type InlineConfig, type ViteDevServer, build, createServer, preview } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { shownImages } from '../support/images.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { png } from '../support/pictures.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { rawSite, virtualSite } from '../support/sites.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

let openAi: OpenAiDouble
let project: TestProject
let server: ViteDevServer | undefined
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    ...rawSite,
    'post.md': '![gen: a red fox](size=512x512)',
  })
})
afterEach(async () => {
  await server?.close()
  server = undefined
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

/** Starts a development server, and answers its address. */
async function develop(config: InlineConfig = {}): Promise<string> {
  server = await createServer({
    root: project.root,
    cacheDir: project.path('.vite'),
    logLevel: 'silent',
    plugins: [imprompt()],
    server: { port: 0, host: '127.0.0.1' },
    ...config,
  })
  await server.listen()
  return server.resolvedUrls?.local[0] ?? ''
}

/** Sends a request line as it stands, which no URL parser has tidied. */
async function rawRequest(port: number, requestLine: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${requestLine} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}

/** For what a loaded machine needs to draw and encode. */
const patience = { timeout: 20_000 }

const withHero = {
  ...virtualSite,
  'post.md': '',
  'imprompt.config.ts': `export default { images: { hero: { prompt: 'a hen', size: '512x512', ref: 'fox.png' } } }`,
}

/** The address of the picture that a page shows; nothing while it has none. */
async function sourceIn(page: Page): Promise<string | undefined> {
  const [image] = await shownImages(page)
  return image?.source
}

describe('a development server', () => {
  test.for(['/', '/blog/'])('shows placeholders under base %s, and never buys', async (base) => {
    const url = await develop({ base })
    const page = await browser.newPage()
    await page.goto(url)
    const images = await shownImages(page)
    expect(images).toMatchObject([{ alt: 'a red fox', width: '512', height: '512' }])
    expect(images[0]?.source).toContain(`${base}@imprompt/`)
    expect(openAi.requests).toBe(0)
    await page.close()
  })

  test('shows what was bought', async () => {
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    const url = await develop()
    const page = await browser.newPage()
    await page.goto(url)
    expect(await shownImages(page)).toHaveLength(1)
    expect(openAi.requests).toBe(1)
    await page.close()
  })

  test.for(['', 'site'])('shows what is bought while a page of ./%s is open', async (folder) => {
    const page = await browser.newPage()
    if (folder !== '') {
      const files = { ...rawSite, 'post.md': '![gen: a red fox](size=512x512)' }
      const moved = Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content])
      project.write({ 'imprompt.config.ts': 'export default {}', ...Object.fromEntries(moved) })
      mkdirSync(project.path('.imprompt/images'), { recursive: true })
    }
    await page.goto(await develop({ root: project.path(folder) }))
    const placeholder = await sourceIn(page)
    expect(placeholder).toContain('/@imprompt/')
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    await expect.poll(() => sourceIn(page).catch(() => placeholder), patience).not.toBe(placeholder)
    expect(await shownImages(page)).toMatchObject([{ alt: 'a red fox', width: '512' }])
    await page.close()
  })

  test('shows a picture of the configuration', async () => {
    project.write({
      ...virtualSite,
      'imprompt.config.ts': `export default { images: { hero: { prompt: 'a hen', size: '256x256' } } }`,
    })
    const page = await browser.newPage()
    await page.goto(await develop())
    expect(await shownImages(page)).toMatchObject([{ alt: 'a hen', width: '256' }])
    await page.close()
  })

  test('tells a problem where the page would be', async () => {
    project.write({ 'post.md': 'Text\n\n![gen: a hen](sise=1x1)\n' })
    const url = await develop()
    const response = await fetch(`${url}post.md?raw&import`)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('post.md:3:15')
  })

  test('shows what an edited directive asks for', async () => {
    const page = await browser.newPage()
    await page.goto(await develop())
    expect(await shownImages(page)).toMatchObject([{ alt: 'a red fox' }])
    project.write({ 'post.md': '![gen: a green owl](size=512x512)' })
    await page.waitForSelector('img[alt="a green owl"]')
    expect(openAi.requests).toBe(0)
    await page.close()
  })

  test.for([
    ['of a page', { ...rawSite, 'post.md': '![gen: a hen](size=512x512, ref=fox.png)' }],
    ['of the configuration', withHero],
  ] as const)('draws a picture %s anew where a file that goes along changes', async ([, files]) => {
    project.write({ ...files, 'fox.png': await png({ width: 64, height: 64 }, 'red') })
    expect((await runCli(project.root, ['generate'])).code).toBe(0)
    const page = await browser.newPage()
    await page.goto(await develop())
    const [bought] = await shownImages(page)
    project.write({ 'fox.png': await png({ width: 64, height: 64 }, 'blue') })
    await expect.poll(() => sourceIn(page), patience).not.toBe(bought?.source)
    project.write({ 'fox.png': 'no picture' })
    await page.locator('vite-error-overlay').waitFor({ state: 'attached' })
    project.write({ 'fox.png': await png({ width: 64, height: 64 }, 'red') })
    await expect.poll(() => sourceIn(page), patience).toBe(bought?.source)
    expect(openAi.requests).toBe(1)
    await page.close()
  })

  test.for([
    'GET /@imprompt/..%2f..%2f.env.local',
    'GET /@imprompt/../../.env.local',
    'GET /@imprompt/%00',
    'GET /@imprompt//etc/passwd',
    'GET /@imprompt/..\\..\\.env.local',
    'GET /@imprompt/.env.local?raw??',
    'GET /@imprompt/.env.local?import&raw',
    'GET /@imprompt/.env.local?.svg?.wasm?init',
    'GET /@imprompt/./.env.local#x',
    'GET /@imprompt/%252e%252e%252f.env.local',
    `GET /@imprompt/${'0'.repeat(64)}.avif`,
    'POST /@imprompt/anything',
    'GET /.imprompt/report.json',
    'GET /.imprompt/report.json?raw&import',
    'GET /%2eimprompt/report.json',
    'GET /.IMPROMPT/report.json',
  ])('answers %s with nothing', async (requestLine) => {
    project.write({ '.imprompt/report.json': '"root:canary"' })
    const url = await develop()
    await fetch(`${url}post.md?raw&import`)
    const answer = await rawRequest(Number(new URL(url).port), requestLine)
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|403|404|405) /)
    expect(answer).not.toContain('sk-test')
    expect(answer).not.toContain('root:')
  })

  test('reads pictures by GET and HEAD alone, under their type', async () => {
    const url = await develop()
    const module = await (await fetch(`${url}post.md?raw&import`)).text()
    const [path = ''] = /\/@imprompt\/[0-9a-f]{64}\.webp/.exec(module) ?? []
    const address = new URL(path, url)
    const got = await fetch(address)
    expect(got.status).toBe(200)
    expect(got.headers.get('content-type')).toBe('image/webp')
    expect(got.headers.get('x-content-type-options')).toBe('nosniff')
    expect(got.headers.get('access-control-allow-origin')).toBeNull()
    const head = await fetch(address, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength))
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(405)
  })
})

test('a preview server neither scans nor buys', async () => {
  await runCli(project.root, ['generate'])
  await build({ root: project.root, logLevel: 'silent', plugins: [imprompt()] })
  project.write({ 'post.md': '![gen: a picture that nobody bought](sise=1)' })
  const previewed = await preview({
    root: project.root,
    logLevel: 'silent',
    plugins: [imprompt()],
    preview: { port: 0, host: '127.0.0.1' },
  })
  const response = await fetch(previewed.resolvedUrls?.local[0] ?? '')
  expect(response.status).toBe(200)
  expect(openAi.requests).toBe(1)
  await previewed.close()
})

test('a watching build never buys', async () => {
  const watcher = await build({
    root: project.root,
    logLevel: 'silent',
    plugins: [imprompt()],
    build: { watch: {} },
  })
  if (!('on' in watcher)) throw new Error('expected a watcher')
  await new Promise<void>((resolve, reject) => {
    watcher.on('event', (event) => {
      if (event.code === 'END') resolve()
      if (event.code === 'ERROR') reject(event.error)
    })
  })
  await watcher.close()
  expect(openAi.requests).toBe(0)
})
