import { readdirSync, rmSync } from 'node:fs'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { manifestOf, runIn, viteProject } from '../../support/init-project.ts'
import { makeProject } from '../../support/project.ts'

/** Lines that are shown below what is to be done by hand. */
function linesIn(stdout: string, file: string): readonly string[] {
  const [, rest = ''] = stdout.split(`by hand  ${file}: `)
  const [, lines = ''] = /^.*\n((?:(?: {4}.*)?\n)+)/.exec(rest) ?? []
  return lines.trim().split(/\n */)
}

test('a configuration of Vite in CommonJS is told how to load a module, and then builds', async () => {
  using project = viteProject({ 'vite.config.cjs': 'module.exports = {}\n' })
  rmSync(project.path('vite.config.ts'))
  const { code, stdout } = await runIn(project, 'init', '--yes')
  expect(code).toBe(0)
  expect(stdout).toContain('by hand  vite.config.cjs: it is CommonJS, which is not edited\n')
  const [load = '', , field = ''] = linesIn(stdout, 'vite.config.cjs')
  expect(load).toBe("const { default: imprompt } = require('vite-plugin-imprompt')")
  const config = `${load}\nmodule.exports = { ${field.replace(', …', '')} }\n`
  project.write({ 'vite.config.cjs': config, 'post.md': '![gen: a fox](alt=Fox)\n' })
  expect((await runIn(project, 'init')).stdout).toContain('there    vite.config.cjs\n')
  await expect(
    build({ root: project.root, logLevel: 'silent', configFile: project.path('vite.config.cjs') }),
  ).rejects.toMatchObject({ message: expect.stringContaining('OPENAI_API_KEY') })
  project.write({ 'post.md': '# A post\n' })
  await build({ root: project.root, logLevel: 'silent' })
  expect(readdirSync(project.path('dist'))).toContain('index.html')
})

test.for<[string, string, string, readonly string[]]>([
  [
    'vitepress',
    'docs/.vitepress/config.js',
    'it is CommonJS, which is not edited',
    [
      "const { withImprompt } = require('markdown-it-imprompt/vitepress')",
      'module.exports = withImprompt({ … })',
    ],
  ],
  [
    '@11ty/eleventy',
    '.eleventy.js',
    'what compiles Markdown there is to go through pictures',
    [
      "const { resolve } = require('node:path')",
      "const { openPictures } = require('@imprompt/core')",
      'module.exports = function (eleventyConfig) {',
    ],
  ],
  [
    '@docusaurus/core',
    'docusaurus.config.js',
    'what compiles Markdown there is to go through pictures',
    [
      "const { createRequire } = require('node:module')",
      "const { openPictures } = createRequire(__filename)('@imprompt/core')",
      'module.exports = async function config() {',
    ],
  ],
])('%s in CommonJS is shown lines of CommonJS', async ([host, file, reason, expected]) => {
  using project = makeProject({
    'package.json': manifestOf(host),
    [file]: 'module.exports = { title: "Docs" }\n',
  })
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(stdout).toContain(`by hand  ${file}: ${reason}\n`)
  const lines = linesIn(stdout, file)
  expect(lines).toEqual(expect.arrayContaining([...expected]))
  expect(lines.join('\n')).not.toMatch(/^import |^export |import\.meta/m)
  project.write({ [file]: lines.join('\n').replace('{ … }', '{}') })
  expect((await runIn(project, 'init')).stdout).toContain(`there    ${file}\n`)
})

test.for<[string, string, string]>([
  ['vitepress build', '.vitepress/config.mjs', '.mjs beside JavaScript'],
  ['vitepress build docs', 'docs/.vitepress/config.mjs', 'the folder that a script builds'],
])('%s without a configuration is shown a whole one for %s: %s', async ([script, file]) => {
  using project = makeProject({
    'package.json': JSON.stringify({
      scripts: { build: script },
      devDependencies: { vitepress: '^1.6.0' },
    }),
  })
  const { code, stdout } = await runIn(project, 'init', '--yes')
  expect(code).toBe(0)
  expect(linesIn(stdout, file).filter((line) => line !== '')).toEqual([
    "import { defineConfig } from 'vitepress'",
    "import { withImprompt } from 'markdown-it-imprompt/vitepress'",
    'export default withImprompt(defineConfig({}))',
  ])
  project.write({ [file]: linesIn(stdout, file).join('\n') })
  expect((await runIn(project, 'init')).stdout).toContain(`there    ${file}\n`)
})

test.for<[string, Readonly<Record<string, string>>]>([
  ['eleventy.config.js', { 'package.json': manifestOf('@11ty/eleventy') }],
  [
    'eleventy.config.mjs',
    { 'package.json': JSON.stringify({ devDependencies: { '@11ty/eleventy': '^3.0.0' } }) },
  ],
  ['nuxt.config.ts', { 'package.json': JSON.stringify({ dependencies: { nuxt: '^4.0.0' } }) }],
])('what is to be written into a file that is not there names it: %s', async ([file, files]) => {
  using project = makeProject(files)
  expect((await runIn(project, 'init', '--yes')).stdout).toMatch(
    new RegExp(`\nby hand  ${file}: no configuration of \\w+ was found; write it\n    import `),
  )
})

test.for<[string, Readonly<Record<string, string>>]>([
  ['imprompt.config.ts', { 'vite.config.ts': 'export default {}\n' }],
  ['imprompt.config.js', { 'vite.config.js': 'export default {}\n' }],
  ['imprompt.config.ts', { 'vite.config.js': 'export default {}\n', 'tsconfig.json': '{}' }],
  ['imprompt.config.mts', { 'package.json': '{}', 'vite.config.mts': 'export default {}\n' }],
  ['imprompt.config.mjs', { 'package.json': '{}', 'vite.config.mjs': 'export default {}\n' }],
  [
    'imprompt.config.ts',
    {
      'package.json': manifestOf('vitepress'),
      'docs/.vitepress/config.mts': 'export default {}\n',
    },
  ],
])('the configuration is in the language of the project: %s', async ([name, files]) => {
  using project = makeProject({ 'package.json': manifestOf('vite'), ...files })
  expect((await runIn(project, 'init', '--yes')).stdout).toContain(`wrote ${name}; commit it\n`)
})
