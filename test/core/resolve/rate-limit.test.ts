import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Connection, Provider } from '../../../packages/core/src/ports.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { once } from '../../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../../packages/core/src/resolve/outcome.ts'
import { resolve } from '../../../packages/core/src/resolve/resolve.ts'
import {
  freeClaims,
  inputOf,
  memoryJournal,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'
import { startOpenAi } from '../../support/openai-server.ts'
import { virtualClock } from '../../support/virtual-clock.ts'

const count = 8
const imagesPerMinute = 4

test.for([
  // The first ones at once, the others when the window ends.
  ['fixed-window', 60_000],
  // The first ones at once, then one in 15 s.
  ['token-bucket', 60_000],
] as const)(
  'an account of 4 pictures a minute by %s is billed for 8 once each, in little more than a minute',
  async ([kind, idealMs]) => {
    const clock = virtualClock()
    const rateLimit = { imagesPerMinute, kind, now: clock.elapsed }
    await using double = await startOpenAi({ rateLimit })
    const provider = openai({ id: 'double', baseURL: double.url, apiKey: 'sk-test-double' })
    const priced: Provider = {
      ...provider,
      estimate: () => ({ microUsd: 1, worstMicroUsd: 9, basis: 'exact', source: 'a test' }),
    }
    const settings = settingsOf({}, priced)
    const requests = Array.from({ length: count }, (_, at) =>
      requestIn(`![gen: fox ${at}](size=1024x1024)`, settings),
    )
    const [store, journal] = [memoryStore(), memoryJournal()]
    const plan = await planFor(inputOf(requests), settings, store, {
      verdicts: new Map(),
      keepsStyle: false,
      today: '2026-11-23',
    })
    const { connection, isBusy } = watched(provider.connect({}))
    const connections = new Map([[provider.id, connection]])
    const limits = { budgetMicroUsd: 1_000_000, concurrency: count, connections }
    const buying = resolve(plan, newImages(plan), limits, {
      store,
      journal,
      clock,
      files: noFiles,
      stop: new AbortController().signal,
      inFlight: once<Outcome>(),
      claims: freeClaims,
      consent: noConsent,
    })
    const outcomes = [...(await clock.until(buying, isBusy)).values()]

    expect(outcomes.map((one) => one.kind)).toEqual(Array.from({ length: count }, () => 'bought'))
    expect(new Set(double.billed.map(({ prompt }) => prompt)).size).toBe(count)
    expect(double.billed).toHaveLength(count)
    expect(journal.barred.size).toBe(0)
    // All go out at once before the account is known, and every one beyond it is put off.
    expect(double.requests).toBeGreaterThan(count)
    expect(double.requests).toBeLessThanOrEqual(2 * count)
    expect(clock.elapsed()).toBeGreaterThanOrEqual(idealMs)
    expect(clock.elapsed()).toBeLessThan(1.5 * idealMs)
  },
)

/** Tells whether a request is under way, during which virtual time stands still. */
function watched(connection: Connection): {
  readonly connection: Connection
  readonly isBusy: () => boolean
} {
  if (connection.kind === 'locked') throw new Error('locked')
  let underWay = 0
  const generate: typeof connection.generate = async (input, signal) => {
    underWay += 1
    return connection.generate(input, signal).finally(() => {
      underWay -= 1
    })
  }
  return { connection: { ...connection, generate }, isBusy: () => underWay > 0 }
}
