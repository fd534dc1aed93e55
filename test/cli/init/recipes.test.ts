import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asCommonJs } from '../../../packages/cli/src/init/module-form.ts'
import { recipes } from '../../../packages/cli/src/init/recipes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { runCli } from '../../support/run-cli.ts'

const repository = process.cwd()

const post = '# A post\n\n![gen: a fox](size=512x512, alt=Fox)\n'

let project: TestProject
beforeEach(async () => {
  project = makeProject({
    'imprompt.config.js':
      "import { defineConfig, sketch } from '@imprompt/core'\nexport default defineConfig({ provider: sketch() })\n",
    'post.md': post,
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  process.chdir(project.root)
})
afterEach(() => {
  process.chdir(repository)
  vi.unstubAllGlobals()
  project[Symbol.dispose]()
})

/** What a configuration exports that holds a recipe and nothing else. */
async function exportedBy(recipe: string, name = 'host.config.mjs'): Promise<unknown> {
  project.write({ [name]: recipe })
  const module: { readonly default: unknown } = await import(pathToFileURL(project.path(name)).href)
  return module.default
}

/** The forms in which a configuration may be written. */
const forms = [
  ['a module', 'host.config.mjs', (lines: string) => lines],
  ['CommonJS', 'host.config.cjs', asCommonJs],
] as const

const read = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (one, name) => (typeof one === 'object' && one !== null ? Reflect.get(one, name) : undefined),
    value,
  )

function call(value: unknown, ...args: readonly unknown[]): unknown {
  if (typeof value !== 'function') throw new Error('no function')
  const answer: unknown = Reflect.apply(value, undefined, args)
  return answer
}

const picture = /# A post\n\n<picture>.*src="\/pictures\/fox-512-\w+\.jpg".*alt="Fox"/

/** Keeps what is handed to it, such as the listeners that a configuration registers. */
function keeper(): {
  readonly kept: Map<unknown, unknown>
  keep(...args: readonly unknown[]): void
} {
  const kept = new Map<unknown, unknown>()
  return { kept, keep: (...args) => kept.set(args[0], args.at(-1)) }
}

test.for(forms)(
  'the lines for Eleventy pass Markdown through pictures in %s',
  async ([, name, as]) => {
    const { kept, keep } = keeper()
    await call(await exportedBy(as(recipes.eleventy), name), { on: keep, addPreprocessor: keep })
    const directories = { output: './_site/' }
    await call(kept.get('eleventy.before'), { directories, runMode: 'build' })
    const data = { page: { inputPath: './post.md' }, cover: { gen: 'a fox', size: '512x512' } }
    expect(await call(kept.get('imprompt'), data, post)).toMatch(picture)
    expect(data.cover).toMatch(/^\/pictures\/a-fox-512-\w+\.jpg$/)
    expect(existsSync(project.path('_site/pictures'))).toBe(true)
  },
)

test('the lines for Nuxt Content do, and name what is shown in what its cache is keyed by', async () => {
  vi.stubGlobal('defineNuxtConfig', (config: unknown) => config)
  const open = read(await exportedBy(recipes.nuxt), 'modules', '0')
  const { kept, keep } = keeper()
  await call(open, {}, { options: { _prepare: true }, hook: keep })
  expect(kept.size).toBe(0)
  const options = { app: { baseURL: '/' }, content: { build: { markdown: { toc: {} } } } }
  await call(open, {}, { options, hook: keep })
  const file = { body: post, path: project.path('post.md'), extension: '.md' }
  await call(kept.get('content:file:beforeParse'), { file })
  expect(file.body).toMatch(picture)
  const pictures: unknown = expect.stringMatching(/^[0-9a-f]{64}$/)
  expect(options.content.build.markdown).toEqual({ toc: {}, pictures })
})

test.for(forms)(
  'the lines for Docusaurus do at once, and are in the version of its cache, in %s',
  async ([, name, as]) => {
    const config = await call(await exportedBy(as(recipes.docusaurus), name))
    const filePath = project.path('post.md')
    const text = call(read(config, 'markdown', 'preprocessor'), { filePath, fileContent: post })
    expect(text).toMatch(/# A post\n\n<picture>.*src=\{"\/pictures\/fox-512-\w+\.jpg"\}/)
    const configure = read(call(read(config, 'plugins', '0')), 'configureWebpack')
    const version: unknown = expect.stringMatching(/^1-[0-9a-f]{64}$/)
    expect(call(configure, { cache: { type: 'filesystem', version: '1' } })).toEqual({
      cache: { version },
    })
    const experiments = { cache: { type: 'persistent', version: '1' } }
    expect(call(configure, { cache: true, experiments })).toEqual({
      experiments: { cache: { version } },
    })
  },
)

test('the line for unified shows pictures', async () => {
  const [line = '', use = ''] = recipes.unified.split('\n\n')
  const plugin = await exportedBy(`${line}\nexport default (processor) => ${use}`)
  const processor = unified().use(remarkParse)
  call(plugin, processor)
  const tree = await processor.run(processor.parse(post), { path: project.path('post.md') })
  expect(JSON.stringify(tree)).toContain('/pictures/fox-512-')
})

test.for(['eleventy', 'nuxt', 'docusaurus'] as const)('the README has the lines for %s', (name) => {
  expect(readFileSync(`${repository}/README.md`, 'utf8')).toContain(`\n${recipes[name]}\`\`\`\n`)
})

test.for([
  ['eleventy', 'eleventy/eleventy.config.js'],
  ['nuxt', 'nuxt-content/nuxt.config.ts'],
  ['docusaurus', 'docusaurus/docusaurus.config.js'],
] as const)('a site of %s that is built and looked at has the lines', ([name, file]) => {
  const built = readFileSync(`${repository}/test/hosts/${file}`, 'utf8').split('\n')
  const lines = recipes[name].split('\n').filter((line) => !line.startsWith('const baseUrl'))
  expect(built.filter((line) => lines.includes(line))).toEqual(expect.arrayContaining(lines))
})
