import { expect, test } from 'vitest'
import { makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const config = `import { defineConfig, sketch } from '@imprompt/core'
export default defineConfig({ provider: sketch() })
`
const post = { 'post.md': '![gen: a fox](alt=fox)\n' }
const commonJs = { 'package.json': '{ "type": "commonjs" }\n' }

test.for([
  ['imprompt.config.ts', '{ "type": "module" }'],
  ['imprompt.config.js', '{ "type": "module" }'],
  ['imprompt.config.mts', '{ "type": "commonjs" }'],
  ['imprompt.config.mjs', '{ "type": "commonjs" }'],
] as const)('%s is read in a package of %s', async ([name, manifest]) => {
  using project = makeProject({ ...post, 'package.json': manifest, [name]: config })
  const { stdout, code } = await runCli(project.root, ['plan'])
  expect(stdout).toContain('sketch-1')
  expect(code).toBe(0)
})

test.for(['ts', 'js'] as const)(
  'a .%s that the package makes CommonJS is told with the way out',
  async (ending) => {
    using project = makeProject({ ...post, ...commonJs, [`imprompt.config.${ending}`]: config })
    const { stderr, code } = await runCli(project.root, ['plan'])
    expect(stderr).toContain(`rename it to \`imprompt.config.m${ending}\``)
    expect(stderr).toContain(`\`${project.path('package.json')}\` has \`"type": "commonjs"\``)
    expect(code).toBe(2)
  },
)

test('another mistake of a configuration is not taken for that', async () => {
  using project = makeProject({ ...post, ...commonJs, 'imprompt.config.ts': 'module.exports = {{' })
  const { stderr, code } = await runCli(project.root, ['plan'])
  expect(stderr).toContain('does not load')
  expect(stderr).not.toContain('rename')
  expect(code).toBe(2)
})

test('two configurations side by side are refused, as one would be passed over', async () => {
  const files = { 'imprompt.config.ts': config, 'imprompt.config.js': config }
  using project = makeProject({ ...post, ...files })
  const { stdout, stderr, code } = await runCli(project.root, ['generate'])
  expect(stderr).toContain('`imprompt.config.ts` and `imprompt.config.js` stand side by side')
  expect(stdout).toBe('')
  expect(code).toBe(2)
  const named = await runCli(project.root, ['plan', '--config', 'imprompt.config.js'])
  expect(named.code, named.stderr).toBe(0)
})

test('a configuration that nobody reads is not passed over', async () => {
  using project = makeProject({ ...post, 'imprompt.config.cjs': 'module.exports = {}\n' })
  const { stdout, stderr, code } = await runCli(project.root, ['plan'])
  expect(stderr).toContain(
    `\`${project.path('imprompt.config.cjs')}\` is a configuration that nobody reads`,
  )
  expect(stderr).toContain('`imprompt.config.mjs`')
  expect(stdout).toBe('')
  expect(code).toBe(2)
  project.write({ 'imprompt.config.mjs': config })
  expect((await runCli(project.root, ['plan'])).code).toBe(0)
})

test.for([
  ["{ qualty: 'low' }", '  `qualty`: unknown field `qualty`, did you mean `quality`\n'],
  [
    '{ output: { width: [480] } }',
    '  `output.width`: unknown field `width`, did you mean `widths`\n',
  ],
  ["{ prices: { 'm': { maxUsd: 1 } } }", 'unknown field `maxUsd`, expected `maxMicroUsd`\n'],
  [
    '{ policy: { zzzzzz: 1 } }',
    'unknown field `zzzzzz`, expected `providers`, `models`, `quality`\n',
  ],
  ['{ budget: { build: { lmit: 1 } } }', '`budget.build`: expected dollars'],
] as const)('%s names the field that was probably meant', async ([fields, message]) => {
  using project = makeProject({ ...post, 'imprompt.config.mjs': `export default ${fields}\n` })
  const { stderr, code } = await runCli(project.root, ['plan'])
  expect(stderr).toMatch(/^imprompt\.config\.mjs cannot be used as it is; nothing was bought\n/)
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
