import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Clock } from '../../../packages/core/src/ports.ts'
import { thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import { lookAtClaims } from '../../../packages/core/src/upkeep/gc/claims-here.ts'
import { age, writeAged } from '../../support/git-project.ts'
import { makeProject } from '../../support/project.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

const name = 'a'.repeat(64)
const never = new AbortController().signal

/** A folder with a claim whose last sign of life is as old as what was bought long ago. */
function oldClaim(of: object = {}) {
  const project = makeProject({})
  const claim = project.path(`claims/${name}/1`)
  mkdirSync(dirname(claim), { recursive: true })
  writeAged(claim, JSON.stringify({ ...thisProcess(), ...of }))
  return { ...project, claim }
}

/** As where no start of a process can be told: this one goes by the number of the one that claimed it. */
const byNumberAlone = { startedAt: '' }

test('an old claim by a number that a process has is held no more after three silent beats', async () => {
  using folder = oldClaim(byNumberAlone)
  const clock = virtualClock()
  const look = lookAtClaims(folder.root, clock, never)
  expect(await clock.until(look(), () => false)).toMatchObject([{ name, isHeld: false }])
  expect(clock.elapsed()).toBe(15_000)
  // It was silent for longer still.
  expect(await look()).toMatchObject([{ name, isHeld: false }])
})

test('an old claim that gives a sign of life while it is watched is held', async () => {
  using folder = oldClaim(byNumberAlone)
  const { root, claim } = folder
  const clock: Clock = {
    ...virtualClock(),
    wait: async () => {
      // The clock that stamps files may be set back: it is the text that tells.
      writeAged(`${claim}.beat`, '7')
      age(claim)
    },
  }
  expect(await lookAtClaims(root, clock, never)()).toMatchObject([{ name, isHeld: true }])
})

test('an old claim of a process that is certainly there is held, be it asleep', async () => {
  using folder = oldClaim()
  const look = lookAtClaims(folder.root, virtualClock(), never)
  expect(await look()).toMatchObject([{ name, isHeld: true }])
})

test('a claim by a number alone whose process was at work of late is held unwatched', async () => {
  using folder = oldClaim(byNumberAlone)
  folder.write({ [join('claims', name, '1.beat')]: '7' })
  const look = lookAtClaims(folder.root, virtualClock(), never)
  expect(await look()).toMatchObject([{ name, isHeld: true }])
})

test('a collection that is stopped while it watches says that nothing was deleted', async () => {
  using folder = oldClaim(byNumberAlone)
  const look = lookAtClaims(folder.root, virtualClock(), AbortSignal.abort())
  await expect(look()).rejects.toMatchObject({
    code: 'COLLECTION_REFUSED',
    message: expect.stringContaining('Nothing was deleted'),
  })
})
