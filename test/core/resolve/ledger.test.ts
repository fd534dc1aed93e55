import { expect, test } from 'vitest'
import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Answer } from '../../../packages/core/src/ports.ts'
import { once } from '../../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../../packages/core/src/resolve/purchase.ts'
import { resolve } from '../../../packages/core/src/resolve/resolve.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { fsLedger } from '../../../packages/core/src/store/ledger.ts'
import {
  fakeProvider,
  fixedClock,
  freeClaims,
  inputOf,
  memoryStore,
  noFiles,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'
import { png } from '../../support/pictures.ts'
import { makeProject } from '../../support/project.ts'

const bytes = await png({ width: 1024, height: 1024 })
const message = 'it is told'

/** What a vendor answers to each prompt, and what it bills for that. */
const vendor: Readonly<Record<string, readonly [billed: number, answer: Answer]>> = {
  fox: [41_000, { kind: 'image', bytes, microUsd: 41_000, requestId: 'req_1' }],
  'fox without usage': [45_000, { kind: 'image', bytes }],
  'half a fox': [
    41_000,
    { kind: 'image', bytes: bytes.subarray(0, 99), microUsd: 41_000, requestId: 'req_2' },
  ],
  'fox in words': [
    300,
    { kind: 'refused', scope: 'image', code: 'no_picture', message, microUsd: 300 },
  ],
  bomb: [0, { kind: 'refused', scope: 'prompt', code: 'blocked', message }],
  'fox of another size': [0, { kind: 'refused', scope: 'image', code: 'size', message }],
  'lost fox': [41_000, { kind: 'unknown', message, requestId: 'req_3' }],
  'fox to come': [0, { kind: 'busy', message }],
}

test('a ledger comes to what a vendor billed, and bounds what nobody knows', async () => {
  using project = makeProject({})
  const provider = fakeProvider(
    async ({ prompt }) => vendor[prompt]?.[1] ?? { kind: 'unknown', message: prompt },
  )
  const settings = settingsOf({}, provider)
  const store = memoryStore()
  const clock = fixedClock()
  const requests = Object.keys(vendor).map((prompt) =>
    requestIn(`![gen: ${prompt}](size=1024x1024)`, settings),
  )
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  const plan = await planFor(inputOf(requests), settings, store, history)
  const limits = {
    budgetMicroUsd: 10_000_000,
    concurrency: 1,
    connections: new Map([['fake', provider.connect({})]]),
  }
  await resolve(plan, newImages(plan), limits, {
    store,
    journal: fsJournal(project.root, clock),
    clock,
    files: noFiles,
    stop: new AbortController().signal,
    inFlight: once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  const { attempts } = await fsLedger(project.root).read()
  const prompts = new Map(plan.images.map((image) => [image.requestHash, image.request.prompt]))
  expect(
    Object.fromEntries(
      attempts.map(({ requestHash, ...line }) => [
        prompts.get(requestHash),
        [line.end, line.end === 'unknown' ? line.worstMicroUsd : line.microUsd, line.requestId],
      ]),
    ),
  ).toEqual({
    fox: ['bought', 41_000, 'req_1'],
    // What is not told is taken for the worst case.
    'fox without usage': ['bought', 50_000, undefined],
    'half a fox': ['unknown', 50_000, 'req_2'],
    'fox in words': ['refused', 300, undefined],
    bomb: ['refused', 0, undefined],
    'fox of another size': ['refused', 0, undefined],
    'lost fox': ['unknown', 50_000, 'req_3'],
  })
  // What was billed is what is settled, and at most the worst case of the rest.
  for (const line of attempts) {
    const [billed = 0] = vendor[prompts.get(line.requestHash) ?? ''] ?? []
    const isExact = line.end !== 'unknown' && line.basis === 'usage'
    const told = line.end === 'unknown' ? (line.worstMicroUsd ?? 0) : line.microUsd
    expect([billed, told]).toEqual([isExact ? told : billed, Math.max(billed, told)])
  }
})
