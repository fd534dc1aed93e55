import { describe, expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import { attemptedOf } from '../../../packages/core/src/resolve/attempted.ts'
import { inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
const plan = await planFor(
  inputOf([requestIn('![gen: a fox with a secret](size=1024x1024)')]),
  settingsOf(),
  memoryStore(),
  history,
)
const [image] = newImages(plan)
if (image === undefined) throw new Error('nothing is new')
const fox = image

describe('what an attempt is for', () => {
  test.for([
    [{ file: 'posts/walk.md', line: 12, column: 3 }, 'posts/walk.md:12', 'posts/walk.md'],
    [{ file: '.. and so on.md', line: 1, column: 1 }, '.. and so on.md:1', '.. and so on.md'],
    [
      { file: 'imprompt.config.ts', line: 1, column: 1, field: 'images.hero' },
      'imprompt.config.ts images.hero',
      'imprompt.config.ts',
    ],
    [{ file: '../alice/walk.md', line: 12, column: 3 }, undefined, undefined],
    [{ file: 'posts/../../alice/walk.md', line: 12, column: 3 }, undefined, undefined],
    [{ file: '/home/alice/walk.md', line: 12, column: 3 }, undefined, undefined],
    [{ file: 'D:/alice/walk.md', line: 12, column: 3 }, undefined, undefined],
  ] as const)('is found at %j', ([first, place, page]) => {
    const second = { file: 'other.md', line: 1, column: 1 }
    const told = attemptedOf({ ...fox, places: [first, second] })
    expect([told.place, told.page]).toEqual([place, page])
  })

  test('is told by its key and its price, and not by its prompt', () => {
    const told = attemptedOf(fox)
    expect(told).toEqual({
      key: fox.key,
      place: 'post.md:1',
      page: 'post.md',
      model: 'fake-1',
      microUsd: 40_000,
      worstMicroUsd: 50_000,
    })
    expect(attemptedOf({ ...fox, places: [] })).toMatchObject({ key: fox.key })
  })
})
