import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../../packages/core/src/ports.ts'
import {
  type FakeDesk,
  type Machine,
  endBatch,
  fakeDesk,
  machineAt,
} from '../../support/fake-batches.ts'
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

const draft = {
  ...requestIn('![gen: fox](size=1024x1024, quality=low, alt=draft)'),
  isDraft: true,
}
const published = requestIn('![gen: fox](size=square, quality=low)')

test.for([
  ['was lost', { kind: 'unknown', message: 'cut off' }, true],
  ['was refused', { kind: 'refused', scope: 'image', code: 'no', message: 'No.' }, false],
] as const)(
  'a request that %s is handed in again by no other notation of it in the same run',
  async ([, answer, retriesUnknown]: readonly [string, Answer, boolean]) => {
    await machine.run([draft, published])
    endBatch(desk, 'batch_1', [['fox', answer]])
    const run = await machine.run([draft, published], { retriesUnknown })
    expect(run.requests).toBe(0)
    expect(desk.batches).toHaveLength(1)
    expect([...run.outcomes.values()].map(({ kind }) => kind)).toEqual([answer.kind])
    const told = run.plan.images.filter(({ key }) => run.outcomes.has(key))
    expect(told.map(({ source }) => source.kind)).not.toContain('draft')
  },
)
