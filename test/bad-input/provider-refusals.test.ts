import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { redact } from '../../packages/core/src/provider/redact.ts'
import { png } from '../support/pictures.ts'
import { answerOf, buyFrom, declared, secret, size } from '../support/raw-purchase.ts'
import { http, startRaw } from '../support/raw-server.ts'

const b64 = Buffer.from(await png(size)).toString('base64')
const body = JSON.stringify({ data: [{ b64_json: b64 }] })

const slow = '{"error":{"message":"Slow down.","type":"requests","code":"rate_limit_exceeded"}}'

describe('a 429 costs nothing, and is waited for as long as it says', () => {
  test.for<readonly [Readonly<Record<string, string>>, readonly number[]]>([
    [{ 'retry-after': '2' }, [2000]],
    [{ 'retry-after-ms': '1500', 'retry-after': '20' }, [1500]],
    [
      { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' },
      [30_000],
    ],
    [{ 'retry-after': '-1' }, [1000]],
    [{ 'retry-after': 'soon' }, [1000]],
    [{ 'retry-after': '' }, [1000]],
    [{}, [1000]],
  ])('%j', async ([headers, waits]) => {
    await using server = await startRaw(
      { pieces: [http(slow, headers, '429 Too Many Requests')] },
      { pieces: [http(body)] },
    )
    const purchase = await buyFrom(server.url)
    expect(purchase.clock.waits).toEqual(waits)
    expect(purchase.outcome).toMatchObject({ kind: 'bought' })
    expect(declared(purchase)).toBe(server.requests.length - 1)
  })

  test('but not for eleven days', async () => {
    await using server = await startRaw({
      pieces: [http(slow, { 'retry-after': '999999' }, '429 Too Many Requests')],
    })
    const purchase = await buyFrom(server.url)
    expect(purchase.outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('Slow down.'),
    })
    expect(purchase.clock.waits).toEqual([])
    expect(server.requests).toHaveLength(1)
    expect(purchase.journal.settlements).toEqual([{ kind: 'released' }])
  })
})

describe('a refusal costs nothing, and is asked for once', () => {
  test.for([
    ['429 Too Many Requests', 'insufficient_quota', 'run'],
    ['429 Too Many Requests', 'credit_balance_exhausted', 'run'],
    ['429 Too Many Requests', 'organization_spend_limit_exceeded', 'run'],
    ['429 Too Many Requests', 'project_spend_limit_exceeded', 'run'],
    ['429 Too Many Requests', 'organization_usage_limit_exceeded', 'run'],
    ['400 Bad Request', 'billing_hard_limit_reached', 'run'],
    ['400 Bad Request', 'moderation_blocked', 'prompt'],
    ['400 Bad Request', 'content_policy_violation', 'prompt'],
    ['401 Unauthorized', 'invalid_api_key', 'run'],
    ['403 Forbidden', 'organization_unverified', 'run'],
    ['404 Not Found', 'model_not_found', 'run'],
  ] as const)('%s `%s`', async ([status, code, scope]) => {
    const moderation_details = { moderation_stage: 'input' }
    const error = JSON.stringify({
      error: { message: 'No.', type: 'error', code, moderation_details },
    })
    await using server = await startRaw({ pieces: [http(error, {}, status)] })
    const purchase = await buyFrom(server.url)
    expect(purchase.outcome).toMatchObject({
      kind: 'refused',
      scope,
      code,
      message: expect.stringContaining(`\`${code}\``),
    })
    expect(purchase.journal.settlements).toMatchObject([
      { kind: scope === 'prompt' ? 'refused' : 'released' },
    ])
    expect(server.requests).toHaveLength(1)
    expect(declared(purchase)).toBe(0)
  })
})

describe('a server that echoes the key does not make it show', () => {
  test.for<readonly [string, Buffer]>([
    [
      'in an error',
      http(
        JSON.stringify({ error: { message: `Bad key ${secret}`, code: 'x' } }),
        {},
        '401 Unauthorized',
      ),
    ],
    [
      'in the code of an error',
      http(JSON.stringify({ error: { message: 'No.', code: secret } }), {}, '401 Unauthorized'),
    ],
    [
      'in a failure',
      http(JSON.stringify({ error: { message: `Bearer ${secret}` } }), {}, '500 Oops'),
    ],
    ['in a web page', http(`<html>${secret}`, { 'content-type': 'text/html' }, '502 Bad Gateway')],
    ['in what is no JSON', http(secret)],
    ['in what is no HTTP', Buffer.from(`${secret}\r\n\r\n`)],
    ['in a status line', http('', {}, `500 ${secret}`)],
    ['in a header', http('', { 'x-request-id': secret, 'x-key': secret }, '500 Oops')],
  ])('%s', async ([, reply]) => {
    await using server = await startRaw({ pieces: [reply] })
    const { outcome, journal, store } = await buyFrom(server.url)
    const answer = await answerOf(server.url)
    const records = [answer, outcome, journal.settlements, [...store.kept.values()]]
    const shown = inspect(records, { depth: 20, showHidden: true })
    expect(server.requests[0]).toContain(secret)
    expect(shown).not.toContain(secret)
    expect(shown).not.toContain(secret.slice(8))
  })
})

test('a token is told without itself', () => {
  expect(redact('authorization: Bearer abcdef0123456789', secret)).toBe('authorization: Bearer …')
})
