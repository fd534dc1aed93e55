import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { installHost } from '../support/hosts/host-project.ts'
import { startOpenAi } from '../support/openai-server.ts'

const shared = (name: string): string =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')

/** A host's project from which our line was taken out. */
interface Unwired {
  readonly name: string
  readonly config: string
  readonly unwire: (config: string) => string
  /** Where the fifty directives go. */
  readonly fifty: string
  readonly build: readonly string[]
  readonly output: string
}

const withoutPlugin = (config: string): string =>
  config.replace(/^import imprompt .*\n/m, '').replace(/imprompt\(\),?\s*/, '')

const withoutCall = (config: string): string =>
  config
    .replace(/^import \{ withImprompt \}.*\n/m, '')
    .replace(/withImprompt\(\s*([^]*?),?\s*\)\n$/, '$1\n')

test.for<Unwired>([
  {
    name: 'vite-8',
    config: 'vite.config.js',
    unwire: withoutPlugin,
    fifty: 'src/posts/fifty.md',
    build: ['vite', 'build'],
    output: 'dist',
  },
  {
    name: 'mdx',
    config: 'vite.config.js',
    unwire: withoutPlugin,
    fifty: 'src/posts/fifty.mdx',
    build: ['vite', 'build'],
    output: 'dist',
  },
  {
    name: 'sveltekit',
    config: 'vite.config.js',
    unwire: withoutPlugin,
    fifty: 'src/routes/+page.svx',
    build: ['vite', 'build'],
    output: 'build',
  },
  {
    name: 'astro',
    config: 'astro.config.mjs',
    unwire: withoutPlugin,
    fifty: 'src/content/posts/fifty.md',
    build: ['astro', 'build'],
    output: 'dist',
  },
  {
    name: 'vitepress',
    config: 'docs/.vitepress/config.js',
    unwire: withoutCall,
    fifty: 'docs/index.md',
    build: ['vitepress', 'build', 'docs'],
    output: 'docs/.vitepress/dist',
  },
])(
  'a project of $name is ready after `imprompt init --yes`',
  { timeout: 600_000 },
  async (host) => {
    await using openAi = await startOpenAi()
    using project = installHost(host)
    const { name, config, fifty, build, output } = host
    const bare = host.unwire(project.read(config))
    expect(bare).not.toMatch(/imprompt/i)
    project.write(config, bare)
    project.write(fifty, shared('fifty.md'))
    project.write('imprompt.config.ts', shared('imprompt.config.ts'))
    project.write(
      '.env.local',
      `OPENAI_API_KEY=sk-test-1234567890\nOPENAI_BASE_URL=${openAi.url}\n`,
    )
    const ready = await project.run(['imprompt', 'init', '--yes'], {})
    expect(ready.code, ready.output).toBe(0)
    const lines = project.read(config).split('\n')
    // A list on one line, and what is put into a call, are the lines that change.
    const changed = bare.split('\n').filter((line) => !lines.includes(line))
    expect(changed.length, `${name}: ${changed.join('\n')}`).toBeLessThanOrEqual(2)

    const built = await project.run(build, {})
    expect(built.code, built.output).toBe(0)
    expect(built.output.match(/\d+ images? from \d+ directives?/g), built.output).toHaveLength(1)
    const files = readdirSync(project.path(output), { recursive: true, encoding: 'utf8' })
    const texts = files
      .filter((file) => /\.(?:html|js)$/.test(file))
      .map((file) => project.read(`${output}/${file}`))
    expect(texts.some((text) => text.includes('data-digital-source-type'))).toBe(true)
    expect(files.some((file) => file.endsWith('.avif'))).toBe(true)

    const again = await project.run(['imprompt', 'init'], {})
    expect(again.code, again.output).toBe(0)
    expect(again.output).toMatch(/\n(?:all is|all that can be written is) there already\n/)
  },
)
