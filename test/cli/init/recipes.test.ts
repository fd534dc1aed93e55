import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
async function exportedBy(recipe: string): Promise<unknown> {
  project.write({ 'host.config.mjs': recipe })
  const module: { readonly default: unknown } = await import(
    pathToFileURL(project.path('host.config.mjs')).href
  )
  return module.default
}

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

test('the lines for Eleventy pass Markdown through pictures', async () => {
  const preprocessors: unknown[] = []
  const addPreprocessor = (...args: readonly unknown[]): number => preprocessors.push(...args)
  await call(await exportedBy(recipes.eleventy), { addPreprocessor })
  expect(preprocessors.slice(0, 2)).toEqual(['imprompt', 'md'])
  const page = { inputPath: './post.md' }
  expect(await call(preprocessors[2], { page }, post)).toMatch(picture)
  expect(existsSync(project.path('_site/pictures'))).toBe(true)
})

test('the lines for Nuxt Content do, and name what is shown in what its cache is keyed by', async () => {
  vi.stubGlobal('defineNuxtConfig', (config: unknown) => config)
  const config = await exportedBy(recipes.nuxt)
  const file = { body: post, path: project.path('post.md') }
  await call(read(config, 'hooks', 'content:file:beforeParse'), { file })
  expect(file.body).toMatch(picture)
  expect(read(config, 'content', 'build', 'markdown', 'pictures')).toMatch(/^[0-9a-f]{64}$/)
})

test('the lines for Docusaurus do at once, and put what is shown into the version of its cache', async () => {
  const config = await call(await exportedBy(recipes.docusaurus))
  const filePath = project.path('post.md')
  const text = call(read(config, 'markdown', 'preprocessor'), { filePath, fileContent: post })
  expect(text).toMatch(/# A post\n\n!\[Fox\]\(\/pictures\/fox-512-\w+\.jpg\)/)
  const configure = read(call(read(config, 'plugins', '0')), 'configureWebpack')
  expect(call(configure, { cache: { type: 'filesystem', version: '1' } })).toEqual({
    cache: { type: 'filesystem', version: expect.stringMatching(/^1 [0-9a-f]{64}$/) },
  })
  expect(call(configure, { cache: true })).toEqual({})
})

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
