import { inspect } from 'node:util'

import { expect, test } from 'vitest'

import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { redact } from '../../../packages/core/src/provider/redact.ts'
import type { Answer, GenerateInput } from '../../../packages/core/src/ports.ts'
import { holdDeadlines } from '../../support/held-deadlines.ts'
import {
  blocks,
  mishaps,
  refusals,
  startOpenAi,
  type Fault,
  type OpenAiDouble,
  type Refusal,
} from '../../support/openai-server.ts'

const key = 'sk-test-double'

const input: GenerateInput = {
  model: 'gpt-image-2.5-flare-2026-09-08',
  prompt: 'a lighthouse at dusk',
  size: { width: 1024, height: 768 },
  quality: 'low',
  take: 1,
}

function ask(
  { url }: Pick<OpenAiDouble, 'url'>,
  signal: AbortSignal = new AbortController().signal,
  timeoutMs = 30_000,
): Promise<Answer> {
  const connection = openai({ timeoutMs }).connect({ OPENAI_API_KEY: key, OPENAI_BASE_URL: url })
  if (connection.kind === 'locked') throw new Error('locked')
  return connection.generate(input, signal)
}

async function meet(fault: Fault): Promise<{ answer: Answer; double: OpenAiDouble }> {
  await using double = await startOpenAi()
  double.fail(fault)
  return { answer: await ask(double), double }
}

test.for([
  ['moderation', 'prompt', 'moderation_blocked'],
  ['contentPolicy', 'prompt', 'content_policy_violation'],
  ['billingLimit', 'run', 'billing_hard_limit_reached'],
  ['badSize', 'image', 'invalid_value'],
  ['unknownParameter', 'image', 'unknown_parameter'],
  ['retiredModel', 'run', 'invalid_value'],
  ['modelNotFound', 'run', 'model_not_found'],
  ['notFound', 'run', 'invalid_request_error'],
  ['unprocessable', 'image', 'invalid_request_error'],
  ['badKey', 'run', 'invalid_api_key'],
  ['unverified', 'run', 'invalid_request_error'],
  ['quota', 'run', 'insufficient_quota'],
  ['creditExhausted', 'run', 'credit_balance_exhausted'],
  ['organizationSpend', 'run', 'organization_spend_limit_exceeded'],
  ['projectSpend', 'run', 'project_spend_limit_exceeded'],
  ['organizationUsage', 'run', 'organization_usage_limit_exceeded'],
  ['noAccess', 'run', 'rate_limit_exceeded'],
  ['redirect', 'run', 'redirect'],
] as const)('%s refuses the %s as `%s`, asked once', async ([name, scope, code]) => {
  const { answer, double } = await meet(refusals[name])
  expect(answer).toMatchObject({
    kind: 'refused',
    scope,
    code,
    requestId: 'req_1',
    message: expect.stringMatching(/; nothing was made$/),
  })
  expect(double.requests).toBe(1)
  expect(double.billed).toEqual([])
})

const { moderation_details: _, ...untold } = blocks.output.error

test.for<readonly [string, Fault, number]>([
  ['at its output', blocks.output, 0],
  ['at its output, and billed', 'blocked-output', 1],
  ['at an unknown stage', blocks.unknown, 0],
  ['at a stage that is not told', { status: 400, error: untold }, 0],
])('a prompt that is blocked %s may have been billed', async ([, fault, bills]) => {
  const { answer, double } = await meet(fault)
  expect(answer).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/refused the prompt.*`moderation_blocked`.*may have billed$/),
    requestId: 'req_1',
  })
  expect(double.requests).toBe(1)
  expect(double.billed).toHaveLength(bills)
})

test.for([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
])('knows `%s` by its code, whatever its type', async (code) => {
  const { status, error } = refusals.rateLimit
  const { answer } = await meet({ status, error: { ...error, code } })
  expect(answer).toMatchObject({ kind: 'refused', scope: 'run', code })
})

test.for([
  ['rateLimit', {}, 2000],
  ['rateLimit', { 'retry-after': '0.5' }, 500],
  ['rateLimit', { 'retry-after': '20', 'retry-after-ms': '1500' }, 1500],
  [
    'rateLimit',
    { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' },
    30_000,
  ],
  [
    'rateLimit',
    { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' },
    0,
  ],
  ['rateLimit', { 'retry-after': 'soon' }, undefined],
  ['slowDown', {}, undefined],
  ['overloaded', {}, undefined],
  ['overloaded', { 'retry-after': '1' }, 1000],
] as const)('%s with %j is busy for %s ms, asked once', async ([name, headers, afterMs]) => {
  const refusal: Refusal = refusals[name]
  const { answer, double } = await meet({ ...refusal, headers: { ...refusal.headers, ...headers } })
  expect(answer.kind).toBe('busy')
  expect(answer.kind === 'busy' ? answer.afterMs : Number.NaN).toBe(afterMs)
  expect(double.requests).toBe(1)
})

const readable = new Set(['half-png', 'wrong-dimensions', 'no-usage'])
const unending = new Set(['hang'])

test.for(mishaps.filter((mishap) => !readable.has(mishap) && !unending.has(mishap)))(
  'a request of %s is of unknown fate, and sent once',
  async (mishap) => {
    const { answer, double } = await meet(mishap)
    expect(answer.kind).toBe('unknown')
    expect(double.requests).toBe(1)
    expect(double.billed).toHaveLength(1)
  },
)

test('a reply without usage is a picture of no known bill', async () => {
  const { answer } = await meet('no-usage')
  expect(answer.kind).toBe('image')
  expect(answer).not.toHaveProperty('microUsd')
})

test('two pictures for one are kept for a person to look at', async () => {
  const { answer } = await meet('two-pictures')
  expect(answer).toMatchObject({ kind: 'unknown', requestId: 'req_1' })
  expect(answer.kind === 'unknown' ? answer.received : []).toHaveLength(2)
})

test.for([
  ['html', '<body>Welcome to the proxy</body>'],
  ['truncated-json', '{\\"created\\":1795305600'],
] as const)('shows what came for a %s', async ([mishap, excerpt]) => {
  const { answer } = await meet(mishap)
  const message = answer.kind === 'unknown' ? answer.message : ''
  expect(message).toContain(excerpt)
  expect(message.length).toBeLessThanOrEqual(300)
})

test('reads the errors of FastAPI', async () => {
  const error = { message: '', type: '' }
  const { answer } = await meet({ status: 422, error, detail: 'size must be divisible by 8' })
  expect(answer).toMatchObject({
    kind: 'refused',
    scope: 'image',
    message: expect.stringContaining('size must be divisible by 8'),
  })
})

test.for([500, 502, 503, 504, 529, 408, 409])('a bare %i is of unknown fate', async (status) => {
  const error = { message: 'No.', type: 'server_error', param: null, code: null }
  const { answer, double } = await meet({ status, error })
  expect(answer.kind).toBe('unknown')
  expect(double.requests).toBe(1)
})

test('a server that never answers is of unknown fate after the time-out', async () => {
  using deadlines = holdDeadlines()
  await using double = await startOpenAi()
  double.fail('hang')
  const answer = ask(double, new AbortController().signal, 5_000)
  await deadlines.passOnce(() => double.billed.length === 1)
  expect((await answer).kind).toBe('unknown')
  expect(deadlines.lengths).toEqual([5_000])
  expect(double.requests).toBe(1)
  expect(double.billed).toHaveLength(1)
})

test(
  'a request cancelled after it was sent is of unknown fate at once',
  { timeout: 10_000 },
  async () => {
    await using double = await startOpenAi({ delayMs: 600_000 })
    const controller = new AbortController()
    const answer = ask(double, controller.signal, 600_000)
    await expect.poll(() => double.billed.length).toBe(1)
    controller.abort()
    expect((await answer).kind).toBe('unknown')
    expect(double.requests).toBe(1)
  },
)

test('a request cancelled before it was sent is not sent', async () => {
  await using double = await startOpenAi()
  expect((await ask(double, AbortSignal.abort())).kind).toBe('busy')
  expect(double.requests).toBe(0)
})

test('a closed port is busy', async () => {
  const double = await startOpenAi()
  await double[Symbol.asyncDispose]()
  const answer = await ask(double)
  expect(answer).toMatchObject({ kind: 'busy', message: expect.stringContaining('ECONNREFUSED') })
})

test.for([
  ['http://127.0.0.1:9/v1', 'bad port'],
  ['http://me:secret@127.0.0.1:8080/v1', 'holds a password'],
] as const)('an address that no request may go to, %s, refuses the run', async ([url, reason]) => {
  const answer = await ask({ url })
  expect(answer).toMatchObject({ kind: 'refused', scope: 'run', code: 'invalid_request' })
  expect(answer).toMatchObject({ message: expect.stringMatching(`^Nothing was sent: .*${reason}`) })
  expect(JSON.stringify(answer)).not.toContain('secret')
})

test('a failed TLS handshake is busy', async () => {
  await using double = await startOpenAi()
  const answer = await ask({ url: double.url.replace('http:', 'https:') })
  expect(answer.kind).toBe('busy')
  expect(double.requests).toBe(0)
})

test.for([...Object.values(refusals), ...mishaps.filter((mishap) => !unending.has(mishap))])(
  'never shows the key: %j',
  async (fault) => {
    const echoing: Fault =
      typeof fault === 'string'
        ? fault
        : { ...fault, error: { ...fault.error, message: `Not with ${key}, sk-live-abc123.` } }
    const { answer } = await meet(echoing)
    const shown = inspect({ ...answer, bytes: undefined }, { depth: 10 })
    expect(shown).not.toContain(key)
    expect(shown).not.toContain('sk-live-abc123')
  },
)

test.for([
  ['key plain-old-key is bad', 'plain-old-key', 'key … is bad'],
  ['key sk-proj-a_b****wxyz is bad', 'other', 'key … is bad'],
  ['two\n  lines', 'other', 'two lines'],
  ['x'.repeat(301), 'other', `${'x'.repeat(300)}…`],
] as const)('reports %j beside the key %s as %j', ([text, secret, shown]) => {
  expect(redact(text, secret)).toBe(shown)
})

test('every charge belongs to an image or to an unknown fate', async () => {
  await using double = await startOpenAi()
  const faults: readonly (Fault | undefined)[] = [
    undefined,
    refusals.rateLimit,
    ...mishaps.filter((mishap) => !unending.has(mishap)),
    refusals.moderation,
    undefined,
  ]
  const answers: Answer[] = []
  for (const fault of faults) {
    if (fault !== undefined) double.fail(fault)
    answers.push(await ask(double))
  }
  const chargeable = answers.filter(({ kind }) => kind === 'image' || kind === 'unknown')
  expect(double.requests).toBe(faults.length)
  expect(double.billed).toHaveLength(chargeable.length)
})
