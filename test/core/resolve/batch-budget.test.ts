import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeDesk, fakeDesk, machineAt } from '../../support/fake-batches.ts'
import { buildBudget } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

let project: TestProject
let desk: FakeDesk
beforeEach(() => {
  project = makeProject({})
  desk = fakeDesk()
})
afterEach(() => project[Symbol.dispose]())

test.for([
  [false, [], /^Over budget: 3 new pictures would cost up to \$0\.15; nothing was bought/],
  [true, ['submit fox, hen'], /^Over budget: 1 of 3 new pictures were left out/],
] as const)(
  'a batch hands in no more than its budget holds, in part: %s',
  async ([isPartial, asked, message]) => {
    const machine = machineAt(project.path('.imprompt'), desk)
    const terms = { budget: [buildBudget(100_000)], isBudgetExplicit: true, isPartial }
    const { failure, requests } = await machine.run(['fox', 'hen', 'owl'], { terms })
    expect(failure?.code).toBe('BUDGET_EXCEEDED')
    expect(failure?.message).toMatch(message)
    expect(desk.asked.filter((one) => one.startsWith('submit'))).toEqual(asked)
    expect(requests).toBe(asked.length * 2)
  },
)
