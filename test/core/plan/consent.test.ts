import { expect, test } from 'vitest'
import { isBinding, noConsent } from '../../../packages/core/src/plan/consent.ts'

const since = '2026-11-24T12:00:00.000Z'
const after = (hours: number): Date => new Date(Date.parse(since) + hours * 3_600_000)

test.for([
  ['unpushed', false, 0, true],
  ['unpushed', false, 1000, true],
  ['unpushed', true, 0, false],
  ['unknown', false, 1000, true],
  ['unknown', true, 0, false],
  ['submitted', false, 1000, true],
  ['submitted', true, 24, true],
  ['submitted', true, 26, false],
] as const)(
  'word of what is %s binds (consent %j, after %i hours): %j',
  ([kind, unknown, hours, isSo]) => {
    expect(isBinding({ kind, since }, { ...noConsent, unknown }, after(hours))).toBe(isSo)
  },
)
