import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry, Found, Store } from '../../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { reportOf } from '../../../packages/core/src/report/report.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf()
const published = requestIn('![gen: a fox]()', settings)
const drafted: ImageRequest = { ...published, isDraft: true }
const placeholders = { ...generous, mode: 'placeholder' } as const

const answers: readonly Exclude<Found<Entry>, { kind: 'hit' | 'absent' }>[] = [
  { kind: 'unknown', path: 's3://pictures', cause: new Error('503') },
  { kind: 'damaged', path: 's3://pictures', fault: 'it is not the entry of its request' },
]

function planOf(request: ImageRequest, answer: Found<Entry>): Promise<Plan> {
  const store = memoryStore({ shared: async () => answer })
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  return planFor(inputOf([request]), settings, store, history)
}

describe.for(answers)('where a remote answers that a picture is $kind', (answer) => {
  test('nothing is bought, and a build ends', async () => {
    const plan = await planOf(published, answer)
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['fault'])
    expect(objectionsTo(plan, generous, new Map())).toHaveLength(1)
    expect(objectionsTo(plan, { ...generous, mode: 'frozen' }, new Map())).toHaveLength(1)
  })

  test('a draft, for which nothing is bought, keeps no build back', async () => {
    const plan = await planOf(drafted, answer)
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['draft'])
    expect(objectionsTo(plan, generous, new Map())).toEqual([])
  })

  test('a placeholder stands in for it where placeholders are wanted', async () => {
    const plan = await planOf(published, answer)
    expect(objectionsTo(plan, placeholders, new Map())).toEqual([])
    const report = reportOf({
      plan,
      terms: placeholders,
      globs: [],
      outcomes: new Map(),
      requests: 0,
      encoded: 0,
      hasPlaceholders: true,
      incidents: [],
    })
    expect(report.images.map(({ state }) => state)).toEqual(['placeholder'])
  })
})

describe('where a remote tells of a picture whose bytes are on none', () => {
  const told = { kind: 'hit', value: entryOfBytes(published, Buffer.from('gone')) } as const

  test('nothing is bought, and a build says where to look for them', async () => {
    const plan = await planOf(published, told)
    const [objection] = objectionsTo(plan, generous, new Map())
    expect(objection).toMatchObject({ code: 'IMAGES_MISSING' })
    expect(objection?.message).toContain('run `imprompt push` where it was bought')
    expect(objectionsTo(plan, placeholders, new Map())).toEqual([])
  })

  test('a draft keeps no build back', async () => {
    const plan = await planOf(drafted, told)
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['draft'])
  })
})

describe('pictures of which nothing is here', () => {
  /** A plan of these requests, and how many of them a tier was asked for at once. */
  async function asked(requests: readonly ImageRequest[], shared: Store['shared']) {
    let open = 0
    let most = 0
    const store = memoryStore({
      shared: async (request) => {
        open += 1
        most = Math.max(most, open)
        await setImmediate()
        open -= 1
        return shared(request)
      },
    })
    const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
    return { plan: await planFor(inputOf(requests), settings, store, history), most }
  }

  test('are asked for side by side, and planned in their order', async () => {
    const prompts = Array.from({ length: 100 }, (_none, at) => `fox ${at}`)
    const requests = prompts.map((prompt) => requestIn(`![gen: ${prompt}]()`, settings))
    const { plan, most } = await asked(requests, async () => ({ kind: 'absent' }))
    expect(most).toBe(100)
    expect(plan.images.map(({ prompt }) => prompt)).toEqual(prompts)
    expect(new Set(plan.images.map(({ source }) => source.kind))).toEqual(new Set(['new']))
  })

  test('are bought by the first of several that ask for the same', async () => {
    const explicit = requestIn('![gen: a fox](quality=medium)', settings)
    const { plan } = await asked([published, explicit], async () => ({ kind: 'absent' }))
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['new', 'twin'])
  })
})
