import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { nodeFault as faultOfCli } from '../../packages/cli/src/node-version.ts'
import { nodeFault } from '../../packages/core/src/node-version.ts'
import { olderNode } from '../support/older-node.ts'
import { testWhereAllowed } from '../support/skip.ts'

const packages = new URL('../../packages/', import.meta.url)

test.for(['18.20.0', '20.20.2', '22.17.9', '22.18.0', '23.11.0', '24.0.0', '25.1.0'])(
  'packages and the command line say the same of Node %s',
  (version) => {
    expect(nodeFault(version)).toBe(faultOfCli(version))
  },
)

test.for(['index', 'provider/contract/index'])('%s loads that before anything else', (door) => {
  const text = readFileSync(new URL(`core/src/${door}.ts`, packages), 'utf8')
  expect(text).toMatch(/^import '(?:\.\/|\.\.\/\.\.\/)node-version\.ts'\n/)
})

describe('under an older Node', () => {
  const runs = testWhereAllowed(olderNode === undefined ? 'there is no older Node' : undefined)

  runs.for([
    'core/dist/index.js',
    'core/dist/provider/contract/index.js',
    'vite/dist/index.js',
    'remark/dist/index.js',
    'markdown-it/dist/index.js',
    'markdown-it/dist/vitepress.js',
    'astro/dist/index.js',
  ])('%s says what it needs', (door) => {
    const path = JSON.stringify(new URL(door, packages).href)
    const script = `import(${path}).catch(({ code, message }) => console.log(code, message))`
    const { stdout } = spawnSync(olderNode ?? '', ['-e', script], { encoding: 'utf8' })
    expect(stdout).toMatch(
      /^NODE_UNSUPPORTED imprompt needs Node \^22\.18 \|\| >=24, and this is Node \d+\.\S+; nothing was read or bought\n$/,
    )
  })

  runs('a build of Vite ends with it', () => {
    const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url))
    const cwd = fileURLToPath(new URL('../../playground', import.meta.url))
    const { status, stderr } = spawnSync(olderNode ?? '', [vite, 'build'], {
      cwd,
      encoding: 'utf8',
    })
    expect(stderr).toContain('imprompt needs Node ^22.18 || >=24')
    expect(stderr).not.toContain('groupBy')
    expect(status).toBe(1)
  })
})
