import { describe, expect, test } from 'vitest'
import { type HeldDeadlines, holdDeadlines } from '../support/held-deadlines.ts'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, type Purchase, secret, size } from '../support/raw-purchase.ts'
import { head, http, startRaw, type Turn } from '../support/raw-server.ts'

const whole = Buffer.from(await png(size))
const encoded = whole.toString('base64')
const json = { 'content-type': 'application/json' }
const usage = { input_tokens: 10, output_tokens: 20, total_tokens: 30 }

function call(result: unknown, status = 'completed'): object {
  return { type: 'image_generation_call', id: 'ig_1', status, result }
}

function response(...output: readonly object[]): string {
  return JSON.stringify({ id: 'resp_1', object: 'response', status: 'completed', output, usage })
}

function reply(body: object, status = '200 OK'): Buffer {
  return http(JSON.stringify(body), {}, status)
}

async function buy(turn: Turn, deadlines?: HeldDeadlines): Promise<Purchase> {
  await using server = await startRaw(turn)
  const purchasing = buyFrom(server.url, { openai: { api: 'responses' } })
  await deadlines?.passOnce(() => server.requests.length === 1)
  const purchase = await purchasing
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]).toContain('/responses')
  expect(declared(purchase)).toBe(server.requests.length)
  await expect.poll(() => server.open).toBe(0)
  return purchase
}

test('a response with one whole picture is bought', async () => {
  const { outcome } = await buy({ pieces: [http(response(call(encoded)))] })
  expect(outcome).toMatchObject({ kind: 'bought' })
})

describe('a response that holds no readable picture may be billed, and is asked for once', () => {
  const body = response(call(encoded))
  const half = body.slice(0, body.length / 2)
  const length = String(body.length)

  test.for<readonly [string, Turn]>([
    ['a web page', { pieces: [http('<!doctype html><p>Log in', { 'content-type': 'text/html' })] }],
    ['a web page that says it is JSON', { pieces: [http('<!doctype html><p>Log in')] }],
    ['JSON that ends early', { pieces: [http(half)] }],
    ['JSON and then garbage', { pieces: [http(`${body}garbage`)] }],
    ['nothing', { pieces: [http('')] }],
    ['null', { pieces: [http('null')] }],
    ['no output', { pieces: [http('{"status":"completed"}')] }],
    ['base64 cut short', { pieces: [http(response(call(encoded.slice(0, -1))))] }],
    ['base64 with a space', { pieces: [http(response(call(` ${encoded}`)))] }],
    ['a data URL', { pieces: [http(response(call(`data:image/png;base64,${encoded}`)))] }],
    ['a number for a picture', { pieces: [http(response(call(7)))] }],
    ['a call that is under way', { pieces: [http(response(call(null, 'generating')))] }],
    ['a length beyond the body', { pieces: [http(body, { 'content-length': '9999999' })] }],
    ['a length short of the body', { pieces: [http(body, { 'content-length': '99' })] }],
    ['no byte', { pieces: [] }],
    ['a reset', { ending: 'reset' }],
    [
      'a reset in the body',
      {
        pieces: [head('200 OK', { ...json, 'content-length': length }), half],
        ending: 'reset',
      },
    ],
    ['500', { pieces: [http('{"error":{"message":"No."}}', {}, '500 Oops')] }],
  ])('%s', async ([, turn]) => {
    const { outcome, journal, store } = await buy(turn)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('billed') })
    expect(journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(store.kept.size + store.quarantined.length).toBe(0)
  })

  test.for<readonly [string, Turn]>([
    ['no headers', { ending: 'hold' }],
    ['blanks for ever', { pieces: [head('200 OK', json)], endless: ' ' }],
    ['half of it and nothing more', { pieces: [head('200 OK', json), half], ending: 'hold' }],
  ])('%s, at the deadline', async ([, turn]) => {
    using deadlines = holdDeadlines()
    const { outcome } = await buy(turn, deadlines)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('billed') })
  })

  test('200 MB, at the cap', async () => {
    const endless = Buffer.alloc(1_000_000, 'A')
    const { outcome } = await buy({ pieces: [head('200 OK', json), '{"output":["'], endless })
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('billed') })
  })
})

describe('what a response holds and is no whole picture is kept, and may be billed', () => {
  const half = whole.subarray(0, whole.length / 2)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')

  test.for<readonly [string, readonly object[], readonly Buffer[]]>([
    ['half a PNG', [call(half.toString('base64'))], [half]],
    ['an SVG with a script', [call(svg.toString('base64'))], [svg]],
    ['two pictures', [call(encoded), call(encoded)], [whole, whole]],
    ['a picture of a call that failed', [call(encoded, 'failed')], [whole]],
  ])('%s', async ([, output, kept]) => {
    const { outcome, store } = await buy({ pieces: [http(response(...output))] })
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('kept in') })
    expect(store.kept.size).toBe(0)
    expect(store.quarantined.map((bytes) => Buffer.from(bytes))).toEqual(kept)
  })
})

describe('a server that echoes the key does not make it show', () => {
  const told = { status: 'failed', output: [], usage }

  test.for<readonly [string, Buffer]>([
    ['in an error', reply({ error: { message: `No ${secret}`, code: secret } }, '401 No')],
    ['in a failure', reply({ error: { message: `Bearer ${secret}` } }, '500 Oops')],
    ['in words', reply({ ...told, output: [{ type: 'message', content: [{ text: secret }] }] })],
    ['in an error of a 200', reply({ ...told, error: { message: secret, code: 'x' } })],
    ['in the code of one', reply({ ...told, error: { message: 'No.', code: secret } })],
    ['in the type of one', reply({ ...told, error: { message: 'No.', type: secret } })],
    ['in the reason of an end', reply({ ...told, incomplete_details: { reason: secret } })],
    ['in a header', http(response(call(encoded)), { 'x-request-id': secret })],
    ['in a header of a failure', http('{}', { 'x-request-id': secret }, '400 No')],
    ['in what is no JSON', http(secret)],
  ])('%s', async ([, answer]) => {
    await using server = await startRaw({ pieces: [answer] })
    const { outcome, journal } = await buyFrom(server.url, { openai: { api: 'responses' } })
    expect(server.requests[0]).toContain(secret)
    expect(JSON.stringify([outcome, journal.settlements])).not.toContain(secret.slice(8))
  })
})
