import { describe, expect, test } from 'vitest'
import { authoredKeyOf } from '../../../packages/core/src/key/key.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry } from '../../../packages/core/src/ports.ts'
import {
  comparisonHeadline,
  comparisonLines,
} from '../../../packages/core/src/report/comparison-text.ts'
import { type Comparison, comparisonOf } from '../../../packages/core/src/report/comparison.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf()

function entryOf(directive: string, microUsd = 30_000): Entry {
  const cost = { microUsd, basis: 'usage' } as const
  return entryOfBytes(requestIn(directive, settings), Buffer.from(directive), { cost })
}

/** Compares content with what was committed, of which the store still holds all but some. */
async function compare(
  content: readonly string[],
  committed: readonly Entry[],
  deleted: readonly Entry[] = [],
): Promise<Comparison> {
  const store = memoryStore()
  const held = committed.filter((entry) => !deleted.includes(entry))
  for (const entry of held) await store.keep(entry, Buffer.from('bytes'))
  const requests = content.map((directive) => requestIn(directive, settings))
  const plan = await planFor(inputOf(requests), settings, store, {
    verdicts: new Map(),
    keepsStyle: false,
    today: '2026-11-23',
  })
  const stored = new Set(held.map(({ key }) => key))
  return comparisonOf(plan, { ref: 'main', commit: 'abc', entries: committed, stored })
}

const fox = '![gen: a red fox in the snow]()'

describe('a comparison', () => {
  test('of the same content finds nothing', async () => {
    const comparison = await compare([fox], [entryOf(fox)])
    expect(comparison).toMatchObject({
      added: [],
      changed: [],
      removed: [],
      orphaned: [],
      costMicroUsd: 0,
    })
    expect(comparisonHeadline(comparison)).toBe('against main: +$0.00, no picture changed')
  })

  test('knows nothing of drafts, nor of the purchase that stands in place of the picture it was picked for', async () => {
    const drawn = entryOf('![gen: a red fox in the snow](quality=low)')
    const draft: Entry = { ...drawn, request: { ...drawn.request, draft: true } }
    const final = entryOf('![gen: a red fox in the snow](take=2)')
    const shown: Entry = { ...final, key: entryOf(fox).key, pickedFrom: draft.key }
    expect(await compare([fox], [draft, final, shown])).toMatchObject({ orphaned: [] })
    const more = [fox, '![gen: a red fox in the snow](quality=high)']
    const { added, changed } = await compare(more, [draft, final, shown])
    expect([added.length, changed.length]).toEqual([1, 0])
  })

  test('tells what is added, with its place and price', async () => {
    const comparison = await compare([fox, '![gen: a lighthouse]()'], [entryOf(fox)])
    expect(comparison.added).toEqual([
      {
        key: authoredKeyOf(requestIn('![gen: a lighthouse]()', settings)),
        prompt: 'a lighthouse',
        place: expect.objectContaining({ file: 'post.md' }),
        microUsd: 40_000,
      },
    ])
    expect(comparisonHeadline(comparison)).toBe('against main: +$0.04, 1 picture added')
  })

  test.for([
    ['![gen: a red fox in the snow](quality=high)', ['quality']],
    ['![gen: a red fox in the snow](size=1024x1024)', ['size']],
    ['![gen: a red fox in the snow](take=2)', ['take']],
    ['![gen: a red fox in the fog]()', ['prompt']],
    ['![gen: a red fox in the fog](quality=high)', ['prompt', 'quality']],
  ] as const)('tells that %s took the place of another one, by %j', async ([directive, names]) => {
    const before = entryOf(fox)
    const comparison = await compare([directive], [before])
    expect(comparison.changed).toEqual([
      expect.objectContaining({
        from: before.key,
        fromMicroUsd: 30_000,
        microUsd: 40_000,
        attributes: names,
      }),
    ])
    expect(comparison.added).toEqual([])
    expect(comparison.orphaned).toEqual([])
    expect(comparisonLines(comparison)[1]).toBe(
      `  changed ${names.join(', ')}  post.md:1:1  $0.04 was $0.03  ${requestIn(directive, settings).prompt}`,
    )
  })

  test('takes each former picture once, the most alike first', async () => {
    const comparison = await compare(
      [`${fox.slice(0, -2)}(take=2)`, '![gen: a red fox in the fog](quality=high)'],
      [entryOf(fox), entryOf('![gen: a red fox in the fog]()')],
    )
    expect(comparison.changed.map(({ attributes }) => attributes)).toEqual([['take'], ['quality']])
  })

  test('tells what nothing names any more: removed, or still stored', async () => {
    const gone = entryOf('![gen: one thing]()')
    const left = entryOf('![gen: quite another matter]()')
    const comparison = await compare([fox], [entryOf(fox), gone, left], [gone])
    expect(comparison.removed.map(({ key }) => key)).toEqual([gone.key])
    expect(comparison.orphaned.map(({ key }) => key)).toEqual([left.key])
    expect(comparisonHeadline(comparison)).toBe('against main: +$0.00, 1 removed, 1 orphaned')
  })

  test('of drafts counts none, as nothing is bought for them', async () => {
    const requests = [{ ...requestIn(fox, settings), isDraft: true }]
    const plan = await planFor(inputOf(requests), settings, memoryStore(), {
      verdicts: new Map(),
      keepsStyle: false,
      today: '2026-11-23',
    })
    const baseline = { ref: 'main', commit: 'abc', entries: [], stored: new Set<never>() }
    expect(comparisonOf(plan, baseline)).toMatchObject({ added: [], costMicroUsd: 0 })
  })

  test('of thousands of other prompts holds none against all', async () => {
    const many = Array.from({ length: 300 }, (_none, at) => `![gen: picture no. ${at} of many]()`)
    const before = Array.from({ length: 300 }, (_none, at) =>
      entryOf(`![gen: picture no. ${at} of them](quality=low)`),
    )
    const again = `${many[0]?.slice(0, -2)}(quality=high)`
    const comparison = await compare([...many.slice(1), again], [...before, entryOf(many[0] ?? '')])
    expect(comparison.changed.map(({ attributes }) => attributes)).toEqual([['quality']])
    expect(comparison.added).toHaveLength(299)
  })
})
