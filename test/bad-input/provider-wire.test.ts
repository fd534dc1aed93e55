import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { OpenAiOptions } from '../../packages/core/src/provider/openai/options.ts'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, size } from '../support/raw-purchase.ts'
import { head, http, startRaw, type Turn } from '../support/raw-server.ts'

const b64 = Buffer.from(await png(size)).toString('base64')
const body = JSON.stringify({ created: 1_795_000_000, data: [{ b64_json: b64 }] })
const packed = gzipSync(body)
const json = { 'content-type': 'application/json' }
const half = body.slice(0, body.length / 2)
const length = String(body.length)
const ok = '200 OK'

describe('a whole reply is bought, however it comes', () => {
  test.for<readonly [string, Turn]>([
    ['with its length', { pieces: [http(body)] }],
    ['until the connection closes', { pieces: [head(ok, json), body] }],
    [
      'from a server of HTTP/1.0',
      { pieces: ['HTTP/1.0 200 OK\r\n', 'content-type: application/json\r\n\r\n', body] },
    ],
    ['packed', { pieces: [http(packed, { 'content-encoding': 'gzip' })] }],
    ['without an end of the connection', { pieces: [http(body)], ending: 'hold' }],
    ['with a reset behind it', { pieces: [http(body)], ending: 'reset' }],
    [
      'in pieces and late, in time',
      {
        pieces: [head(ok, { ...json, 'content-length': length }), half, body.slice(half.length)],
        everyMs: 150,
      },
    ],
    ['with a date a day off', { pieces: [http(body, { date: 'Mon, 01 Jan 2035 00:00:00 GMT' })] }],
    ['with a date that is none', { pieces: [http(body, { date: 'yesterday' })] }],
    [
      'made in the future',
      { pieces: [http(JSON.stringify({ created: 9_999_999_999, data: [{ b64_json: b64 }] }))] },
    ],
    [
      'made before the epoch',
      { pieces: [http(JSON.stringify({ created: -1, data: [{ b64_json: b64 }] }))] },
    ],
  ])('%s', async ([, turn]) => {
    await using server = await startRaw(turn)
    const purchase = await buyFrom(server.url)
    expect(purchase.outcome).toMatchObject({ kind: 'bought' })
    expect([...purchase.store.kept.values()]).toMatchObject([
      { boughtAt: '2026-11-23T12:00:00.000Z' },
    ])
    expect(declared(purchase)).toBe(server.requests.length)
  })
})

describe('a reply that is no whole one may be billed, and is asked for once', () => {
  test.for<readonly [string, Turn]>([
    [
      'a web page',
      { pieces: [http('<!doctype html><title>Log in</title>', { 'content-type': 'text/html' })] },
    ],
    ['a web page that says it is JSON', { pieces: [http('<!doctype html><title>Log in</title>')] }],
    ['JSON that ends early', { pieces: [http(half)] }],
    [
      'a packed body that ends early',
      { pieces: [http(packed.subarray(0, -20), { 'content-encoding': 'gzip' })] },
    ],
    [
      'a plain body that says it is packed',
      { pieces: [http(body, { 'content-encoding': 'gzip' })] },
    ],
    [
      'a length beyond the body',
      { pieces: [http(body, { 'content-length': String(body.length + 9) })] },
    ],
    [
      'a length short of the body',
      { pieces: [http(body, { 'content-length': String(body.length - 9) })] },
    ],
    [
      'two lengths',
      {
        pieces: [`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\ncontent-length: 5\r\n\r\n`, body],
      },
    ],
    [
      'a length and chunks',
      {
        pieces: [
          head(ok, { ...json, 'content-length': length, 'transfer-encoding': 'chunked' }),
          body,
        ],
      },
    ],
    ['a length of -1', { pieces: [http(body, { 'content-length': '-1' })] }],
    [
      'chunks without an end',
      {
        pieces: [
          head(ok, { ...json, 'transfer-encoding': 'chunked' }),
          `${body.length.toString(16)}\r\n${body}\r\n`,
        ],
      },
    ],
    [
      'half a body from a server of HTTP/1.0',
      { pieces: ['HTTP/1.0 200 OK\r\n', 'content-type: application/json\r\n\r\n', half] },
    ],
    ['no HTTP', { pieces: ['SSH-2.0-OpenSSH_9.2\r\n'] }],
    ['no byte', { pieces: [] }],
    ['a reset without a byte', { pieces: [], ending: 'reset' }],
    ['half a status line', { pieces: ['HTTP/1.1 20'] }],
    [
      'a reset after the headers',
      { pieces: [head(ok, { ...json, 'content-length': length })], ending: 'reset' },
    ],
    [
      'a reset in the body',
      { pieces: [head(ok, { ...json, 'content-length': length }), half], ending: 'reset' },
    ],
    ['no content', { pieces: [head('204 No Content', {})] }],
    ['500', { pieces: [http('{"error":{"message":"No."}}', {}, '500 Internal Server Error')] }],
    [
      '502 with a web page',
      { pieces: [http('<html>', { 'content-type': 'text/html' }, '502 Bad Gateway')] },
    ],
    ['504', { pieces: [http('', {}, '504 Gateway Timeout')] }],
  ])('%s', async ([, turn]) => {
    await using server = await startRaw(turn)
    const purchase = await buyFrom(server.url)
    expect(purchase.outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('billed'),
    })
    expect(purchase.journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(purchase.store.kept.size).toBe(0)
    expect(server.requests).toHaveLength(1)
    expect(declared(purchase)).toBe(server.requests.length)
  })
})

describe('a connection broken off while a request goes out leaves its fate open', () => {
  test.for(['request-headers', 'request-body'] as const)('at %s', async (dropAt) => {
    await using server = await startRaw({ dropAt })
    const purchase = await buyFrom(server.url)
    expect(purchase.outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('may have been billed'),
    })
    expect(server.connections).toBe(1)
    expect(declared(purchase)).toBeGreaterThanOrEqual(server.requests.length)
  })
})

describe('no connection costs nothing, and is tried again', () => {
  test.for<readonly [string, OpenAiOptions]>([
    ['a closed port', {}],
    [
      'a name that does not resolve',
      { baseURL: 'http://nowhere.invalid/v1', id: 'nowhere', apiKey: 'none', price: 'openai' },
    ],
  ])('%s', async ([, options]) => {
    const server = await startRaw({})
    await server[Symbol.asyncDispose]()
    const purchase = await buyFrom(server.url, { openai: options })
    expect(purchase.outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('nothing was sent'),
    })
    // One for each attempt.
    expect(purchase.journal.settlements).toEqual(
      Array.from({ length: 7 }, () => ({ kind: 'released' })),
    )
    expect(purchase.clock.waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000])
    expect(declared(purchase)).toBe(0)
  })

  test('a server that speaks no TLS', async () => {
    await using server = await startRaw({ dropAt: 'accept' })
    const purchase = await buyFrom(server.url.replace('http:', 'https:'))
    expect(purchase.outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('nothing was sent'),
    })
    expect(declared(purchase)).toBe(server.requests.length)
  })
})

test('a connection reset at once costs nothing, or leaves its fate open', async () => {
  await using server = await startRaw({ dropAt: 'accept' })
  const purchase = await buyFrom(server.url)
  // Which of the two depends on whether the reset comes before the first write.
  expect(['failed', 'unknown']).toContain(purchase.outcome.kind)
  const open = purchase.journal.settlements.filter(({ kind }) => kind !== 'released')
  expect(open).toHaveLength(purchase.outcome.kind === 'unknown' ? 1 : 0)
  expect(server.requests).toEqual([])
})
