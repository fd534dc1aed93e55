import { hash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type OpenProject, openProject } from '@imprompt/core'
import { type Plugin, build } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { compare } from './measure.ts'
import { documentOf } from './prose.ts'

const pageCount = 200
const imageCount = 100

let project: TestProject
let opened: OpenProject

beforeAll(async () => {
  project = makeProject(site())
  opened = await open()
  const { report } = await runPipeline()
  expect(report.totals).toMatchObject({ images: imageCount, bought: imageCount })
})

afterAll(() => project[Symbol.dispose]())

test('a warm pipeline of 100 images, against reading what it must vouch for', async () => {
  const { pipeline, terms } = opened
  const { report } = await runPipeline()
  expect(report.totals).toMatchObject({ stored: imageCount, requests: 0, encoded: 0 })
  const scanned = await pipeline.scan()
  const files = filesBelow(project.path('.imprompt/derived')).length
  const limit = {
    name: `read + SHA-256 of the originals, read of ${files} derivatives`,
    run: readStore,
  }
  await compare({ name: 'warm scan() + build() of 100 images', run: runPipeline }, [limit], 9)
  await compare(
    { name: 'warm build() alone', run: () => pipeline.build(scanned, terms) },
    [limit],
    9,
  )
  await compare(
    { name: 'warm forecast()', run: () => pipeline.forecast(scanned, terms) },
    [{ name: 'read + SHA-256 of the originals', run: readOriginals }],
    9,
  )
})

test('a warm Vite build of 200 pages, against the same without the plugin', async () => {
  await viteBuild([imprompt()])
  const { totals } = opened.lastReport() ?? {}
  expect(totals).toMatchObject({ stored: imageCount, requests: 0, encoded: 0 })
  await compare({ name: 'warm Vite build of 200 pages', run: () => viteBuild([imprompt()]) }, [
    { name: 'the same without the plugin', run: () => viteBuild([]) },
    {
      name: 'the same with a plugin that only emits the files',
      run: () => viteBuild([emitDerivatives()]),
    },
  ])
})

function open(): Promise<OpenProject> {
  return openProject({ folder: project.root, environment: {} })
}

/** Opens the project anew, as each build does: a pipeline remembers the texts that it has parsed. */
async function runPipeline() {
  const { pipeline, terms } = await open()
  return pipeline.build(await pipeline.scan(), terms)
}

function readStore(): number {
  return readOriginals() + filesBelow(project.path('.imprompt/derived')).map(read).length
}

function readOriginals(): number {
  return filesBelow(project.path('.imprompt/originals')).map((path) => hash('sha256', read(path)))
    .length
}

async function viteBuild(plugins: readonly Plugin[]): Promise<void> {
  await build({ root: project.root, logLevel: 'silent', plugins: [...plugins, pages()] })
}

/** Pages as modules that hold their source: a compiler would make our share of a build look smaller. */
function pages(): Plugin {
  return {
    name: 'pages',
    transform: {
      filter: { id: /\.md$/ },
      handler: (code) => `export default ${JSON.stringify(code)}`,
    },
  }
}

function emitDerivatives(): Plugin {
  return {
    name: 'emit-derivatives',
    buildStart() {
      for (const path of filesBelow(project.path('.imprompt/derived')))
        if (!path.endsWith('.css'))
          this.emitFile({ type: 'asset', name: `picture${extname(path)}`, source: read(path) })
    },
  }
}

function read(path: string): Uint8Array {
  return readFileSync(path)
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function site(): Readonly<Record<string, string>> {
  const sources = Array.from({ length: pageCount }, (_none, index) => {
    const text = documentOf(index, 4_000)
    const isIllustrated = index % (pageCount / imageCount) === 0
    const directive = `\n![gen: lighthouse no. ${index}, gouache](size=384x256)\n`
    return [`pages/page-${index}.md`, isIllustrated ? text + directive : text] as const
  })
  return {
    'imprompt.config.js': `import { defineConfig, sketch } from '@imprompt/core'
export default defineConfig({ provider: sketch(), output: { widths: [192] } })
`,
    'index.html':
      '<!doctype html><html lang="en"><title>Site</title><script type="module" src="/main.js"></script>',
    'main.js': `const pages = import.meta.glob('./pages/*.md')
for (const load of Object.values(pages)) console.log((await load()).default)
`,
    ...Object.fromEntries(sources),
  }
}
