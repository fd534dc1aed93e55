import { describe, expect, test } from 'vitest'
import type { Model, Provider } from '../../../packages/core/src/ports.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { type ModelFacts, modelFactsOf } from '../../../packages/core/src/report/models.ts'
import type { Settings } from '../../../packages/core/src/config/settings.ts'
import type { Config } from '../../../packages/core/src/config/config.ts'
import { fakeProvider, mute, settingsOf } from '../../support/fakes.ts'

function factsOf(config: Config, more: Partial<Settings> = {}): readonly ModelFacts[] {
  const settings = { ...settingsOf(config), ...more }
  return modelFactsOf({ settings, entries: [], today: '2026-11-24' })
}

function factsOfModel(
  model: Partial<Model>,
  overrides: Partial<Provider> = {},
  more: Partial<Settings> = {},
): ModelFacts {
  const models = mute.models.slice(0, 1).map((one) => ({ ...one, ...model }))
  const [facts] = factsOf({ provider: { ...mute, models, ...overrides } }, more)
  if (facts === undefined) throw new Error('no facts')
  return facts
}

function own(id: string, config: Config = {}): ModelFacts | undefined {
  return factsOf({ provider: openai(), ...config }).find((model) => model.id === id)
}

describe('retirement', () => {
  test.for([
    [undefined, 'active', undefined],
    ['2026-11-25', 'retiring', 1],
    ['2027-01-23', 'retiring', 60],
    ['2026-11-24', 'retired', 0],
    ['2026-11-23', 'retired', -1],
  ] as const)('a model that ends on %s is %s', ([retiresOn, status, daysLeft]) => {
    const facts = factsOfModel(retiresOn === undefined ? {} : { retiresOn })
    expect(facts.status).toBe(status)
    expect(facts.daysLeft).toBe(daysLeft)
  })

  test.for(['fake-1', 'fake-alias'])('the word of the server on `%s` outranks the table', (id) => {
    const retirements = new Map([['fake', new Map([[id, '2026-12-01']])]])
    const model = { aliases: ['fake-alias'], retiresOn: '2027-06-01' }
    expect(factsOfModel(model, {}, { retirements })).toMatchObject({
      status: 'retiring',
      retiresOn: '2026-12-01',
      retirementBy: 'server',
      daysLeft: 7,
    })
  })

  test('the word of one server says nothing of a model of another provider', () => {
    const retirements = new Map([['other', new Map([['fake-1', '2026-12-01']])]])
    expect(factsOfModel({}, {}, { retirements }).status).toBe('active')
  })
})

describe('prices', () => {
  test('has one for each quality but `auto`, which is nobody’s to price', () => {
    const { prices, pricedSize } = factsOfModel({ qualities: ['low', 'high', 'auto'] })
    expect(prices.map(({ quality }) => quality)).toEqual(['low', 'high'])
    expect(pricedSize).toBe('1024x1024')
  })

  test('has one without a quality for a model that knows none', () => {
    const { prices } = factsOfModel({ qualities: [] })
    expect(prices).toEqual([
      {
        microUsd: 40_000,
        worstMicroUsd: 50_000,
        basis: 'upper-bound',
        asOf: '2026-11-22',
        source: 'a fake',
      },
    ])
  })

  test('prices the size that covers the square where the model makes none', () => {
    const sizes = { kind: 'list', sizes: [{ width: 1536, height: 1024 }] } as const
    expect(factsOfModel({ sizes }).pricedSize).toBe('1536x1024')
  })

  test('names the price in a batch only where it is another one', () => {
    const estimateInBatch: Provider['estimateInBatch'] = ({ quality }) => ({
      microUsd: quality === 'low' ? 20_000 : 40_000,
      worstMicroUsd: 50_000,
      basis: 'upper-bound',
      source: 'a fake',
    })
    const { prices } = factsOfModel({ qualities: ['low', 'high'] }, { estimateInBatch })
    expect(prices.map(({ batchMicroUsd }) => batchMicroUsd)).toEqual([20_000, undefined])
  })

  test('tells the ceiling of the configuration from a price', () => {
    const prices = { 'gpt-image-2.6-flare': { maxMicroUsd: 250_000 } }
    expect(own('gpt-image-2.6-flare')?.prices).toEqual([])
    expect(own('gpt-image-2.6-flare', { prices })?.prices[0]).toMatchObject({
      worstMicroUsd: 250_000,
      isCeiling: true,
    })
    expect(own('gpt-image-2-2026-04-21', { prices })?.prices[0]).not.toHaveProperty('isCeiling')
  })
})

describe('how well a price is known', () => {
  test('is told with what nobody could verify', () => {
    expect(own('gpt-image-2.6-flare')?.published).toMatchObject({
      confidence: 'medium',
      unverified: expect.stringContaining('the rates at OpenAI'),
      imageTokenMicroUsd: 30,
    })
    expect(own('gpt-image-2-2026-04-21')?.published).toMatchObject({ confidence: 'high' })
    expect(own('gpt-image-2-2026-04-21')?.published).not.toHaveProperty('unverified')
  })

  test.for([
    ['openai', true],
    [0.04, false],
    [undefined, false],
  ] as const)('of a server with the price `%s` is OpenAI’s: %s', ([price, isTold]) => {
    const models = [{ id: 'gpt-image-2' }]
    const baseURL = 'http://127.0.0.1:9/v1'
    const provider = openai({ id: 'local', baseURL, models, ...(price !== undefined && { price }) })
    const [facts] = factsOf({ provider })
    expect(facts?.published !== undefined).toBe(isTold)
  })

  test('is that of the first provider where others stand in', () => {
    const [first] = factsOf({ provider: fallback([openai(), fakeProvider(unasked)]) })
    expect(first?.published).toMatchObject({ confidence: 'high' })
  })
})

test('tells the models of every provider, and which of them is asked by default', () => {
  const facts = factsOf({ provider: mute, providers: [{ ...mute, id: 'other' }] })
  expect(facts.map(({ provider, id, isDefault }) => `${provider} ${id} ${isDefault}`)).toEqual([
    'fake fake-1 true',
    'fake plain false',
    'other fake-1 false',
    'other plain false',
  ])
})

async function unasked(): Promise<never> {
  throw new Error('nobody is asked')
}
