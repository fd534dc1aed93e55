import { describe, expect, test } from 'vitest'
import {
  budgetFromText,
  budgetOf,
  budgetTermsOf,
} from '../../../packages/core/src/config/budget.ts'
import type { BudgetConfig } from '../../../packages/core/src/config/config.ts'
import { settingsFrom } from '../../../packages/core/src/config/settings.ts'
import { termsFor } from '../../../packages/core/src/config/terms.ts'
import { mute, settingsOf } from '../../support/fakes.ts'

describe('a configuration', () => {
  test.for([
    [{ build: 1.5 }, [{ id: 'build', limit: 1_500_000, level: 'error' }]],
    [{ image: '$0.05' }, [{ id: 'image', limit: 50_000, level: 'error' }]],
    [{ newImages: 5 }, [{ id: 'newImages', limit: 5, level: 'error' }]],
    [{ increase: '12.5%' }, [{ id: 'increase', limit: 12.5, level: 'error' }]],
    [{ day: { limit: 2, level: 'warn' } }, [{ id: 'day', limit: 2_000_000, level: 'warn' }]],
    [{ month: { limit: '20' } }, [{ id: 'month', limit: 20_000_000, level: 'error' }]],
    [{ build: { level: 'off' } }, [{ id: 'build', limit: 0, level: 'off' }]],
    [
      { page: 1, pages: { 'docs/**': { limit: 0.5, level: 'warn' } } },
      [
        { id: 'page', limit: 1_000_000, level: 'error' },
        { id: 'pages', glob: 'docs/**', limit: 500_000, level: 'warn' },
      ],
    ],
  ] satisfies readonly (readonly [BudgetConfig, unknown])[])('that says %j', ([config, terms]) => {
    expect(budgetTermsOf(config)).toEqual(terms)
  })

  test.for([
    [{ build: 'a lot' }, 'budget.build', 'expected dollars such as `1.5` or `$1.50`'],
    [{ build: -1 }, 'budget.build', 'expected dollars such as `1.5` or `$1.50`'],
    [{ newImages: 1.5 }, 'budget.newImages', 'expected a whole number of pictures'],
    [{ increase: 20 }, 'budget.increase', 'expected per cent such as `20%`'],
    [{ day: { limit: 1, level: 'loud' } }, 'budget.day', 'expected'],
    [{ day: { level: 'warn' } }, 'budget.day', 'expected'],
    [{ weekly: 1 }, 'budget.weekly', 'unknown field `weekly`, expected `build`, `image`, `page`'],
    [{ mnth: 1 }, 'budget.mnth', 'unknown field `mnth`, did you mean `month`'],
  ] as const)('that says %j is refused', ([budget, path, detail]) => {
    const answer = settingsFrom({ budget }, mute)
    const [issue] = 'issues' in answer ? answer.issues : []
    expect(issue?.path).toBe(path)
    expect(issue?.detail).toContain(detail)
  })
})

describe('a text', () => {
  test.for([
    ['2.50', [{ id: 'build', limit: 2_500_000, level: 'error' }]],
    [' $2 ', [{ id: 'build', limit: 2_000_000, level: 'error' }]],
    [
      'build=2, newImages=5 ,day=10:warn',
      [
        { id: 'build', limit: 2_000_000, level: 'error' },
        { id: 'newImages', limit: 5, level: 'error' },
        { id: 'day', limit: 10_000_000, level: 'warn' },
      ],
    ],
    ['increase=20%', [{ id: 'increase', limit: 20, level: 'error' }]],
    ['build=:off', [{ id: 'build', limit: 0, level: 'off' }]],
    ['build=off', [{ id: 'build', limit: 0, level: 'off' }]],
    ['off', [{ id: 'build', limit: 0, level: 'off' }]],
  ] as const)('%j names rules', ([text, terms]) => {
    expect(budgetFromText(text)).toEqual({ terms })
  })

  test.for([
    ['a lot', 1],
    ['build=', 1],
    ['build=1,weekly=2,newImages=1.5', 2],
    ['pages=1', 1],
    ['build=1=2', 1],
    ['day=10:loud', 1],
    ['day=none', 1],
    ['', 1],
    ['1,50', 1],
    ['$1,000', 1],
    ['build=1,build=5', 1],
    ['2,day=1,day=3,x', 2],
  ] as const)('%j has every part told that is no rule: %i', ([text, parts]) => {
    const answer = budgetFromText(text)
    expect('details' in answer ? answer.details : []).toHaveLength(parts)
  })
})

test('of rules of one name that of the later list counts, each glob for itself', () => {
  const one = budgetTermsOf({ build: 1, day: 5, pages: { 'a/**': 1, 'b/**': 2 } })
  const other = budgetTermsOf({ build: 3, pages: { 'b/**': { level: 'off' } } })
  expect(budgetOf(one, other).map(({ id, glob, limit }) => [id, glob, limit])).toEqual([
    ['build', undefined, 3_000_000],
    ['day', undefined, 5_000_000],
    ['pages', 'a/**', 1_000_000],
    ['pages', 'b/**', 0],
  ])
})

test('a rule of the environment replaces that of its name alone', () => {
  const settings = settingsOf({ budget: { build: 3, newImages: 5 } })
  const answer = termsFor(settings, { IMPROMPT_BUDGET: 'day=2' }, { isPartial: true })
  const terms = 'terms' in answer ? answer.terms : undefined
  expect(terms?.budget.map(({ id, limit }) => [id, limit])).toEqual([
    ['build', 3_000_000],
    ['newImages', 5],
    ['day', 2_000_000],
  ])
  expect(terms?.isPartial).toBe(true)
})

test.for([
  [{ newImages: 5 }, false],
  [{ day: 5 }, true],
  [{ build: { level: 'off' } }, false],
  [{ month: { limit: 5, level: 'warn' } }, false],
] satisfies readonly (readonly [BudgetConfig, boolean])[])(
  '%j alone caps what builds may spend: %s',
  ([budget, isExplicit]) => {
    const answer = termsFor(settingsOf({ budget }), {})
    expect('terms' in answer && answer.terms.isBudgetExplicit).toBe(isExplicit)
  },
)

test('environment and command line name rules together, of which the latter outrank', () => {
  const answer = termsFor(
    settingsOf(),
    { IMPROMPT_BUDGET: 'day=10,build=2' },
    { budget: 'newImages=5,build=3' },
  )
  const terms = 'terms' in answer ? answer.terms.budget : []
  expect(terms.map(({ id, limit }) => [id, limit])).toEqual([
    ['build', 3_000_000],
    ['day', 10_000_000],
    ['newImages', 5],
  ])
  const bad = termsFor(settingsOf(), { IMPROMPT_BUDGET: 'x' }, { budget: 'y' })
  expect('issues' in bad && bad.issues.map(({ path }) => path)).toEqual([
    'IMPROMPT_BUDGET',
    '--budget',
  ])
})
