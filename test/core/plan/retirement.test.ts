import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../packages/core/src/plan/plan.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Provider } from '../../../packages/core/src/ports.ts'
import { describeProblem, severityOf } from '../../../packages/core/src/problem.ts'
import { capable } from '../../support/capable.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const known = capable()
const retiring = (overrides: Partial<Provider> = {}): Provider =>
  capable({
    models: known.models.map((model) =>
      model.id === 'all' ? { ...model, retiresOn: '2026-12-01', successor: 'still' } : model,
    ),
    ...overrides,
  })

function planOn(today: string, provider = retiring()): Promise<Plan> {
  const settings = settingsOf({}, provider)
  const requests = ['a fox', 'a hen'].map((prompt) => requestIn(`![gen: ${prompt}]()`, settings))
  const history = { verdicts: new Map(), keepsStyle: false, today }
  return planFor(inputOf(requests), settings, memoryStore(), history)
}

const told = ({ problems }: Plan): readonly string[] =>
  problems.map((problem) => `${severityOf(problem)} ${describeProblem(problem)}`)

const warning =
  'warning `all` of `fake` is retired on 2026-12-01; name `still` ($0.04) for new pictures. Pictures that it made stay'
const error =
  'error `all` of `fake` is retired since 2026-12-01, so that nothing was asked of it; name `still` ($0.04). Pictures that it made stay'

describe('a model that retires on 2026-12-01', () => {
  test.for([
    ['2026-10-01', []],
    ['2026-10-02', [warning]],
    ['2026-11-30', [warning]],
    ['2026-12-01', [error, error]],
    ['2027-06-01', [error, error]],
  ] as const)('is told on %s as %j', async ([today, expected]) => {
    expect(told(await planOn(today))).toEqual(expected)
  })

  test('is bought from to the last day, and not after it', async () => {
    const counts = await Promise.all(['2026-11-30', '2026-12-01'].map((today) => planOn(today)))
    expect(counts.map(({ images }) => images.length)).toEqual([2, 0])
  })

  test('is told as retired where its price is unknown too', async () => {
    const plan = await planOn('2026-12-01', retiring({ estimate: () => undefined }))
    expect(told(plan)).toEqual([error, error].map((text) => text.replace(' ($0.04)', '')))
  })
})
