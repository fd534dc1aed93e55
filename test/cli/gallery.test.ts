import { readFileSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type OpenProject, type Report, openProject } from '@imprompt/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visit } from '../playground/visit.ts'
import { openBrowser } from '../support/browser.ts'
import { type TestProject, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

const tail = 'and the tail that only who asks for it may read'
const prompt = `a red fox ${'in deep snow '.repeat(12)}${tail}`

let project: TestProject
let opened: OpenProject
let report: Report
beforeAll(async () => {
  project = makeProject({
    'imprompt.config.ts': `
      import { defineConfig, sketch } from '@imprompt/core'
      export default defineConfig({ provider: sketch() })`,
    'posts/fox.md': `![gen: ${prompt}](size=300x200, alt="A fox")\n`,
    'posts/hen.md': `![gen: a hen](size=60x90, take=2, alt="A hen")\n\n![gen: a hen](size=60x90, take=2, alt="")\n`,
  })
  opened = await openProject({ folder: project.root, environment: {} })
  report = await build(true)
})
afterAll(() => project[Symbol.dispose]())

/** @param isLazy Whether files for pages wait until somebody asks for them. */
async function build(isLazy: boolean): Promise<Report> {
  const { pipeline, terms, keepReport } = opened
  const built = await pipeline.build(await pipeline.scan(), terms, { isLazy })
  await keepReport(built.report)
  return built.report
}

function cli(...args: readonly string[]): Promise<CliRun> {
  return runCli(project.root, args)
}

function page(name = '.imprompt/report.html'): string {
  return readFileSync(project.path(name), 'utf8')
}

describe('`report --html`', () => {
  test('writes a page with every picture beside the report, where git does not see it', async () => {
    expect(await cli('report', '--html')).toEqual({
      code: 0,
      stdout: 'wrote .imprompt/report.html\n',
      stderr: '',
    })
    expect(readFileSync(project.path('.imprompt/.gitignore'), 'utf8')).toContain('\n/report.html\n')
    const browser = await openBrowser()
    const seen = await visit(browser, pathToFileURL(project.path('.imprompt/report.html')).href)
    await browser.close()
    expect(seen.faults).toEqual([])
    expect(seen.pictures.map(({ file, ...picture }) => [file.slice(0, 23), picture])).toEqual([
      [
        'data:image/avif;base64,',
        { isLoaded: true, alt: 'Picture at posts/fox.md:1:1', width: '300', height: '200' },
      ],
      [
        'data:image/avif;base64,',
        { isLoaded: true, alt: 'Picture at posts/hen.md:1:1', width: '60', height: '90' },
      ],
    ])
    for (const text of ['sketch-1 by sketch', 'posts/hen.md:3:1', 'Take2', 'Bought2', '2 bought'])
      expect(seen.text).toContain(text)
    expect(seen.text).not.toContain(tail)
  })

  test('writes where it is told to what it is asked for, and prints the report as JSON as well', async () => {
    const args = ['report', '--html=page.html', '--prompts', 'full', '--json']
    const { code, stdout } = await cli(...args)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveProperty('totals')
    expect(page('page.html')).toContain(tail)
    const { stdout: line } = await cli('--html', 'report', '--prompts', 'none')
    expect(line).toBe('wrote .imprompt/report.html\n')
    expect(page()).not.toContain('a red fox')
  })

  test('says where it cannot write', async () => {
    const { code, stderr } = await cli('report', '--html', 'no/such/folder/page.html')
    expect(code).toBe(2)
    expect(stderr).toContain(
      `page.html\` was not written, as there is no folder \`${project.path('no/such/folder')}\`; make it`,
    )
  })

  test.for([
    [['report', '--html', '--prompts', 'some'], 'expected none, excerpt, full'],
    [['plan', '--html'], '`--html`, which goes with report'],
  ] as const)('misuse: %j', async ([args, text]) => {
    const { code, stderr } = await cli(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(text)
  })
})

describe('the page of a project', () => {
  test('tells how many bytes a page spares its readers, once a build made its files', async () => {
    expect(await opened.gallery(report, 'excerpt')).not.toContain('on a page')
    const html = await opened.gallery(await build(false), 'excerpt')
    expect(html).toMatch(/kB → [\d.]+ k?B on a page/)
    expect(html).toContain('Bytes saved')
  })

  test('shows nothing of a picture that was bought again since', async () => {
    const images = report.images.map((image) => ({
      ...image,
      original: { sha256: '0'.repeat(64), width: 1, height: 1, bytes: 1 },
    }))
    const html = await opened.gallery({ ...report, images }, 'excerpt')
    expect(html).not.toContain('data:image/avif')
  })

  test('goes without a picture whose entry is damaged, and shows the others', async () => {
    const key = report.images[0]?.key ?? ''
    const path = `.imprompt/images/${key.slice(0, 2)}/${key}.json`
    const whole = readFileSync(project.path(path), 'utf8')
    project.write({ [path]: whole.slice(0, 40) })
    const again = await openProject({ folder: project.root, environment: {} })
    const html = await again.gallery(report, 'excerpt')
    project.write({ [path]: whole })
    expect(html.match(/data:image\/avif/g)).toHaveLength(1)
    expect(html).toContain('The original is not here')
  })

  test('goes without a picture that cannot be read, and names neither store nor home', async () => {
    rmSync(project.path('.imprompt/originals'), { recursive: true })
    rmSync(project.path('.imprompt/derived'), { recursive: true })
    const again = await openProject({ folder: project.root, environment: {} })
    const html = await again.gallery(report, 'excerpt')
    expect(html).toContain('The original is not here')
    expect(html).not.toContain('data:image/avif')
    expect(html).not.toContain(project.root)
    expect(html).not.toContain('.imprompt')
  })
})
