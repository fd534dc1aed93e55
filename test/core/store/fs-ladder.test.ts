import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { RequestHash } from '../../../packages/core/src/ports.ts'
import { fsLadder } from '../../../packages/core/src/store/claim/fs-ladder.ts'
import { isGone, thisProcess } from '../../../packages/core/src/store/claim/holder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imprompt-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const request: RequestHash = (() => {
  const hash = readRequestHash('a'.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
})()
const holder = thisProcess()

test('lets one of many have a generation', async () => {
  const ladder = fsLadder(folder)
  for (let generation = 1; generation <= 10; generation += 1) {
    const climbs = Array.from({ length: 24 }, () => ladder.climb(request, generation, holder))
    const won = (await Promise.all(climbs)).filter(Boolean)
    expect(won).toHaveLength(1)
  }
  expect((await ladder.top(request))?.generation).toBe(10)
})

test('tells who claims a request, signs of life and the end', async () => {
  const ladder = fsLadder(folder)
  expect(await ladder.top(request)).toBeUndefined()
  await ladder.climb(request, 1, holder)
  expect(await ladder.top(request)).toMatchObject({
    generation: 1,
    holder,
    isOver: false,
    beat: '',
  })
  await ladder.beat(request, 1, 7)
  expect(await ladder.top(request)).toMatchObject({ beat: '7', isOver: false })
  await ladder.end(request, 1)
  expect(await ladder.top(request)).toMatchObject({ isOver: true })
  await ladder.climb(request, 2, holder)
  expect(await ladder.top(request)).toMatchObject({ generation: 2, isOver: false })
  await ladder.clear(request)
  expect(existsSync(join(folder, 'claims', request))).toBe(false)
})

test('counts an age by the stamps of its own file system', async () => {
  const ladder = fsLadder(folder)
  await ladder.climb(request, 1, holder)
  const path = join(folder, 'claims', request, '1')
  const hourAgo = new Date(Date.now() - 3_600_000)
  utimesSync(path, hourAgo, hourAgo)
  const age = (await ladder.top(request))?.ageMs ?? 0
  expect(age).toBeGreaterThan(3_599_000)
  await ladder.beat(request, 1, 1)
  expect((await ladder.top(request))?.ageMs).toBeLessThan(3_000_000)
})

test('takes a claim that it cannot read for one of nobody known', async () => {
  const ladder = fsLadder(folder)
  await ladder.climb(request, 1, holder)
  writeFileSync(join(folder, 'claims', request, '1'), '')
  expect(await ladder.top(request)).toMatchObject({ generation: 1, holder: undefined })
  expect(await ladder.climb(request, 1, holder)).toBe(false)
})

test('knows a process that is gone, and says nothing of other machines', () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  expect(isGone({ ...holder, pid })).toBe(true)
  expect(isGone({ ...holder, pid, machine: 'another' })).toBe(false)
  expect(isGone(holder)).toBe(false)
})
