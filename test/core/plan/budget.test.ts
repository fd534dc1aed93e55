import { describe, expect, test } from 'vitest'
import { budgetTermsOf } from '../../../packages/core/src/config/budget.ts'
import type { BudgetConfig } from '../../../packages/core/src/config/config.ts'
import type { Terms } from '../../../packages/core/src/config/terms.ts'
import {
  affordable,
  capOf,
  judgeBudget,
  newImages,
} from '../../../packages/core/src/plan/budget.ts'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { leftOut } from '../../../packages/core/src/plan/over-budget.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Spending } from '../../../packages/core/src/plan/spending.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf()

/** Each picture costs 0.05 at its worst. */
function requestOn(file: string, prompt: string): ImageRequest {
  const request = requestIn(`![gen: ${prompt}]()`)
  return { ...request, place: { ...request.place, file } }
}

const requests = [
  requestOn('docs/a.md', 'one'),
  requestOn('docs/a.md', 'two'),
  requestOn('docs/b.md', 'three'),
  requestOn('posts/c.md', 'four'),
]

function planOf(asked: readonly ImageRequest[] = requests, store = memoryStore()): Promise<Plan> {
  return planFor(inputOf(asked), settings, store, {
    verdicts: new Map(),
    keepsStyle: false,
    today: '2026-11-23',
  })
}

function termsOf(budget: BudgetConfig, more: Partial<Terms> = {}): Terms {
  return { ...generous, budget: budgetTermsOf(budget), isBudgetExplicit: true, ...more }
}

describe('a rule', () => {
  test.for([
    [{ build: 0.2 }, 'pass', { limitMicroUsd: 200_000, actualMicroUsd: 200_000 }],
    [{ build: 0.19 }, 'fail', { limitMicroUsd: 190_000, actualMicroUsd: 200_000 }],
    [{ build: { limit: 0.19, level: 'warn' } }, 'warn', { level: 'warn' }],
    [{ image: 0.05 }, 'pass', { actualMicroUsd: 50_000 }],
    [{ image: 0.04 }, 'fail', { actualMicroUsd: 50_000 }],
    [{ page: 0.1 }, 'pass', { actualMicroUsd: 100_000, page: 'docs/a.md' }],
    [{ page: 0.09 }, 'fail', { page: 'docs/a.md' }],
    [{ pages: { 'docs/**': 0.15 } }, 'pass', { glob: 'docs/**', actualMicroUsd: 150_000 }],
    [{ pages: { 'docs/**': 0.14 } }, 'fail', { glob: 'docs/**' }],
    [{ pages: { 'none/**': 0 } }, 'pass', { actualMicroUsd: 0 }],
    [{ newImages: 4 }, 'pass', { limitImages: 4, actualImages: 4 }],
    [{ newImages: 3 }, 'fail', { limitImages: 3, actualImages: 4 }],
  ] satisfies readonly (readonly [BudgetConfig, string, object])[])(
    '%j of four pictures: %s',
    async ([budget, state, figures]) => {
      const judged = judgeBudget(await planOf(), termsOf(budget))
      expect(judged.rules).toEqual([expect.objectContaining({ state, ...figures })])
      expect(judged.state).toBe(state)
    },
  )

  test('that is off says nothing, and caps nothing', async () => {
    const terms = termsOf({ build: { level: 'off' } })
    expect(judgeBudget(await planOf(), terms)).toEqual({ state: 'pass', rules: [] })
    expect(capOf(terms)).toBe(Infinity)
    expect(capOf(termsOf({ build: { limit: 1, level: 'warn' } }))).toBe(Infinity)
    expect(capOf(termsOf({ build: 1 }))).toBe(1_000_000)
  })

  test('of an increase is held against what the stored pictures cost', async () => {
    const stored = requestOn('docs/a.md', 'stored')
    const store = memoryStore()
    const bytes = Buffer.from('bytes')
    await store.keep(
      entryOfBytes(stored, bytes, { cost: { microUsd: 400_000, basis: 'usage' } }),
      bytes,
    )
    const plan = await planOf([stored, ...requests], store)
    expect(judgeBudget(plan, termsOf({ increase: '50%' })).state).toBe('pass')
    expect(judgeBudget(plan, termsOf({ increase: '49.9%' })).rules).toMatchObject([
      { state: 'fail', limitMicroUsd: 199_600, actualMicroUsd: 200_000 },
    ])
  })

  test.for([
    [{ day: 0.5 }, { dayMicroUsd: 300_000, monthMicroUsd: 900_000 }, 'pass'],
    [{ day: 0.49 }, { dayMicroUsd: 300_000, monthMicroUsd: 900_000 }, 'fail'],
    [{ month: 1.1 }, { dayMicroUsd: 300_000, monthMicroUsd: 900_000 }, 'pass'],
    [{ month: 1.09 }, { dayMicroUsd: 300_000, monthMicroUsd: 900_000 }, 'fail'],
    [{ month: 100 }, { dayMicroUsd: 0, monthMicroUsd: 0, fault: 'EACCES' }, 'fail'],
    [
      { month: { limit: 100, level: 'warn' } },
      { dayMicroUsd: 0, monthMicroUsd: 0, fault: 'EACCES' },
      'warn',
    ],
  ] satisfies readonly (readonly [BudgetConfig, Spending, string])[])(
    '%j after %j: %s',
    async ([budget, spending, state]) => {
      const plan = { ...(await planOf()), spending }
      expect(judgeBudget(plan, termsOf(budget)).state).toBe(state)
    },
  )

  test('that a person wrote binds plans of every mode, and the default one purchases alone', async () => {
    const plan = await planOf()
    const written = termsOf({ newImages: 3 }, { mode: 'frozen', isBudgetExplicit: false })
    expect(judgeBudget(plan, written).state).toBe('fail')
    const standing = [{ id: 'build', limit: 0, level: 'error', isDefault: true }] as const
    const frozen = { ...generous, mode: 'frozen', budget: standing } as const
    expect(judgeBudget(plan, frozen).state).toBe('pass')
    expect(judgeBudget(plan, { ...frozen, mode: 'generate' }).state).toBe('fail')
  })

  test('of an increase counts a shared purchase once, and bounds nothing where nothing is stored', async () => {
    const stored = requestOn('docs/a.md', 'stored')
    const store = memoryStore()
    const bytes = Buffer.from('bytes')
    const cost = { microUsd: 400_000, basis: 'usage' } as const
    await store.keep(entryOfBytes(stored, bytes, { cost }), bytes)
    const twin = requestIn('![gen: stored](take=1)')
    const plan = await planOf([stored, twin, ...requests], store)
    expect(plan.images.map(({ source }) => source.kind).slice(0, 2)).toEqual(['stored', 'shared'])
    expect(judgeBudget(plan, termsOf({ increase: '10%' })).rules).toMatchObject([
      { limitMicroUsd: 40_000 },
    ])
    expect(judgeBudget(await planOf(), termsOf({ increase: '0%' }))).toEqual({
      state: 'pass',
      rules: [],
    })
  })

  test('binds no plan that buys nothing', async () => {
    const plan = { ...(await planOf([])), spending: { dayMicroUsd: 9, monthMicroUsd: 9 } }
    expect(judgeBudget(plan, termsOf({ day: 0 })).state).toBe('pass')
  })
})

describe('what the budget holds', () => {
  const prompts = async (budget: BudgetConfig, plan?: Plan): Promise<readonly string[]> =>
    affordable(plan ?? (await planOf()), termsOf(budget)).map(({ prompt }) => prompt)

  test.for([
    [{ build: 0.1 }, ['one', 'two']],
    [{ newImages: 3 }, ['one', 'two', 'three']],
    [{ page: 0.05 }, ['one', 'three', 'four']],
    [{ pages: { 'docs/**': 0.05 } }, ['one', 'four']],
    [{ image: 0.04 }, []],
    [{ build: { limit: 0, level: 'warn' } }, ['one', 'two', 'three', 'four']],
  ] satisfies readonly (readonly [BudgetConfig, readonly string[]])[])(
    'of %j is bought in the order of the content: %j',
    async ([budget, held]) => {
      expect(await prompts(budget)).toEqual(held)
    },
  )

  test('includes no picture whose base it does not hold', async () => {
    const plan = await planOf()
    const [one, two, ...rest] = plan.images
    if (one === undefined || two === undefined) throw new Error('expected two images')
    // The first is made from the second, and each costs as much as the budget holds.
    const images = [{ ...one, base: two.key }, two, ...rest]
    expect(await prompts({ build: 0.05 }, { ...plan, images })).toEqual(['two'])
    expect(await prompts({ build: 0.1 }, { ...plan, images })).toEqual(['one', 'two'])
  })

  test('leaves a variation of a twin out where its first buyer is left out', async () => {
    const [one, two, three, four] = (await planOf()).images
    if (!one || !two || !three || !four) throw new Error('expected four images')
    const twin = { ...three, source: { kind: 'twin', key: two.key } as const }
    const images = [one, two, twin, { ...four, base: twin.key }]
    const plan = { ...(await planOf()), images }
    expect(await prompts({ build: 0.05 }, plan)).toEqual(['one'])
    expect(await prompts({ build: 0.15 }, plan)).toEqual(['one', 'two', 'four'])
  })

  test('passes the gate with `--partial`, and what was left out is told', async () => {
    const plan = await planOf()
    const terms = termsOf({ build: 0.1 }, { isPartial: true })
    expect(objectionsTo(plan, terms, new Map())).toEqual([])
    expect(leftOut(plan, terms)).toMatchObject([
      {
        code: 'BUDGET_EXCEEDED',
        message: expect.stringMatching(
          /^Over budget: 2 of 4 new pictures were left out, which would cost up to \$0\.10; nothing was paid for them\n {2}a build: up to \$0\.20 of \$0\.10 \(over by \$0\.10\)\nThey are\n {2}docs\/b\.md/,
        ),
      },
    ])
    expect(leftOut(plan, termsOf({ build: 1 }, { isPartial: true }))).toEqual([])
    const [none] = objectionsTo(plan, termsOf({ image: 0.01 }, { isPartial: true }), new Map())
    expect(none?.code).toBe('BUDGET_EXCEEDED')
  })
})

test('a message does not advise what was done, nor what does not help', async () => {
  const plan = await planOf()
  const [left] = leftOut(plan, termsOf({ build: 0.1 }, { isPartial: true }))
  expect(left?.message).not.toContain('--partial')
  expect(left?.message).toMatch(/\nThe next `imprompt generate` with the same budget buys them$/)
  const [more] = leftOut(plan, termsOf({ build: 0.05 }, { isPartial: true }))
  expect(more?.message).toContain('or raise the budget: `imprompt generate --budget 0.15`')
  const spent = { ...plan, spending: { dayMicroUsd: 0, monthMicroUsd: 30_000 } }
  const [month] = leftOut(spent, termsOf({ month: 0.1 }, { isPartial: true }))
  expect(month?.message).toContain('`imprompt generate --budget month=0.23`')
  const unread = { ...plan, spending: { dayMicroUsd: 0, monthMicroUsd: 0, fault: '`a`: EACCES.' } }
  const [one] = objectionsTo(unread, termsOf({ month: 5 }), new Map())
  expect(one?.message).toContain('(it cannot be told what was spent before: `a`: EACCES)')
  expect(one?.message).toContain('Mend what cannot be read, or have the rule warn alone')
  expect(one?.message).not.toContain('Lower quality')
})

test('a message names every rule that is exceeded, and the flag that raises them', async () => {
  const plan = {
    ...(await planOf()),
    spending: { dayMicroUsd: 1_000_000, monthMicroUsd: 1_000_000 },
  }
  const [one] = objectionsTo(plan, termsOf({ build: 0.1, newImages: 2, month: 1 }), new Map())
  expect(one?.message.split('\n')).toEqual([
    'Over budget: 4 new pictures would cost up to $0.20; nothing was bought',
    '  a build: up to $0.20 of $0.10 (over by $0.10)',
    '  new pictures: 4 of 2 (2 too many)',
    '  this month: with what was spent before up to $1.20 of $1.00 (over by $0.20)',
    'They are',
    ...newImages(plan).map(({ prompt, places }) => `  ${places[0]?.file}:1:1  $0.04  ${prompt}`),
    'Lower quality or size, or raise the budget: `imprompt generate --budget build=0.20,newImages=4,month=1.20`',
  ])
  const [other] = objectionsTo(plan, termsOf({ pages: { 'docs/**': 0 } }), new Map())
  expect(other?.message).toContain('  the pages `docs/**`: up to $0.15 of $0.00 (over by $0.15)')
  expect(other?.message).toContain('or raise the budget: `budget` in imprompt.config')
})
