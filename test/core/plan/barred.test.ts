import { expect, test } from 'vitest'
import { requestHashOf, recordedRequestOf } from '../../../packages/core/src/key/key.ts'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { RequestHash, Verdict } from '../../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const unknown: Verdict = { kind: 'unknown', message: 'It was cut off.', worstMicroUsd: 50_000 }
const refused: Verdict = { kind: 'refused', code: 'no', message: 'It is no picture.' }

const request = requestIn('![gen: fox](size=1024x1024, quality=low)')

function planAfter(verdict: Verdict, ...others: readonly ImageRequest[]): Promise<Plan> {
  const verdicts = new Map([[requestHashOf(recordedRequestOf(request)), verdict]])
  const history = { verdicts, keepsStyle: false, today: '2026-11-24' }
  return planFor(inputOf([request, ...others]), settingsOf(), memoryStore(), history)
}

test.for([
  ['`imprompt generate --retry-unknown`', unknown, new Set<string>()],
  ['`imprompt generate --batch --retry-unknown`', unknown, new Set(['fake'])],
  ['`imprompt generate --batch --retry-unknown` does so', unknown, 'all'],
  ['`imprompt generate --retry-refused`', refused, new Set<string>()],
  ['`imprompt generate --batch --retry-refused`', refused, new Set(['fake'])],
] as const)('a barred request is told with what buys it: %s', async ([text, verdict, only]) => {
  const [objection] = objectionsTo(await planAfter(verdict), generous, new Map(), only)
  expect(objection?.message).toContain(text)
})

test('a refused and an unknown request are settled together, as none is alone', async () => {
  const other = requestIn('![gen: hen](size=1024x1024, quality=low)')
  const verdicts = new Map<RequestHash, Verdict>([
    [requestHashOf(recordedRequestOf(request)), unknown],
    [requestHashOf(recordedRequestOf(other)), refused],
  ])
  const history = { verdicts, keepsStyle: false, today: '2026-11-24' }
  const plan = await planFor(inputOf([request, other]), settingsOf(), memoryStore(), history)
  const told = objectionsTo(plan, generous, new Map())
  expect(told).toHaveLength(2)
  for (const { message } of told)
    expect(message).toContain('`imprompt generate --retry-refused --retry-unknown`')
})

test('what a person consented to is not taken back by the advice', async () => {
  const consent = { refused: true, unknown: false, keepsStyle: true }
  const plan = { ...(await planAfter(unknown)), consent }
  const [objection] = objectionsTo(plan, generous, new Map())
  expect(objection?.message).toContain(
    '`imprompt generate --keep-style --retry-refused --retry-unknown` does so',
  )
})

test('what is new is told to wait for it, where it would be bought', async () => {
  const plan = await planAfter(refused, requestIn('![gen: owl](size=1024x1024, quality=low)'))
  const told = objectionsTo(plan, generous, new Map()).map(({ message }) => message)
  expect(told[1]).toBe(
    '1 new picture for up to $0.05 not bought either: nothing is before each of the above is settled, changed or taken out',
  )
  const onPlaceholders = objectionsTo(plan, { ...generous, mode: 'placeholder' }, new Map())
  expect(onPlaceholders).toEqual([])
  expect(objectionsTo(await planAfter(refused), generous, new Map())).toHaveLength(1)
})

test.for([unknown, refused])(
  'what was said of a request that is $kind ends once',
  async (verdict) => {
    const [objection] = objectionsTo(await planAfter(verdict), generous, new Map())
    expect(objection?.message).toContain(`${verdict.message} It was not`)
  },
)

test('what another command may not buy is told with that command', async () => {
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const plan = await planFor(inputOf([request]), settingsOf(), memoryStore(), history)
  const terms = { ...generous, command: 'imprompt drafts post.md:1' }
  const told = objectionsTo(plan, terms, new Map([['fake', 'FAKE_KEY']]), new Set(['fake']))
  const text = told.map(({ message }) => message).join('\n')
  expect(text).toContain('FAKE_KEY is not set: put it into the environment or .env.local and run')
  expect(text).toContain('which `imprompt drafts post.md:1` does not wait for')
  expect(text).not.toContain('imprompt generate')
  expect(text).not.toContain('placeholder')
})
