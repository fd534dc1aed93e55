import { describe, expect, test } from 'vitest'
import type { Terms } from '../../../packages/core/src/config/terms.ts'
import { errorOf } from '../../../packages/core/src/error.ts'
import { authoredKeyOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { judgeBudget, newImages } from '../../../packages/core/src/plan/budget.ts'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry, Verdict } from '../../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { changedStylesOf } from '../../../packages/core/src/report/changed-styles.ts'
import {
  buildBudget,
  fakeProvider,
  generous,
  inputOf,
  memoryStore,
  requestIn,
  settingsOf,
  type MemoryStore,
} from '../../support/fakes.ts'
import { entryOfBytes } from '../../support/entries.ts'

const settings = settingsOf()
const bytes = Buffer.from('the bytes of an original')

function entryFor(request: ImageRequest, more: Partial<Entry> = {}): Entry {
  return entryOfBytes(request, bytes, more)
}

function planOf(
  requests: readonly ImageRequest[],
  store: MemoryStore = memoryStore(),
  under = settings,
  keepsStyle = false,
): Promise<Plan> {
  return planFor(inputOf(requests), under, store, {
    verdicts: new Map(),
    keepsStyle,
    today: '2026-11-23',
  })
}

async function stored(...entries: readonly Entry[]): Promise<MemoryStore> {
  const store = memoryStore()
  for (const entry of entries) await store.keep(entry, bytes)
  return store
}

describe('a plan', () => {
  test('names each image once, with every place that shows it', async () => {
    const twenty = Array.from({ length: 20 }, () => requestIn('![gen: a fox]()'))
    const { images, directives } = await planOf(twenty)
    expect(directives).toBe(20)
    expect(images).toHaveLength(1)
    expect(images[0]?.places).toHaveLength(20)
    expect(images[0]?.source.kind).toBe('new')
  })

  test('finds what is stored, and does not price it', async () => {
    const request = requestIn('![gen: a fox]()')
    const { images } = await planOf([request], await stored(entryFor(request)))
    expect(images[0]?.source).toMatchObject({ kind: 'stored', isPinned: false })
  })

  test('keeps an image that older defaults made, at its older size', async () => {
    const entry = entryFor(requestIn('![gen: a fox]()'))
    const square = settingsOf({ size: 'square', quality: 'high' })
    const { images } = await planOf(
      [requestIn('![gen: a fox]()', square)],
      await stored(entry),
      square,
    )
    expect(images[0]?.source).toMatchObject({ kind: 'stored', isPinned: true })
    expect(images[0]?.wanted).toEqual({ width: 1536, height: 1024 })
  })

  test('buys anew under changed defaults where the configuration follows them', async () => {
    const entry = entryFor(requestIn('![gen: a fox]()'))
    const square = settingsOf({ size: 'square', defaults: 'follow' })
    const { images } = await planOf(
      [requestIn('![gen: a fox]()', square)],
      await stored(entry),
      square,
    )
    expect(images[0]?.source.kind).toBe('new')
  })

  test('shares what the same request bought under another notation', async () => {
    const store = await stored(entryFor(requestIn('![gen: a fox]()')))
    const { images } = await planOf([requestIn('![gen: a fox](quality=medium)')], store)
    expect(images[0]?.source.kind).toBe('shared')
  })

  test('buys one request once, however many notations ask for it', async () => {
    const { images } = await planOf([
      requestIn('![gen: a fox]()'),
      requestIn('![gen: a fox](quality=medium)'),
      requestIn('![gen: a fox](size=landscape)'),
    ])
    expect(images.map(({ source }) => source.kind)).toEqual(['new', 'twin', 'twin'])
  })

  test('does not take a sketch for the picture of a model', async () => {
    const request = requestIn('![gen: a fox]()')
    const entry = entryFor(request)
    const sketched = {
      ...entry,
      original: { ...entry.original, digitalSourceType: 'algorithmicMedia' } as const,
    }
    const { images } = await planOf([request], await stored(sketched))
    expect(images[0]?.source.kind).toBe('new')
  })

  test.for([
    ['unknown', { kind: 'unknown', path: 'a.json', cause: new Error('EACCES') }],
    ['damaged', { kind: 'damaged', path: 'a.json', fault: 'garbage' }],
  ] as const)('takes a look-up that is %s for no miss', async ([kind, found]) => {
    const store = memoryStore({ entry: async () => found })
    const { images } = await planOf([requestIn('![gen: a fox]()')], store)
    expect(images[0]?.source).toMatchObject({ kind: 'fault', fault: { kind } })
  })

  test('takes an entry whose original is gone for no miss', async () => {
    const request = requestIn('![gen: a fox]()')
    const store = await stored(entryFor(request))
    store.originals.clear()
    const { images } = await planOf([request], store)
    expect(images[0]?.source).toMatchObject({
      kind: 'fault',
      fault: {
        kind: 'lost',
        message: expect.stringMatching(/`git restore`.*; else delete its entry/),
      },
    })
  })

  test('takes an index that cannot be read for no miss', async () => {
    const store = memoryStore({
      entries: async () => ({ kind: 'unknown', path: 'images', cause: new Error('EIO') }),
    })
    const { images } = await planOf([requestIn('![gen: a fox]()')], store)
    expect(images[0]?.source).toMatchObject({ kind: 'fault', fault: { kind: 'unknown' } })
  })

  test('makes an unknown price a problem, and a ceiling of the configuration a price', async () => {
    const priceless = fakeProvider(() => Promise.reject(new Error('asked')), {
      estimate: () => undefined,
    })
    const without = settingsOf({}, priceless)
    const plan = await planOf([requestIn('![gen: a fox]()', without)], memoryStore(), without)
    expect(plan.images).toEqual([])
    expect(plan.problems).toMatchObject([{ kind: 'price-unknown', model: 'fake-1' }])
    const capped = settingsOf({ prices: { 'fake-1': { maxMicroUsd: 250_000 } } }, priceless)
    const priced = await planOf([requestIn('![gen: a fox]()', capped)], memoryStore(), capped)
    expect(newImages(priced)[0]?.source.estimate).toMatchObject({
      worstMicroUsd: 250_000,
      basis: 'rough',
    })
  })
})

const drafted = (request: ImageRequest): ImageRequest => ({ ...request, isDraft: true })

describe('a draft', () => {
  test('is priced, and not bought', async () => {
    const plan = await planOf([drafted(requestIn('![gen: a fox]()'))])
    expect(plan.images[0]?.source).toMatchObject({ kind: 'draft', estimate: { microUsd: 40_000 } })
    expect(newImages(plan)).toEqual([])
    const frozen: Terms = {
      ...generous,
      mode: 'frozen',
      budget: [buildBudget(0)],
      isBudgetExplicit: true,
    }
    expect(objectionsTo(plan, frozen, new Map([['fake', 'FAKE_KEY']]))).toEqual([])
  })

  test('is bought for a page that shows the same picture and is none', async () => {
    const request = requestIn('![gen: a fox]()')
    const { images } = await planOf([drafted(request), request])
    expect(images.map(({ source }) => source.kind)).toEqual(['new'])
  })

  test('decides nothing for a published page that has another default style', async () => {
    const styled = (style: string) =>
      settingsOf({ style, styles: { day: '{prompt}, day', night: '{prompt}, night' } })
    const draft = drafted(requestIn('![gen: a fox]()', styled('day')))
    const { images } = await planOf([draft, requestIn('![gen: a fox]()', styled('night'))])
    expect(images.map(({ request }) => request.prompt)).toEqual(['a fox, night'])
  })

  test('shows what is stored', async () => {
    const request = drafted(requestIn('![gen: a fox]()'))
    const { images } = await planOf([request], await stored(entryFor(request)))
    expect(images[0]?.source.kind).toBe('stored')
  })
})

describe('a style whose text has changed', () => {
  const before = settingsOf({ styles: { brand: '{prompt}, blue' } })
  const after = settingsOf({ styles: { brand: '{prompt}, green' } })
  const source = '![gen: a fox](style=brand)'
  const entry = entryFor(requestIn(source, before), {
    style: { name: 'brand', template: '{prompt}, blue' },
  })

  test('is told of the picture that would be bought anew', async () => {
    const plan = await planOf([requestIn(source, after)], await stored(entry), after)
    expect(newImages(plan)[0]?.source.formerStyle).toBe(entry.style?.name)
    expect(changedStylesOf(plan)).toEqual([
      { style: 'brand', images: 1, estimateMicroUsd: 40_000, worstMicroUsd: 50_000 },
    ])
  })

  test('keeps its picture where a person wants that', async () => {
    const plan = await planOf([requestIn(source, after)], await stored(entry), after, true)
    expect(plan.images[0]).toMatchObject({
      source: { kind: 'kept', entry },
      style: { name: 'brand', template: '{prompt}, green' },
    })
    expect(changedStylesOf(plan)).toEqual([])
  })

  test('is not told of a picture that is new in itself', async () => {
    const other = requestIn('![gen: an owl](style=brand)', after)
    const plan = await planOf([other], await stored(entry), after, true)
    expect(plan.images[0]?.source).toMatchObject({ kind: 'new' })
    expect(changedStylesOf(plan)).toEqual([])
  })

  test('buys nothing as a default, which is pinned', async () => {
    const asDefault = (template: string) =>
      settingsOf({ style: 'brand', styles: { brand: template } })
    const old = entryFor(requestIn('![gen: a fox]()', asDefault('{prompt}, blue')))
    const green = asDefault('{prompt}, green')
    const plan = await planOf([requestIn('![gen: a fox]()', green)], await stored(old), green)
    expect(plan.images[0]?.source).toMatchObject({ kind: 'stored', isPinned: true })
  })

  test('stays kept also where the configuration follows its defaults', async () => {
    const following = settingsOf({ defaults: 'follow', styles: { brand: '{prompt}, green' } })
    const request = requestIn(source, following)
    const kept = { ...entry, key: authoredKeyOf(request), keptFor: requestHashOf(request.request) }
    const { images } = await planOf([request], await stored(entry, kept), following)
    expect(images[0]?.source).toMatchObject({ kind: 'stored', isPinned: true })
    const { keptFor: _none, ...older } = kept
    const plan = await planOf([request], await stored(entry, older), following)
    expect(plan.images[0]?.source.kind).toBe('new')
  })

  test('keeps a damaged picture from nothing', async () => {
    const store = await stored(entry)
    store.originals.set(entry.original.sha256, Buffer.from('other bytes'))
    const plan = await planOf([requestIn(source, after)], store, after, true)
    expect(plan.images[0]?.source).toMatchObject({ kind: 'fault', fault: { kind: 'damaged' } })
  })
})

const codeFor = async (
  terms: Partial<Terms>,
  locked: ReadonlyMap<string, string> = new Map(),
  count = 1,
): Promise<string | undefined> => {
  const requests = Array.from({ length: count }, (_, index) => requestIn(`![gen: fox ${index}]()`))
  return errorOf(objectionsTo(await planOf(requests), { ...generous, ...terms }, locked))?.code
}

describe('a price', () => {
  test.for([
    { microUsd: Number.NaN, worstMicroUsd: Number.NaN },
    { microUsd: -5, worstMicroUsd: -5 },
    { microUsd: 0.5, worstMicroUsd: 1 },
    { microUsd: 2, worstMicroUsd: 1 },
  ])('of %o is none', async (amounts) => {
    const odd = fakeProvider(() => Promise.reject(new Error('asked')), {
      estimate: () => ({ ...amounts, basis: 'exact', source: 'odd' }),
    })
    const under = settingsOf({ budget: { build: 0 } }, odd)
    const plan = await planOf([requestIn('![gen: a fox]()', under)], memoryStore(), under)
    expect(plan.problems).toMatchObject([{ kind: 'price-unknown' }])
  })

  test('of a table is not replaced by a ceiling', async () => {
    const capped = settingsOf({ prices: { 'fake-1': { maxMicroUsd: 1 } } })
    const plan = await planOf([requestIn('![gen: a fox]()', capped)], memoryStore(), capped)
    expect(newImages(plan)[0]?.source.estimate.worstMicroUsd).toBe(50_000)
  })
})

describe('the gate', () => {
  test.for([
    ['a local build within its budget', {}, undefined],
    ['a placeholder build', { mode: 'placeholder', budget: [buildBudget(0)] }, undefined],
    ['a frozen build', { mode: 'frozen' }, 'IMAGES_MISSING'],
    ['a budget below the worst case', { budget: [buildBudget(49_999)] }, 'BUDGET_EXCEEDED'],
    ['a budget of the worst case', { budget: [buildBudget(50_000)] }, undefined],
    ['CI with neither budget nor persist', { isCi: true }, 'BUDGET_REQUIRED'],
    ['CI without persist', { isCi: true, isBudgetExplicit: true }, 'PERSIST_REQUIRED'],
    ['CI with both', { isCi: true, isBudgetExplicit: true, persist: 'commit' }, undefined],
    [
      'a frozen build over an explicit budget',
      { mode: 'frozen', isBudgetExplicit: true, budget: [buildBudget(1)] },
      'BUDGET_EXCEEDED',
    ],
  ] as const)('answers %s', async ([, terms, code]) => {
    expect(await codeFor(terms)).toBe(code)
  })

  test('stops a build whose provider lacks its key', async () => {
    expect(await codeFor({}, new Map([['fake', 'FAKE_KEY']]))).toBe('IMAGES_MISSING')
  })

  test('adds the worst cases of all images up', async () => {
    const plan = await planOf(['a', 'b', 'c'].map((name) => requestIn(`![gen: ${name}]()`)))
    expect(judgeBudget(plan, generous).rules).toEqual([
      {
        id: 'build',
        limitMicroUsd: 1_000_000,
        actualMicroUsd: 150_000,
        level: 'error',
        state: 'pass',
      },
    ])
  })

  test('tells place, price and the way out', async () => {
    const plan = await planOf([requestIn('Text\n\n![gen: a fox]()')])
    const frozen = errorOf(objectionsTo(plan, { ...generous, mode: 'frozen' }, new Map()))
    expect(frozen?.message).toContain('post.md:3:1  $0.04  a fox')
    expect(frozen?.message).toContain('imprompt generate')
    const poor = errorOf(
      objectionsTo(plan, { ...generous, budget: [buildBudget(10_000)] }, new Map()),
    )
    expect(poor?.message).toBe(
      [
        'Over budget: 1 new picture would cost up to $0.05; nothing was bought',
        '  a build: up to $0.05 of $0.01 (over by $0.04)',
        'They are',
        '  post.md:3:1  $0.04  a fox',
        'Lower quality or size, or raise the budget: `imprompt generate --budget 0.05`',
      ].join('\n'),
    )
  })

  test('advises to buy a part where the budget holds one', async () => {
    const plan = await planOf([requestIn('![gen: a fox]()'), requestIn('![gen: a hen]()')])
    const poor = objectionsTo(plan, { ...generous, budget: [buildBudget(60_000)] }, new Map())
    expect(poor[0]?.message).toContain(
      'Lower quality or size, buy what the budget holds with `imprompt generate --partial`, or raise the budget',
    )
  })

  test.for([
    [
      { kind: 'refused', code: 'moderation_blocked', message: 'no' },
      'PROVIDER_REFUSED',
      'refused this prompt earlier: no',
    ],
    [
      { kind: 'unknown', message: 'reset', worstMicroUsd: 50_000 },
      'OUTCOME_UNKNOWN',
      'may have been billed, up to $0.05: reset',
    ],
    [
      { kind: 'unknown', message: 'torn' },
      'OUTCOME_UNKNOWN',
      'may have been billed, at a price that its record no longer tells: torn',
    ],
  ] as const)('does not ask again after %o', async ([verdict, code, told]) => {
    const request = requestIn('![gen: a fox]()')
    const verdicts = new Map<ReturnType<typeof requestHashOf>, Verdict>([
      [requestHashOf(request.request), verdict],
    ])
    const input = inputOf([request])
    const plan = await planFor(input, settings, memoryStore(), {
      verdicts,
      keepsStyle: false,
      today: '2026-11-23',
    })
    expect(newImages(plan)).toEqual([])
    const error = errorOf(objectionsTo(plan, generous, new Map()))
    expect(error?.code).toBe(code)
    expect(error?.message).toContain(told)
  })

  test('answers the weightiest of several reasons, and tells them all', async () => {
    const plan = await planOf([requestIn('![gen: a fox]()')])
    const place = { file: 'post.md', line: 1, column: 1 }
    const wrong: Plan = { ...plan, problems: [{ kind: 'prompt-empty', place }] }
    const error = errorOf(objectionsTo(wrong, { ...generous, budget: [buildBudget(0)] }, new Map()))
    expect(error?.code).toBe('AUTHORING_PROBLEMS')
    expect(error?.exitCode).toBe(2)
    expect(error?.message).toContain('Over budget')
  })
})
