import { describe, expect, test } from 'vitest'
import { holdDeadlines } from '../support/held-deadlines.ts'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, type Purchase, size } from '../support/raw-purchase.ts'
import { head, startRaw, type Turn } from '../support/raw-server.ts'

const encoded = Buffer.from(await png(size)).toString('base64')
const half = encoded.slice(0, encoded.length / 2)
const start = head('200 OK', { 'content-type': 'text/event-stream' })
const partial = event('partial_image', { b64_json: encoded, partial_image_index: 0 })
const completed = event('completed', { b64_json: encoded })

function event(name: string, fields: object): string {
  const type = `image_generation.${name}`
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

/** Buys while somebody looks on, and tells how many pictures in the making were shown. */
async function watchPurchase(turn: Turn): Promise<Purchase & { readonly shown: number }> {
  const isEndless = turn.endless !== undefined || turn.ending === 'hold'
  let shown = 0
  using deadlines = holdDeadlines()
  await using server = await startRaw(turn)
  const purchase = await buyFrom(server.url, {
    openai: { partialImages: 1 },
    onPartial: () => {
      shown += 1
      if (isEndless) deadlines.pass()
    },
  })
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]).toContain('"partial_images":1')
  expect(declared(purchase)).toBe(server.requests.length)
  await expect.poll(() => server.open).toBe(0)
  return { ...purchase, shown }
}

test('a stream that ends in a picture is bought, whatever follows', async () => {
  const pieces = [start, partial, completed, 'event: image_generation.completed\ndata: {']
  const { outcome, store, shown } = await watchPurchase({ pieces })
  expect(outcome).toMatchObject({ kind: 'bought' })
  expect(store.kept.size).toBe(1)
  expect(shown).toBe(1)
})

describe('a partial picture is no result, and what it is part of may be billed', () => {
  test.for<readonly [string, Turn]>([
    ['and then an end', { pieces: [start, partial] }],
    ['and then a reset', { pieces: [start, partial], ending: 'reset' }],
    ['and then nothing', { pieces: [start, partial], ending: 'hold' }],
    ['and then blanks for ever', { pieces: [start, partial], endless: ': keep-alive\n\n' }],
    ['and then partial pictures for ever', { pieces: [start, partial], endless: partial }],
    ['and then the end of all events', { pieces: [start, partial, 'data: [DONE]\n\n'] }],
    ['and then half an event', { pieces: [start, partial, completed.slice(0, 400)] }],
    ['and then no JSON', { pieces: [start, partial, 'data: <html>\n\n'] }],
    ['and then an error', { pieces: [start, partial, 'event: error\ndata: {"error":{}}\n\n'] }],
    [
      'and then an error that says so',
      { pieces: [start, partial, 'data: {"error":{"message":"No.","code":"server_error"}}\n\n'] },
    ],
    [
      'and then base64 cut short',
      { pieces: [start, partial, event('completed', { b64_json: half.slice(0, -1) })] },
    ],
    ['and then no picture', { pieces: [start, partial, event('completed', {})] }],
    ['and then an empty one', { pieces: [start, partial, event('completed', { b64_json: '' })] }],
  ])('%s', { timeout: 10_000 }, async ([, turn]) => {
    const { outcome, journal, store, shown } = await watchPurchase(turn)
    expect(shown).toBeGreaterThan(0)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('billed') })
    expect(journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(store.kept.size + store.quarantined.length).toBe(0)
  })
})

test('a picture that ends a stream and is half a one is kept for a person', async () => {
  const cut = encoded.slice(0, Math.floor(encoded.length / 8) * 4)
  const { outcome, store } = await watchPurchase({
    pieces: [start, partial, event('completed', { b64_json: cut })],
  })
  expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('not whole') })
  expect(store.quarantined.map((kept) => Buffer.from(kept))).toEqual([Buffer.from(cut, 'base64')])
})

test('a partial picture that cannot be read is not shown, and costs no picture', async () => {
  const broken = event('partial_image', { b64_json: '*', partial_image_index: 0 })
  const { outcome, shown } = await watchPurchase({ pieces: [start, broken, completed] })
  expect(outcome).toMatchObject({ kind: 'bought' })
  expect(shown).toBe(0)
})

test('a stream that nobody asked for may be billed', async () => {
  await using server = await startRaw({ pieces: [start, partial, completed] })
  const purchase = await buyFrom(server.url)
  expect(purchase.outcome).toMatchObject({ kind: 'unknown' })
  expect(declared(purchase)).toBe(server.requests.length)
})
