import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { expect, test } from 'vitest'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Provider } from '../../../packages/core/src/ports.ts'
import { once } from '../../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../../packages/core/src/resolve/outcome.ts'
import { resolve } from '../../../packages/core/src/resolve/resolve.ts'
import {
  fixedClock,
  freeClaims,
  inputOf,
  memoryJournal,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'
import { type Fault, refusals, startOpenAi } from '../../support/openai-server.ts'

/** Buys two pictures, one after the other, where the server meets the first one with a fault. */
async function buyTwo(fault: Fault) {
  await using double = await startOpenAi()
  double.fail(fault)
  const provider: Provider = {
    ...openai({ id: 'double', baseURL: double.url, apiKey: 'sk-test-double' }),
    estimate: () => ({
      microUsd: 40_000,
      worstMicroUsd: 50_000,
      basis: 'upper-bound',
      source: 'a test',
    }),
  }
  const settings = settingsOf({}, provider)
  const requests = ['![gen: a fox](size=1024x1024)', '![gen: a hen](size=1024x1024)'].map(
    (source) => requestIn(source, settings),
  )
  const store = memoryStore()
  const journal = memoryJournal()
  const plan = await planFor(inputOf(requests), settings, store, {
    verdicts: new Map(),
    keepsStyle: false,
    today: '2026-11-23',
  })
  const connections = new Map([[provider.id, provider.connect({})]])
  const limits = { budgetMicroUsd: 1_000_000, concurrency: 1, connections }
  const outcomes = await resolve(plan, newImages(plan), limits, {
    store,
    journal,
    clock: fixedClock(),
    files: noFiles,
    stop: new AbortController().signal,
    inFlight: once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  const kinds = [...outcomes.values()].map(({ kind }) => kind)
  const unknown = kinds.filter((kind) => kind === 'unknown').length
  const bought = kinds.filter((kind) => kind === 'bought').length
  // Billed = distinct requests + declared unknown charges.
  expect(double.billed).toHaveLength(bought + unknown)
  return { kinds, requests: double.requests, barred: [...journal.barred.values()] }
}

test.for(['moderation', 'contentPolicy'] as const)(
  'remembers %s, and goes on with the next picture',
  async (name) => {
    const { kinds, requests, barred } = await buyTwo(refusals[name])
    expect({ kinds, requests }).toEqual({ kinds: ['refused', 'bought'], requests: 2 })
    expect(barred).toMatchObject([{ kind: 'refused', code: refusals[name].error.code }])
  },
)

test.for(['badSize', 'unknownParameter', 'unprocessable'] as const)(
  'refuses one picture for %s, remembers nothing, and goes on',
  async (name) => {
    const { kinds, requests, barred } = await buyTwo(refusals[name])
    expect({ kinds, requests }).toEqual({ kinds: ['refused', 'bought'], requests: 2 })
    expect(barred).toEqual([])
  },
)

test.for([
  'billingLimit',
  'quota',
  'creditExhausted',
  'organizationSpend',
  'projectSpend',
  'organizationUsage',
  'noAccess',
  'badKey',
  'unverified',
  'retiredModel',
  'modelNotFound',
  'notFound',
  'redirect',
] as const)('sends no further request after %s', async (name) => {
  const { kinds, requests, barred } = await buyTwo(refusals[name])
  expect({ kinds, requests }).toEqual({ kinds: ['refused', 'failed'], requests: 1 })
  expect(barred).toEqual([])
})

test.for(['rateLimit', 'slowDown', 'overloaded'] as const)('asks again after %s', async (name) => {
  const { kinds, requests, barred } = await buyTwo(refusals[name])
  expect({ kinds, requests }).toEqual({ kinds: ['bought', 'bought'], requests: 3 })
  expect(barred).toEqual([])
})

test.for(['server-error', 'gateway-timeout', 'reset', 'reset-midway'] as const)(
  'does not ask again after %s, whose charge is declared',
  async (fault) => {
    const { kinds, requests, barred } = await buyTwo(fault)
    expect({ kinds, requests }).toEqual({ kinds: ['unknown', 'bought'], requests: 2 })
    expect(barred).toMatchObject([{ kind: 'unknown', worstMicroUsd: 50_000 }])
  },
)
