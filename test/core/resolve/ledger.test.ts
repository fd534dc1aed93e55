import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { noConsent } from '../../../packages/core/src/plan/consent.ts'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { type Plan, planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Answer, Provider } from '../../../packages/core/src/ports.ts'
import { once } from '../../../packages/core/src/resolve/once.ts'
import type { Outcome } from '../../../packages/core/src/resolve/outcome.ts'
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

/** Buys pictures of these prompts, and answers the plan of that. */
async function buy(root: string, prompts: readonly string[], provider: Provider): Promise<Plan> {
  const settings = settingsOf({}, provider)
  const store = memoryStore()
  const clock = fixedClock()
  const requests = prompts.map((prompt) => requestIn(`![gen: ${prompt}](size=1024x1024)`, settings))
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
  const plan = await planFor(inputOf(requests), settings, store, history)
  const limits = {
    budgetMicroUsd: 10_000_000,
    concurrency: 1,
    connections: new Map([['fake', provider.connect({})]]),
  }
  await resolve(plan, newImages(plan), limits, {
    store,
    journal: fsJournal(root, clock),
    clock,
    files: noFiles,
    stop: new AbortController().signal,
    inFlight: once<Outcome>(),
    claims: freeClaims,
    consent: noConsent,
  })
  return plan
}

test('a ledger comes to what a vendor billed, and bounds what nobody knows', async () => {
  using project = makeProject({})
  const provider = fakeProvider(
    async ({ prompt }) => vendor[prompt]?.[1] ?? { kind: 'unknown', message: prompt },
  )
  const plan = await buy(project.root, Object.keys(vendor), provider)
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

describe('no line holds a key or the text of a prompt', () => {
  const key = 'sk-test-1234567890abcdef'
  const prompt = 'a fox whose burrow nobody must know'
  const echo = `${key}: ${prompt}`

  test.for<readonly [string, Answer]>([
    ['a picture', { kind: 'image', bytes, microUsd: 41_000, requestId: echo }],
    ['a picture by a key', { kind: 'image', bytes, microUsd: 41_000, requestId: key }],
    ['no picture', { kind: 'image', bytes: bytes.subarray(0, 99), requestId: prompt }],
    ['final', { kind: 'refused', scope: 'prompt', code: echo, message: echo, requestId: echo }],
    ['by a key', { kind: 'refused', scope: 'prompt', code: key, message: echo, requestId: key }],
    ['billed', { kind: 'refused', scope: 'image', code: prompt, message: echo, microUsd: 300 }],
    ['passing', { kind: 'refused', scope: 'run', code: prompt, message: echo, requestId: prompt }],
    ['unknown', { kind: 'unknown', message: echo, requestId: prompt }],
    ['busy', { kind: 'busy', message: echo, afterMs: 600_000 }],
  ])('that a vendor echoes: %s', async ([, answer]) => {
    using project = makeProject({})
    await buy(
      project.root,
      [prompt],
      fakeProvider(async () => answer),
    )
    const { attempts } = await fsLedger(project.root).read()
    expect(attempts).toHaveLength(answer.kind === 'busy' ? 0 : 1)
    const folder = project.path('ledger')
    const names = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      : []
    const files = names.filter((name) => name.endsWith('.jsonl'))
    const text = files.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('')
    expect(text).not.toContain('sk-test')
    expect(text).not.toContain('fox')
    expect(text).not.toContain('burrow')
    expect(text).not.toContain(project.root)
  })

  test.for([
    ['moderation_blocked', 'moderation_blocked'],
    ['http_503', 'http_503'],
    ['it is against our policy', 'unnamed'],
    ['', 'unnamed'],
    ['a'.repeat(129), 'unnamed'],
  ] as const)('and a refusal by the code `%s` is told as `%s`', async ([code, told]) => {
    using project = makeProject({})
    const answer = { kind: 'refused', scope: 'prompt', code, message, requestId: 'req_1' } as const
    await buy(
      project.root,
      [prompt],
      fakeProvider(async () => answer),
    )
    const { attempts } = await fsLedger(project.root).read()
    expect(attempts).toMatchObject([{ code: told, requestId: 'req_1' }])
  })
})
