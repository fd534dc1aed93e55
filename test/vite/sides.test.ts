import { readFileSync } from 'node:fs'
import { type InlineConfig, type Plugin, build, createLogger } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { expect, test } from 'vitest'
import { makeProject } from '../support/project.ts'
import { rawSite } from '../support/sites.ts'

const config = `import { sketch } from '@imprompt/core'
export default { provider: sketch(), mode: 'generate' }`

/** A project, and what two builds of it with one plugin told. */
function siteOfTwoSides(): ReturnType<typeof makeProject> {
  return makeProject({
    ...rawSite,
    'server.js': `import post from './post.md?raw'\nexport const render = () => post\n`,
    'post.md': '![gen: a red fox](size=64x64)\n',
    'imprompt.config.ts': config,
  })
}

test.for([
  ['one plugin', (plugin: Plugin) => () => plugin],
  ['two plugins', () => imprompt],
] as const)('a site of two sides that %s build is bought and reported once', async ([, of]) => {
  using project = siteOfTwoSides()
  const told: string[] = []
  const customLogger = { ...createLogger(), info: (line: string) => void told.push(line) }
  const plugin = of(imprompt())
  const side = (): InlineConfig => ({ root: project.root, customLogger, plugins: [plugin()] })
  await build({ ...side(), build: { outDir: 'dist/client' } })
  await build({ ...side(), build: { outDir: 'dist/server', ssr: 'server.js' } })
  expect(told.filter((line) => line.includes('1 image from 1 directive'))).toHaveLength(1)
  const server = readFileSync(project.path('dist/server/server.js'), 'utf8')
  const [, url = ''] = /src=\\?"\/([^"\\]+)/.exec(server) ?? []
  expect(readFileSync(project.path(`dist/client/${url}`)).length).toBeGreaterThan(0)

  await build({ ...side(), build: { outDir: 'dist/client' } })
  expect(told.filter((line) => line.includes('1 image from 1 directive'))).toHaveLength(2)
})

test('a framework that quiets Vite has the report in its own log', async () => {
  using project = siteOfTwoSides()
  const told: string[] = []
  const logger = { info: (line: string) => void told.push(line), warn: () => {} }
  const framework = { name: 'framework', config: () => ({ vitepress: { logger } }) }
  await build({ root: project.root, logLevel: 'silent', plugins: [imprompt(), framework] })
  expect(told.join('\n')).toContain('1 image from 1 directive')
})
