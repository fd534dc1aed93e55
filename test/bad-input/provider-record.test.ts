import { describe, expect, test } from 'vitest'
import { holdDeadlines } from '../support/held-deadlines.ts'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, type Purchase, size } from '../support/raw-purchase.ts'
import { head, http, startRaw } from '../support/raw-server.ts'

const encodedOf = async (of: typeof size): Promise<string> =>
  Buffer.from(await png(of)).toString('base64')
const encoded = await encodedOf(size)
const small = await encodedOf({ width: 512, height: 384 })
const large = await encodedOf({ width: 1536, height: 1152 })
const vast = await encodedOf({ width: 9000, height: 6752 })

async function receive(reply: object): Promise<Purchase> {
  await using server = await startRaw({ pieces: [http(JSON.stringify(reply))] })
  const purchase = await buyFrom(server.url)
  expect(server.requests).toHaveLength(1)
  expect(declared(purchase)).toBe(server.requests.length)
  return purchase
}

describe('what a reply says of its making', () => {
  test('is recorded, also where it is not what was asked', async () => {
    const told = { model: 'gpt-image-1-mini', quality: 'low', background: 'opaque' }
    const { outcome } = await receive({
      ...told,
      size: '1024x768',
      data: [{ b64_json: encoded, revised_prompt: 'a lighthouse' }],
    })
    expect(outcome).toMatchObject({
      kind: 'bought',
      entry: {
        request: { model: expect.stringMatching(/^gpt-image-2/), quality: 'medium' },
        making: { ...told, size, revisedPrompt: 'a lighthouse' },
      },
    })
  })

  test.for([{ model: 7 }, { size: 'wide' }, { size: '0x0' }, { quality: null }, { usage: 'none' }])(
    'is left out where it is none: %j',
    async (told) => {
      const { outcome } = await receive({ ...told, data: [{ b64_json: encoded }] })
      expect(outcome).toMatchObject({ kind: 'bought', entry: { cost: { basis: 'estimate' } } })
      expect(outcome).not.toHaveProperty('entry.making')
    },
  )

  test('may be a larger size than was asked, which was paid for', async () => {
    const { outcome } = await receive({ size: '1536x1152', data: [{ b64_json: large }] })
    expect(outcome).toMatchObject({
      kind: 'bought',
      entry: { original: { width: 1536, height: 1152 }, wanted: size },
    })
  })

  test.for([
    ['a smaller size', '512x384', small, /512x384 pixels, asked were 1024x768/],
    ['a size that is not that of its picture', '1536x1152', encoded, /asked were 1536x1152/],
    ['a size beyond that of any picture', '9000x6752', vast, /pixel limit/],
  ] as const)('opens no door by %s', async ([, told, picture, fault]) => {
    const { outcome, store } = await receive({ size: told, data: [{ b64_json: picture }] })
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(store.kept.size).toBe(0)
    expect(store.quarantined).toHaveLength(1)
  })
})

describe('a reply that comes late', () => {
  const body = JSON.stringify({ data: [{ b64_json: encoded }] })
  const pieces = [head('200 OK', { 'content-length': String(body.length) }), body]

  test('is bought where the build was stopped meanwhile', async () => {
    await using server = await startRaw({ pieces, everyMs: 300 })
    const stopped = new AbortController()
    const purchasing = buyFrom(server.url, { stop: stopped.signal })
    await expect.poll(() => server.requests, { interval: 5, timeout: 20_000 }).toHaveLength(1)
    stopped.abort()
    const purchase = await purchasing
    expect(purchase.outcome).toMatchObject({ kind: 'bought' })
    expect(purchase.store.kept.size).toBe(1)
    expect(declared(purchase)).toBe(server.requests.length)
  })

  test('after the deadline may be billed, and is asked for once', async () => {
    using deadlines = holdDeadlines()
    await using server = await startRaw({ pieces, everyMs: 600_000 })
    const purchasing = buyFrom(server.url)
    await deadlines.passOnce(() => server.requests.length === 1)
    const purchase = await purchasing
    expect(purchase.outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('billed'),
    })
    expect(declared(purchase)).toBe(server.requests.length)
    expect(server.connections).toBe(1)
  })
})
