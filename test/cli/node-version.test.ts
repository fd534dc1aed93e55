import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { nodeFault } from '../../packages/cli/src/node-version.ts'
import { olderNode } from '../support/older-node.ts'
import { testWhereAllowed } from '../support/skip.ts'

const cli = fileURLToPath(new URL('../../packages/cli/', import.meta.url))

test.for(['18.20.0', '20.20.2', '22.17.9', '23.11.0'])('Node %s is too old', (version) => {
  expect(nodeFault(version)).toBe(
    `imprompt needs Node ^22.18 || >=24, and this is Node ${version}; nothing was read or bought`,
  )
})

test.for(['22.18.0', '22.20.1', '24.0.0', '25.1.0'])('Node %s will do', (version) => {
  expect(nodeFault(version)).toBeUndefined()
})

test('the package says the same', () => {
  const { engines } = JSON.parse(readFileSync(`${cli}package.json`, 'utf8'))
  expect(engines).toEqual({ node: '^22.18.0 || >=24.0.0' })
})

test('nothing else is loaded before that is told', () => {
  const text = readFileSync(`${cli}dist/bin.js`, 'utf8')
  expect([...text.matchAll(/^import .* from '(.+)'/gm)].map(([, path]) => path)).toEqual([
    './node-version.js',
  ])
})

testWhereAllowed(olderNode === undefined ? 'there is no older Node' : undefined)(
  'an older Node tells in a line what it lacks',
  () => {
    const { status, stderr } = spawnSync(olderNode ?? '', [`${cli}dist/bin.js`, 'plan'], {
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/^imprompt needs Node .*\n$/)
    expect(status).toBe(2)
  },
)
