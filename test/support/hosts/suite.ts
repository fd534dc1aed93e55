import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { type OpenAiDouble, startOpenAi } from '../openai-server.ts'
import { serveFolder } from '../static-server.ts'
import { startDev } from './dev-server.ts'
import { type HostChoice, type HostProject, type Ran, installHost } from './host-project.ts'
import { type SeenPicture, picturesOn, troubleOf } from './look.ts'

const hosts = fileURLToPath(new URL('../../hosts', import.meta.url))
const shared = (name: string): string => readFileSync(`${hosts}/${name}`, 'utf8')

/** What every host makes of the fifty directives: their keys, and the texts that stand for the pictures. */
interface Golden {
  readonly keys: readonly string[]
  readonly alts: readonly string[]
}
const golden: Golden = JSON.parse(shared('fifty.json'))

/** A host, and how its project is built and looked at. */
export interface HostSpec extends HostChoice {
  /** Where the fifty directives go; as MDX where that is its extension. */
  readonly fifty: string
  /** Whether `imprompt generate` buys before the build, as that buys nothing. */
  readonly isBoughtBefore?: true
  readonly build: readonly string[]
  /** Ends where the port goes. Left out by what has no development server. */
  readonly dev?: readonly string[]
  /** Folder of the built site. */
  readonly output: string
  /** Address below the base of the page of the fifty directives. */
  readonly page: string
  /**
   * Text of the link on it that leads to a second page, whose heading is `Second page`, which has a link `Fifty` back, and
   * shows pictures with these texts.
   */
  readonly second: { readonly link: string; readonly alts: readonly string[] }
  /** How many pictures the project asks for beside the fifty, each counted once. */
  readonly others: number
}

/** What the tests of one host share. */
export interface HostStage {
  readonly project: HostProject
  readonly openai: OpenAiDouble
  readonly browser: Browser
  build(base?: string): Promise<Ran>
}

/** Tests a host as its users would meet it. Answers what tests of its own may use; all else is over when they run. */
export function describeHost(spec: HostSpec): () => HostStage {
  const open = new AsyncDisposableStack()
  let stage: HostStage
  beforeAll(async () => {
    const project = open.use(installHost(spec))
    project.write(spec.fifty, shared('fifty.md'))
    project.write('imprompt.config.ts', shared('imprompt.config.ts'))
    const openai = open.use(await startOpenAi())
    const browser = open.adopt(await openBrowser(), (one) => one.close())
    const environment = { OPENAI_API_KEY: 'sk-test-1234567890', OPENAI_BASE_URL: openai.url }
    project.write('.env.local', toLines(environment))
    stage = { project, openai, browser, build: buildOf(spec, project) }
  }, 600_000)
  afterAll(() => open.disposeAsync())

  let shown: readonly SeenPicture[] = []
  describe(`a site of ${spec.name} on ${spec.node ?? 'node-24'}`, () => {
    test('buys each of fifty pictures once, and shows them', async () => {
      const { openai, build } = stage
      const { output, code } = await build()
      expect(code, output).toBe(0)
      const keys = keysIn(stage.project)
      expect(keys).toEqual(expect.arrayContaining([...golden.keys]))
      expect(keys).toHaveLength(golden.keys.length + spec.others)
      expect(openai.billed).toHaveLength(golden.keys.length + spec.others)
      expect(output.match(/\d+ images? from \d+ directives?/g), output).toHaveLength(1)
      shown = await lookAtBuilt(spec, stage, '/')
    }, 300_000)

    test('asks for nothing again under another base', async () => {
      const { openai, build } = stage
      const before = openai.requests
      const { output, code } = await build('/blog/')
      expect(code, output).toBe(0)
      expect(openai.requests).toBe(before)
      await lookAtBuilt(spec, stage, '/blog/')
    }, 300_000)

    test.for(spec.dev === undefined ? [] : [spec.dev])(
      'shows them in development, and buys nothing there',
      { timeout: 300_000 },
      async (dev) => {
        const { project, openai, browser } = stage
        const before = openai.requests
        await using server = await startDev(project, dev, { BASE: '/blog/' })
        const page = await browser.newPage()
        await lookAround(page, `${server.url}blog/${spec.page}`, spec.second, golden.alts)
        await page.close()
        expect(openai.requests).toBe(before)
      },
    )

    test('changes the picture of an edited prompt and no other', async () => {
      const { project, openai, build } = stage
      const before = openai.billed.length
      project.write(spec.fifty, shared('fifty.md').replace('a small boat', 'a small ship'))
      const { output, code } = await build()
      expect(code, output).toBe(0)
      expect(openai.billed).toHaveLength(before + 1)
      const alts = golden.alts.map((alt) => (alt === 'a small boat' ? 'a small ship' : alt))
      const seen = await lookAtBuilt(spec, stage, '/', alts)
      const changed = seen.filter(({ url }, at) => fileOf(url) !== fileOf(shown[at]?.url))
      expect(changed.map(({ alt }) => alt)).toEqual(['a small ship'])
      project.write(spec.fifty, shared('fifty.md'))
    }, 300_000)
  })
  return () => stage
}

function buildOf({ isBoughtBefore, build }: HostSpec, project: HostProject): HostStage['build'] {
  return async (base = '/') => {
    const bought: Ran =
      isBoughtBefore === true
        ? await project.run(['imprompt', 'generate'], {})
        : { code: 0, output: '' }
    if (bought.code !== 0) return bought
    const { code, output } = await project.run(build, { BASE: base })
    return { code, output: bought.output + output }
  }
}

async function lookAtBuilt(
  spec: HostSpec,
  { project, browser }: HostStage,
  base: string,
  alts: readonly string[] = golden.alts,
): Promise<readonly SeenPicture[]> {
  await using server = await serveFolder(project.path(spec.output), base)
  const page = await browser.newPage()
  const seen = await lookAround(page, server.url + spec.page, spec.second, alts)
  await page.close()
  return seen
}

/** Name of a file, which changes with its content. */
function fileOf(url = ''): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** Looks at both pages, and at the first one again, as somebody does who follows links. Answers what that shows. */
async function lookAround(
  page: Page,
  url: string,
  second: HostSpec['second'],
  alts: readonly string[],
): Promise<readonly SeenPicture[]> {
  const trouble = troubleOf(page)
  await page.goto(url, { waitUntil: 'networkidle' })
  await expectPictures(page, 'Fifty pictures', alts)
  await page.click(`a:text-is("${second.link}")`)
  await expectPictures(page, 'Second page', second.alts)
  await page.click('a:text-is("Fifty")')
  const seen = await expectPictures(page, 'Fifty pictures', alts)
  expect(trouble).toEqual([])
  return seen
}

async function expectPictures(
  page: Page,
  heading: string,
  alts: readonly string[],
): Promise<readonly SeenPicture[]> {
  await page.waitForSelector(`h1:has-text("${heading}")`)
  await page.waitForFunction(
    (count) => document.querySelectorAll('img[data-digital-source-type]').length === count,
    alts.length,
  )
  const seen = await picturesOn(page)
  expect(seen.map(({ alt }) => alt)).toEqual(alts)
  expect(seen.filter(({ isLoaded }) => !isLoaded)).toEqual([])
  return seen
}

function keysIn(project: HostProject): readonly string[] {
  const report: { readonly images: readonly { readonly key: string }[] } = JSON.parse(
    project.read('.imprompt/report.json'),
  )
  return report.images.map(({ key }) => key)
}

function toLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
