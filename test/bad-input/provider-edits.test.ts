import { describe, expect, test } from 'vitest'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, size } from '../support/raw-purchase.ts'
import { head, http, startRaw, type Turn } from '../support/raw-server.ts'

const reference = await png(size)
const encoded = Buffer.from(reference).toString('base64')
const body = JSON.stringify({ data: [{ b64_json: encoded }] })
const half = body.slice(0, body.length / 2)

test('a picture after another one is bought by one request that holds it', async () => {
  await using server = await startRaw({ pieces: [http(body)] })
  const purchase = await buyFrom(server.url, { reference })
  expect(purchase.outcome).toMatchObject({ kind: 'bought' })
  expect(server.requests[0]).toContain('POST /v1/images/edits')
  expect(server.requests[0]).toContain(Buffer.from(reference).toString('latin1'))
  expect(declared(purchase)).toBe(server.requests.length)
})

describe('a picture after another one may be billed after', () => {
  test.for<readonly [string, Turn]>([
    ['a web page', { pieces: [http('<!doctype html>', { 'content-type': 'text/html' })] }],
    ['JSON that ends early', { pieces: [http(half)] }],
    ['base64 cut short', { pieces: [http(body.replace(encoded, encoded.slice(0, -1)))] }],
    ['no items', { pieces: [http('{"data":[]}')] }],
    ['a length beyond the body', { pieces: [http(body, { 'content-length': '9999999' })] }],
    ['no byte', { pieces: [] }],
    ['a reset', { ending: 'reset' }],
    ['a reset in the body', { pieces: [head('200 OK', {}), half], ending: 'reset' }],
    ['500', { pieces: [http('{"error":{"message":"No."}}', {}, '500 Oops')] }],
  ])('%s, and is asked for once', async ([, turn]) => {
    await using server = await startRaw(turn)
    const purchase = await buyFrom(server.url, { reference })
    expect(purchase.outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('billed'),
    })
    expect(purchase.store.kept.size).toBe(0)
    expect(server.requests).toHaveLength(1)
    expect(declared(purchase)).toBe(server.requests.length)
  })

  test.for(['request-headers', 'request-body'] as const)('a drop at its %s', async (dropAt) => {
    await using server = await startRaw({ dropAt })
    const purchase = await buyFrom(server.url, { reference })
    expect(purchase.outcome).toMatchObject({ kind: 'unknown' })
    expect(server.connections).toBe(1)
    expect(declared(purchase)).toBeGreaterThanOrEqual(server.requests.length)
  })
})
