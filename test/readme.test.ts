import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from './support/openai-server.ts'
import { type TestProject, credentials, makeProject } from './support/project.ts'
import { runCli } from './support/run-cli.ts'
import { rawSite } from './support/sites.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(`${repository}/README.md`, 'utf8')

interface Block {
  readonly language: string
  readonly text: string
}

const blocks: readonly Block[] = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({ language, text }),
)

const textOf = (language: string, start = ''): string =>
  blocks.find((block) => block.language === language && block.text.startsWith(start))?.text ?? ''

let openAi: OpenAiDouble
let project: TestProject
beforeAll(async () => {
  openAi = await startOpenAi()
  project = makeProject({
    ...rawSite,
    'main.js': rawSite['main.js'].replace('./post.md', './posts/walk.md'),
    'posts/walk.md': textOf('md'),
    '.env.local': credentials(openAi.url),
  })
})
afterAll(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

describe('the README', () => {
  test('shows what the plan of its post prints', async () => {
    const [command = '', ...printed] = textOf('console').split('\n')
    const { stdout } = await runCli(project.root, command.replace('$ npx imprompt ', '').split(' '))
    expect(stdout).toBe(printed.join('\n'))
  })

  test('shows what an estimate prints', async () => {
    const [command = '', ...printed] = textOf('console', '$ npx imprompt estimate').split('\n')
    const { stdout } = await runCli(project.root, command.replace('$ npx imprompt ', '').split(' '))
    expect(stdout).toBe(printed.join('\n'))
  })

  test('shows the page that its post becomes', async () => {
    const { root } = project
    const { default: imprompt } = await import('vite-plugin-imprompt')
    await build({ root, logLevel: 'silent', plugins: [imprompt()], build: { minify: false } })
    const output = readFileSync(
      `${root}/dist/${/assets\/index-[\w-]+\.js/.exec(readFileSync(`${root}/dist/index.html`, 'utf8'))?.[0]}`,
      'utf8',
    )
    const [, literal = '""'] = /(?:=|default) ("# A walk.*");?$/m.exec(output) ?? []
    const markdown: string = JSON.parse(literal)
    const picture = /<picture>.*<\/picture>/.exec(markdown)?.[0] ?? ''
    const withoutHashes = picture
      .replaceAll(/(-\d+)-[\w-]{8}(\.\w+)/g, '$1$2')
      .replace(/base64,[^)]+/, 'base64,…')
    expect(textOf('html')).toBe(`<h1>A walk to the point</h1>\n<p>${withoutHashes}</p>\n`)
  })

  test.for(
    textOf('sh', 'npx imprompt')
      .trim()
      .split('\n')
      .map((line) => [line] as const),
  )('names a command that works: %s', async ([line]) => {
    const { code, stderr } = await runCli(
      project.root,
      line.replace('npx imprompt ', '').split(' '),
    )
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test.for(
    blocks
      .filter(({ language, text }) => language === 'ts' && text.includes('@imprompt/core'))
      .map(({ text }, index) => [index, text] as const),
  )('shows a configuration that is valid: %i', async ([, text]) => {
    using other = makeProject({ 'imprompt.config.ts': text })
    const { code, stderr } = await runCli(other.root, ['plan'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test.for([
    ['ts', '// vite.config.ts', 'vite.config.ts'],
    ['js', '// render.js', 'render.js'],
    ['js', '// render-by-markdown-it.js', 'render-by-markdown-it.js'],
    ['js', '// rewrite.js', 'rewrite.js'],
  ] as const)('shows a module that loads: %s %s', async ([language, start, name]) => {
    project.write({ [name]: textOf(language, start) })
    const module: object = await import(pathToFileURL(project.path(name)).href)
    expect(Object.keys(module)).not.toEqual([])
  })

  test('names the two commands of a fresh clone, and scripts that there are', () => {
    const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(`${repository}/package.json`, 'utf8'),
    )
    const commands = textOf('sh', 'npx pnpm@12').trim().split('\n')
    expect(commands).toEqual(['npx pnpm@12 demo', 'npx pnpm@12 test'])
    for (const command of commands)
      expect(scripts).toHaveProperty(command.replace('npx pnpm@12 ', ''))
  })

  test('names every attribute, option and exit code', async () => {
    const { rules } = await import('../packages/core/src/request/attributes.ts')
    for (const name of rules.keys()) expect(readme, name).toContain(`\`${name}\``)
    const listed = /Exit codes: (.*?)\.\n/s.exec(readme)?.[1] ?? ''
    const codes = listed.split('·').map((one) => Number(one.trim().split(/\s/)[0]))
    expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
