import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Browser } from 'playwright-core'
import { type ViteDevServer, build, createLogger, createServer } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

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
  project = makeProject({ '.env.local': credentials(openAi.url), ...rawSite })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server?.close()
  server = undefined
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

async function develop(): Promise<string> {
  server = await createServer({
    root: project.root,
    cacheDir: project.path('.vite'),
    logLevel: 'silent',
    plugins: [imprompt()],
    server: { port: 0, host: '127.0.0.1' },
  })
  await server.listen()
  return server.resolvedUrls?.local[0] ?? ''
}

describe('the overlay of a development server', () => {
  test('shows the problem, its place and its line', async () => {
    project.write({ 'post.md': 'Text\n\n![gen: a fox](sise=16:9)\n' })
    const page = await browser.newPage()
    await page.goto(await develop())
    const overlay = page.locator('vite-error-overlay')
    await overlay.waitFor({ state: 'attached' })
    const text = await overlay.evaluate((element) => element.shadowRoot?.textContent ?? '')
    expect(text).toContain('Unexpected attribute `sise`, did you mean `size`')
    expect(text).toContain('post.md:3:15')
    expect(text).toContain('3 | ![gen: a fox](sise=16:9)\n  |               ^')
    await page.close()
  })

  test('shows front matter that cannot be read', async () => {
    project.write({ 'post.md': '---\ncover: gen: a fox\n---\n\nText\n' })
    const page = await browser.newPage()
    await page.goto(await develop())
    const overlay = page.locator('vite-error-overlay')
    await overlay.waitFor({ state: 'attached' })
    const text = await overlay.evaluate((element) => element.shadowRoot?.textContent ?? '')
    expect(text).toContain('Unreadable front matter')
    expect(text).toContain('2 | cover: gen: a fox')
    await page.close()
  })
})

describe('a page in development', () => {
  test('shows a picture that another post names, once that has been written', async () => {
    project.write({
      'post.md': '![gen: un phare](use=lighthouse)\n',
      'en/post.md': '![gen: a lighthouse](name=lighthouse, size=512x256)\n',
    })
    const page = await browser.newPage()
    await page.goto(await develop())
    const image = page.locator('main img')
    await image.waitFor()
    expect(await image.getAttribute('alt')).toBe('un phare')
    expect(await image.getAttribute('width')).toBe('512')
    expect(openAi.requests).toBe(0)
    await page.close()
  })

  test('has the address of a placeholder in its front matter', async () => {
    project.write({
      'main.js': `import post from './post.md?raw'\ndocument.querySelector('main').textContent = post`,
      'post.md': '---\ncover: { gen: a fox, size: 512x256 }\n---\n',
    })
    const page = await browser.newPage()
    await page.goto(await develop())
    const text = (await page.locator('main').textContent()) ?? ''
    const [, url = ''] = /cover: "(.*)"/.exec(text) ?? []
    const answer = await page.request.get(new URL(url, page.url()).href)
    expect(answer.headers()['content-type']).toBe('image/jpeg')
    expect(openAi.requests).toBe(0)
    await page.close()
  })
})

describe('a build', () => {
  /** What a failing build writes under GitHub Actions. */
  async function logOf(): Promise<string> {
    const lines: string[] = []
    const logger = createLogger('info')
    const log = (message: string): void => void lines.push(message)
    const customLogger = { ...logger, info: log, warn: log, error: log }
    await build({ root: project.root, customLogger, plugins: [imprompt()] }).catch(
      (failure: unknown) => lines.push(String(failure)),
    )
    return lines.join('\n')
  }

  test('tells every problem of all files at once, with their lines', async () => {
    project.write({
      'post.md': '---\ncover: { gen: a fox, size: huge }\n---\n\n![gen: a fox](sise=16:9)\n',
      'other/b.md': '![gen: an owl\n',
    })
    const log = await logOf()
    expect(log.split('3 problems to mend; nothing was bought')).toHaveLength(2)
    for (const line of ['other/b.md:1:1', 'post.md:2:22', 'post.md:5:15'])
      expect(log).toContain(line)
    expect(log).toContain('5 | ![gen: a fox](sise=16:9)')
    expect(openAi.requests).toBe(0)
  })

  test('makes annotations under GitHub Actions', async () => {
    project.write({ 'post.md': '![gen: a fox](sise=16:9)\n' })
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    expect(await logOf()).toContain(
      '\n::error file=post.md,line=1,col=15,title=imprompt attribute-unknown::',
    )
    expect(openAi.requests).toBe(0)
  })

  test('names files as the repository does, and tells the report to GitHub Actions', async () => {
    project.write({ 'post.md': '![gen: a fox](sise=16:9)\n' })
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    vi.stubEnv('GITHUB_WORKSPACE', dirname(project.root))
    vi.stubEnv('GITHUB_STEP_SUMMARY', project.path('summary.md'))
    expect(await logOf()).toContain(`\n::error file=${basename(project.root)}/post.md,line=1,`)
    const summary = readFileSync(project.path('summary.md'), 'utf8')
    expect(summary).toContain('**1 problem to mend**\n\nStopped: 1 problem to mend; nothing was')
  })

  test('shows of prompts in the summary what the configuration says', async () => {
    project.write({
      'post.md': '![gen: a fox](size=512x512)\n',
      'imprompt.config.ts': "export default { mode: 'placeholder', report: { prompts: 'none' } }",
    })
    vi.stubEnv('GITHUB_STEP_SUMMARY', project.path('summary.md'))
    await logOf()
    const summary = readFileSync(project.path('summary.md'), 'utf8')
    expect(summary).toContain('post.md:1:1')
    expect(summary).not.toContain('a fox')
  })

  test('goes on without a summary that cannot be written', async () => {
    project.write({ 'post.md': '# None\n', 'other.md': '![gen: a fox](size=512x512)\n' })
    vi.stubEnv('GITHUB_STEP_SUMMARY', project.path('node_modules'))
    vi.stubEnv('IMPROMPT_MODE', 'placeholder')
    const log = await logOf()
    expect(log).toContain('summary of the step was not written')
    expect(log).not.toMatch(/^Error/m)
  })

  test('shows a marked placeholder on a draft, and buys nothing for it', async () => {
    project.write({ 'post.md': '---\ndraft: true\n---\n\n![gen: a fox](size=512x512)\n' })
    expect(await logOf()).toContain('1 image on drafts alone')
    expect(openAi.requests).toBe(0)
  })
})
