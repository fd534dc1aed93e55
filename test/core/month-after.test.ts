import { expect, test } from 'vitest'
import { monthAfter } from '../../packages/core/src/month-after.ts'
import type { Key, LedgerFault } from '../../packages/core/src/ports.ts'
import type { Outcome } from '../../packages/core/src/resolve/outcome.ts'
import { entryOfBytes } from '../support/entries.ts'
import { fixedClock, requestIn } from '../support/fakes.ts'
import { boughtAt, unknownAt } from '../support/ledger-lines.ts'

const entry = entryOfBytes(requestIn('![gen: a fox]()'), Buffer.from('bytes'))
const message = 'told'
const attempts = [
  boughtAt('2026-10-31T12:00:00.000Z', 1_000_000),
  boughtAt('2026-11-01T12:00:00.000Z', 46_000),
  unknownAt('2026-11-02T12:00:00.000Z'),
]

function monthOf(outcomes: readonly Outcome[], faults: readonly LedgerFault[] = []) {
  const byKey = outcomes.map((outcome): readonly [Key, Outcome] => [entry.key, outcome])
  const ledger = { read: async () => ({ attempts, faults }) }
  return monthAfter(new Map(byKey), { ledger, clock: fixedClock() })
}

const month = {
  name: '2026-11',
  settledMicroUsd: 46_000,
  unknownMicroUsd: 50_000,
  projectedMicroUsd: 60_000,
}

test.for<readonly [Outcome]>([
  [{ kind: 'bought', entry }],
  [{ kind: 'refused', scope: 'image', code: 'no_picture', message, microUsd: 300 }],
  [{ kind: 'unknown', message, worstMicroUsd: 50_000 }],
])('a build tells its month after %j', async ([outcome]) => {
  expect(await monthOf([outcome])).toEqual({ month })
})

test.for<readonly [Outcome]>([
  [{ kind: 'found', entry }],
  [{ kind: 'refused', scope: 'prompt', code: 'blocked', message }],
  [{ kind: 'failed', scope: 'run', message }],
])('a build adds nothing to its month by %j', async ([outcome]) => {
  expect(await monthOf([outcome])).toEqual({})
})

test('no month is told by half a ledger, nor by a build that asked for nothing', async () => {
  const fault = { kind: 'corrupt', path: 'a.jsonl', line: 2, message, remedy: '' } as const
  expect(await monthOf([{ kind: 'bought', entry }], [fault])).toEqual({})
  expect(await monthOf([])).toEqual({})
})
