import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordedRequestOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { type FakeDesk, type Machine, fakeDesk, machineAt } from '../../support/fake-batches.ts'
import { requestIn } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

let project: TestProject
let desk: FakeDesk
let machine: Machine
beforeEach(() => {
  project = makeProject({})
  desk = fakeDesk()
  machine = machineAt(project.path('.imprompt'), desk)
})
afterEach(() => project[Symbol.dispose]())

const fox = requestIn('![gen: fox](size=1024x1024, quality=low)')
const foxHash = requestHashOf(recordedRequestOf(fox))

test('what a build buys at this moment is not handed in as well', async () => {
  const run = await machine.run([fox, 'hen'], { held: (request) => request === foxHash })
  expect(run.failure?.message).toContain('a build asks for it at this moment')
  expect(run.requests).toBe(1)
  const [record] = await machine.records()
  expect(record?.requests.map(({ id }) => id)).not.toContain(foxHash)
  expect(record?.requests).toHaveLength(1)
  expect(desk.batches).toHaveLength(1)
})

test('nothing is handed in, and nothing stays on record, where builds buy all', async () => {
  const run = await machine.run([fox, 'hen'], { held: () => true })
  expect(run.requests).toBe(0)
  expect(await machine.records()).toEqual([])
  expect(desk.batches).toEqual([])
})
