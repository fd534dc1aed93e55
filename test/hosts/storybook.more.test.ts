import { existsSync, readdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, openBrowser } from '../support/browser.ts'
import { type DevServer, startDev } from '../support/hosts/dev-server.ts'
import { type HostProject, installHost } from '../support/hosts/host-project.ts'
import { picturesOn } from '../support/hosts/look.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { serveFolder } from '../support/static-server.ts'

let project: HostProject
let openai: OpenAiDouble
let browser: Browser
beforeAll(async () => {
  project = installHost({ name: 'storybook' })
  openai = await startOpenAi()
  browser = await openBrowser()
  project.write('.env.local', `OPENAI_API_KEY=sk-test-1234567890\nOPENAI_BASE_URL=${openai.url}\n`)
}, 600_000)
afterAll(async () => {
  await browser.close()
  await openai[Symbol.asyncDispose]()
  project[Symbol.dispose]()
})

const story = 'iframe.html?id=post--page&viewMode=story'

/** What a page shows once its picture is there. */
async function seenAt(url: string): Promise<{ readonly isLoaded: boolean; readonly url: string }> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForSelector('img[alt="A quay"]', { timeout: 60_000 })
  const [picture] = await picturesOn(page)
  await page.close()
  return { isLoaded: picture?.isLoaded ?? false, url: picture?.url ?? '' }
}

/** What somebody would notice of a scan, a gate or a purchase. */
function traces(output: string): readonly string[] {
  return [
    ...(output.match(/\d+ images? from \d+ directives?|budget/g) ?? []),
    ...(existsSync(project.path('.imprompt/report.json')) ? ['a report'] : []),
    ...(openai.requests > 0 ? [`${openai.requests} requests`] : []),
  ]
}

const buildStorybook = ['storybook', 'build', '--quiet', '--output-dir', 'storybook-static']

test.for<Readonly<Record<string, string>>>([
  {},
  { CI: 'true' },
  { IMPROMPT_BUDGET: '5', IMPROMPT_MODE: 'generate' },
])(
  'Storybook builds stories with placeholders and buys nothing: %j',
  { timeout: 300_000 },
  async (environment) => {
    const { code, output } = await project.run(buildStorybook, environment)
    expect(code, output).toBe(0)
    expect(traces(output)).toEqual([])
    await using server = await serveFolder(project.path('storybook-static'), '/stories/')
    expect(await seenAt(server.url + story)).toMatchObject({ isLoaded: true })
    const files = readdirSync(project.path('storybook-static'), { recursive: true })
    expect(files.filter((name) => /page-that-no-story/.test(String(name)))).toEqual([])
  },
)

test('Storybook shows a placeholder while it is developed with', async () => {
  await using server: DevServer = await startDev(
    project,
    ['storybook', 'dev', '--ci', '--quiet', '--exact-port', '--port'],
    {},
  )
  expect(await seenAt(server.url + story)).toMatchObject({ isLoaded: true })
  expect(traces(server.output())).toEqual([])
}, 300_000)

test('Vitest runs tests with pictures, here and in a browser, and buys nothing', async () => {
  for (const environment of [{}, { CI: 'true' }, { CHROMIUM_PATH: await chromiumPath() }]) {
    const { code, output } = await project.run(['vitest', 'run'], environment)
    expect(code, output).toBe(0)
    expect(output).toMatch(/Tests .*1 passed/)
    expect(output.includes('chromium')).toBe('CHROMIUM_PATH' in environment)
    expect(traces(output)).toEqual([])
  }
}, 300_000)

test('a preview neither scans nor buys', async () => {
  project.write('dist/index.html', 'a site')
  await using server = await startDev(project, ['vite', 'preview', '--port'], {})
  expect(await (await fetch(server.url)).text()).toBe('a site')
  expect(traces(server.output())).toEqual([])
}, 300_000)

test('Storybook shows what a site bought', async () => {
  expect((await project.run(['imprompt', 'generate'], {})).code).toBe(0)
  expect(openai.billed).toHaveLength(2)
  const { requests } = openai
  const { code, output } = await project.run(buildStorybook, {})
  expect(code, output).toBe(0)
  expect(output).not.toContain('placeholder')
  await using server = await serveFolder(project.path('storybook-static'), '/')
  const { isLoaded, url } = await seenAt(server.url + story)
  expect(isLoaded).toBe(true)
  expect(url).toMatch(/a-quay/)
  expect(openai.requests).toBe(requests)
}, 300_000)
