import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { beforeEach, afterEach, expect, test } from 'vitest'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { entryOfBytes } from '../support/entries.ts'
import { requestIn } from '../support/fakes.ts'
import { makeProject, type TestProject } from '../support/project.ts'

const original = Buffer.from('bytes that were paid for')
const entry = entryOfBytes(requestIn('![gen: a fox]()'), original)

let project: TestProject
beforeEach(() => {
  project = makeProject({ 'elsewhere/.keep': '' })
})
afterEach(() => project[Symbol.dispose]())

/** Moves a folder of the store out of it, and leaves a link in its place. */
function moveOut(name: string): string {
  const path = project.path(`.imprompt/${name}`)
  renameSync(path, project.path('elsewhere/moved'))
  symlinkSync(project.path('elsewhere/moved'), path)
  return path
}

test('a folder of entries that is a link out of the store is none of it', async () => {
  const store = fsStore(project.path('.imprompt'))
  await store.keep(entry, original)
  const shard = `images/${entry.key.slice(0, 2)}`
  moveOut(shard)
  const told = { kind: 'unknown', path: `.imprompt/${shard}` }
  expect(await store.keys()).toMatchObject(told)
  expect(await store.entries()).toMatchObject(told)
})

test.for([
  ['images'],
  [`images/${entry.key.slice(0, 2)}`],
  [`originals/${entry.original.sha256.slice(0, 2)}`],
  ['ledger'],
  ['ledger/2026-11'],
  ['quarantine'],
] as const)('a purchase is stopped before it is made where %s is a link', async ([name]) => {
  const store = fsStore(project.path('.imprompt'))
  await store.keep(entry, original)
  mkdirSync(project.path(`.imprompt/${name}`), { recursive: true })
  expect(await store.writeObstacle(1)).toBeUndefined()
  const path = moveOut(name)
  expect(await store.writeObstacle(1)).toContain(`\`${path}\` is a link, and nothing is written`)
})

test.for(
  ['images', 'originals/ab', 'ledger', 'journal', 'claims', 'refusals'].map(
    (name) => [name] as const,
  ),
)(
  'a purchase is stopped before it is made where a file stands in the place of %s',
  async ([name]) => {
    const path = project.path(`.imprompt/${name}`)
    mkdirSync(path, { recursive: true })
    rmSync(path, { recursive: true })
    writeFileSync(path, '')
    const store = fsStore(project.path('.imprompt'))
    expect(await store.writeObstacle(1)).toBe(`\`${path}\` is no folder; move it away`)
  },
)

test('a store that is a link itself is one all the same', async () => {
  mkdirSync(project.path('elsewhere/store'))
  symlinkSync(project.path('elsewhere/store'), project.path('.imprompt'))
  const store = fsStore(project.path('.imprompt'))
  expect(await store.writeObstacle(1)).toBeUndefined()
  await store.keep(entry, original)
  expect(await store.original(entry)).toEqual({ kind: 'hit', value: original })
  expect(await store.keys()).toEqual({ kind: 'hit', value: [entry.key] })
})
