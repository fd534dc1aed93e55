import { expect, test } from 'vitest'
import { requestHashOf, recordedRequestOf } from '../../../packages/core/src/key/key.ts'
import { objectionsTo } from '../../../packages/core/src/plan/gate.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Verdict } from '../../../packages/core/src/ports.ts'
import { generous, inputOf, memoryStore, requestIn, settingsOf } from '../../support/fakes.ts'

const unknown: Verdict = { kind: 'unknown', message: 'It was cut off.', worstMicroUsd: 50_000 }
const refused: Verdict = { kind: 'refused', code: 'no', message: 'It is no picture.' }

function planAfter(verdict: Verdict): Promise<Plan> {
  const request = requestIn('![gen: fox](size=1024x1024, quality=low)')
  const verdicts = new Map([[requestHashOf(recordedRequestOf(request)), verdict]])
  const history = { verdicts, keepsStyle: false, today: '2026-11-24' }
  return planFor(inputOf([request]), settingsOf(), memoryStore(), history)
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

test.for([unknown, refused])(
  'what was said of a request that is $kind ends once',
  async (verdict) => {
    const [objection] = objectionsTo(await planAfter(verdict), generous, new Map())
    expect(objection?.message).toContain(`${verdict.message} It was not`)
  },
)
