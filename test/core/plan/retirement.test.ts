import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../packages/core/src/config/settings.ts'
import type { Plan } from '../../../packages/core/src/plan/plan.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry, Provider } from '../../../packages/core/src/ports.ts'
import { describeProblem, severityOf } from '../../../packages/core/src/problem.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { capable } from '../../support/capable.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'
import { entryOfBytes } from '../../support/entries.ts'

const known = capable()
const retiring = (overrides: Partial<Provider> = {}): Provider =>
  capable({
    models: known.models.map((model) =>
      model.id === 'all' ? { ...model, retiresOn: '2026-12-01', successor: 'still' } : model,
    ),
    ...overrides,
  })

function planOn(
  today: string,
  provider = retiring(),
  retirements?: Settings['retirements'],
): Promise<Plan> {
  const settings = { ...settingsOf({}, provider), ...(retirements && { retirements }) }
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

  test('is not told for pictures that its vendor made before', async () => {
    const settings = settingsOf({ model: 'still' }, retiring())
    const request = requestIn('![gen: a fox](model=all)', settings)
    const stored = storedEntryFor(request)
    const store = memoryStore()
    await store.keep(stored.entry, stored.bytes)
    const history = { verdicts: new Map(), keepsStyle: false, today: '2027-06-01' }
    const plan = await planFor(inputOf([request]), settings, store, history)
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['stored'])
    expect(told(plan)).toEqual([])
  })
})

describe('the word of a server', () => {
  const served = (provider: string, id: string, date: string): Settings['retirements'] =>
    new Map([[provider, new Map([[id, date]])]])

  test('warns of a model that the table has going on', async () => {
    const plan = await planOn('2026-11-24', capable(), served('fake', 'all', '2026-12-01'))
    expect(told(plan)).toEqual([warning.replace('`still` ($0.04)', 'another model')])
  })

  test.for([
    ['2027-06-01', []],
    ['2026-11-24', [error, error].map((text) => text.replace('12-01', '11-24'))],
  ] as const)('outranks the table: %s', async ([date, expected]) => {
    const plan = await planOn('2026-11-24', retiring(), served('fake', 'all', date))
    expect(told(plan)).toEqual(expected)
  })

  test('says nothing of a model of another provider', async () => {
    const plan = await planOn('2026-11-24', capable(), served('other', 'all', '2026-12-01'))
    expect(told(plan)).toEqual([])
  })
})

function storedEntryFor(request: ImageRequest): { readonly entry: Entry; readonly bytes: Buffer } {
  const bytes = Buffer.from('a picture')
  return { bytes, entry: entryOfBytes(request, bytes) }
}
