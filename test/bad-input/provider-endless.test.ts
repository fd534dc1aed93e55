import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { holdDeadlines } from '../support/held-deadlines.ts'
import { buyFrom, declared } from '../support/raw-purchase.ts'
import { head, http, startRaw, type Turn } from '../support/raw-server.ts'

const body = '{"data":[]}'
const json = { 'content-type': 'application/json' }
const ok = '200 OK'

describe('a body that never ends is cut off at the deadline, and may be billed', () => {
  test.for<readonly [string, Turn]>([
    ['no headers', { ending: 'hold' }],
    ['half the headers', { pieces: ['HTTP/1.1 200 OK\r\ncontent-'], ending: 'hold' }],
    ['headers for ever', { pieces: ['HTTP/1.1 200 OK\r\n'], endless: 'x' }],
    ['nothing after the headers', { pieces: [head(ok, json)], ending: 'hold' }],
    ['a byte at a time', { pieces: [head(ok, json)], endless: 'a' }],
    [
      'white space in chunks',
      { pieces: [head(ok, { ...json, 'transfer-encoding': 'chunked' })], endless: '1\r\n \r\n' },
    ],
    ['white space after the reply', { pieces: [head(ok, json), body], endless: ' ' }],
    ['an error that goes on', { pieces: [head('500 Internal Server Error', json)], endless: ' ' }],
  ])('%s', { timeout: 10_000 }, async ([, turn]) => {
    using deadlines = holdDeadlines()
    await using server = await startRaw(turn)
    const purchasing = buyFrom(server.url)
    await deadlines.passOnce(() => server.requests.length === 1)
    const purchase = await purchasing
    expect(purchase.outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('billed'),
    })
    expect(declared(purchase)).toBe(server.requests.length)
    await expect.poll(() => server.open).toBe(0)
  })
})

test('a body of 200 MB is cut off at the cap, and may be billed', async () => {
  const piece = Buffer.alloc(1_000_000, 'A')
  const start = '{"data":[{"b64_json":"'
  const headers = head(ok, { ...json, 'content-length': '200000000' })
  await using server = await startRaw({ pieces: [headers, start], endless: piece })
  const purchase = await buyFrom(server.url)
  expect(purchase.outcome).toMatchObject({
    kind: 'unknown',
    message: expect.stringContaining('more than 48000000 bytes'),
  })
  expect(declared(purchase)).toBe(server.requests.length)
  await expect.poll(() => server.open).toBe(0)
})

test('a packed body of 1 MB is cut off where it grows past the cap', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, ' '))
  expect(bomb.length).toBeLessThan(1_000_000)
  await using server = await startRaw({ pieces: [http(bomb, { 'content-encoding': 'gzip' })] })
  const purchase = await buyFrom(server.url)
  expect(purchase.outcome).toMatchObject({
    kind: 'unknown',
    message: expect.stringContaining('more than 48000000 bytes'),
  })
  expect(declared(purchase)).toBe(server.requests.length)
})
