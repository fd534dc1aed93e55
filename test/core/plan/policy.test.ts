import { expect, test } from 'vitest'
import type { Config } from '../../../packages/core/src/config/config.ts'
import { settingsFrom } from '../../../packages/core/src/config/settings.ts'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { describeProblem } from '../../../packages/core/src/problem.ts'
import { entryOfBytes } from '../../support/entries.ts'
import {
  directiveIn,
  generous,
  inputOf,
  memoryStore,
  mute,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'

const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }

type Policy = NonNullable<Config['policy']>

async function planUnder(policy: Policy, attributes: string, store = memoryStore()) {
  const settings = settingsOf({ policy })
  return planFor(
    inputOf([requestIn(`![gen: a fox](${attributes})`, settings)]),
    settings,
    store,
    history,
  )
}

test.for([
  [{}, 'quality=high', []],
  [{ providers: ['fake'] }, '', []],
  [
    { providers: ['other'] },
    '',
    [
      'Unexpected provider `fake`, which `policy` in imprompt.config does not allow; expected `other`',
    ],
  ],
  [{ models: ['fake-*'] }, '', []],
  [
    { models: ['plain', 'other-*'] },
    '',
    [
      'Unexpected model `fake-1`, which `policy` in imprompt.config does not allow; expected `plain`, `other-*`',
    ],
  ],
  [{ quality: 'medium' }, 'quality=low', []],
  [{ quality: 'medium' }, 'quality=medium', []],
  [
    { quality: 'medium' },
    'quality=high',
    [
      'Unexpected quality `high`, which `policy` in imprompt.config does not allow; expected at most `medium`',
    ],
  ],
  [{ quality: 'medium' }, 'model=plain size=1024x1024', []],
  [
    { quality: 'splendid' },
    'quality=low',
    [
      'Unexpected quality `low`, which `policy` in imprompt.config does not allow; expected at most `splendid`',
    ],
  ],
] satisfies readonly (readonly [Policy, string, readonly string[]])[])(
  'under %j a picture with %j has the problems %j',
  async ([policy, attributes, texts]) => {
    const plan = await planUnder(policy, attributes)
    expect(plan.problems.map(describeProblem)).toEqual(texts)
    const codes = objectionsTo(plan, generous, new Map()).map(({ code }) => code)
    expect(codes).toEqual(texts.length === 0 ? [] : ['AUTHORING_PROBLEMS'])
  },
)

test('a stored picture stays, whatever the policy says today', async () => {
  const store = memoryStore()
  const bytes = Buffer.from('bytes')
  await store.keep(entryOfBytes(requestIn('![gen: a fox](quality=high)'), bytes), bytes)
  const plan = await planUnder({ quality: 'low' }, 'quality=high', store)
  expect(plan.problems).toEqual([])
  expect(newImages(plan)).toEqual([])
})

test.for([[{ models: [] }], [{ quality: 1 }], [{ model: 'x' }]] as const)(
  'a configuration that says %j is refused',
  ([policy]) => {
    expect(settingsFrom({ policy }, mute)).toHaveProperty('issues')
  },
)

test('what is not allowed stands at its attribute, and a default at its directive', async () => {
  const source = 'A ![gen: a fox](quality=high, model=fake-1)'
  const settings = settingsOf({ policy: { providers: ['x'], models: ['plain'], quality: 'low' } })
  const input = { ...inputOf([requestIn(source, settings)]), directives: [directiveIn(source)] }
  const { problems } = await planFor(input, settings, memoryStore(), history)
  expect(problems.map(({ place }) => place.column)).toEqual([
    source.indexOf('![') + 1,
    source.indexOf('model') + 1,
    source.indexOf('quality') + 1,
  ])
})

test('whoever may stand in is held to it as well', async () => {
  const models = mute.models.map((model, at) => ({ ...model, id: `cheap-${at}` }))
  const other = { ...mute, id: 'other', models, defaultModel: 'cheap-0' }
  const pair = fallback([mute, { provider: other, quality: 'high' }])
  const policy = { providers: ['fake'], models: ['fake-*', 'cheap-*'], quality: 'medium' }
  const settings = settingsOf({ policy }, pair)
  const requests = [requestIn('![gen: a fox](quality=low)', settings)]
  const { problems } = await planFor(inputOf(requests), settings, memoryStore(), history)
  expect(problems.map(describeProblem)).toEqual([
    '`other` may stand in, and `policy` in imprompt.config does not allow its provider `other`; expected `fake`',
    '`other` may stand in, and `policy` in imprompt.config does not allow its quality `high`; expected at most `medium`',
  ])
})

test.for(['first', 'last'])(
  'whoever stands in for a stand-in that is the %s is held to it',
  async (at) => {
    const other = { ...mute, id: 'other' }
    const strange = { ...mute, id: 'strange' }
    const nested =
      at === 'first'
        ? fallback([fallback([mute, strange]), other])
        : fallback([mute, fallback([other, strange])])
    const settings = settingsOf({ policy: { providers: ['fake', 'other'] } }, nested)
    const requests = [requestIn('![gen: a fox](quality=low)', settings)]
    const { problems } = await planFor(inputOf(requests), settings, memoryStore(), history)
    expect(problems).toMatchObject([{ kind: 'policy', actual: 'strange', standIn: 'strange' }])
  },
)
