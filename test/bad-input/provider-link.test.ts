import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type HeldDeadlines, holdDeadlines } from '../support/held-deadlines.ts'
import { png } from '../support/pictures.ts'
import {
  buyFrom,
  declared,
  type Purchase,
  type PurchaseChange,
  secret,
  size,
} from '../support/raw-purchase.ts'
import { head, http, type RawServer, startRaw, type Turn } from '../support/raw-server.ts'

const bytes = Buffer.from(await png(size))
const picture: Turn = { pieces: [http(bytes, { 'content-type': 'image/png' })] }
const turned = Buffer.from(await png({ width: 768, height: 1024 }))
const jpeg = await sharp(bytes).jpeg().toBuffer()
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const query = 'signature=canary-of-the-link'

interface Bought extends Purchase {
  /** What was sent for the picture itself, which buys nothing. */
  readonly downloads: RawServer
}

/** Buys of a server that answers an address, of files that are served so. */
async function buyLinked(turns: readonly [Turn, ...Turn[]], deadlines?: HeldDeadlines) {
  const downloads = await startRaw(...turns)
  const purchasing = buyAt(`http://127.0.0.1:${downloads.port}/1.png?${query}`)
  await deadlines?.passOnce(() => downloads.requests.length === 1)
  const purchase = await purchasing
  await downloads[Symbol.asyncDispose]()
  return { ...purchase, downloads } satisfies Bought
}

/** Buys of a server that answers this address, and pays once whatever comes of it. */
async function buyAt(address: string, change?: PurchaseChange): Promise<Purchase> {
  const body = JSON.stringify({ data: [{ url: address }] })
  await using server = await startRaw({ pieces: [http(body)] })
  const purchase = await buyFrom(server.url, change)
  expect(server.requests).toHaveLength(1)
  expect(declared(purchase)).toBe(server.requests.length)
  return purchase
}

function redirect(location: string): Turn {
  return { pieces: [http('', { location }, '302 Found')] }
}

describe('a picture behind an address is bought', () => {
  const cut: Turn = { pieces: [http(bytes, { 'content-length': '999999' })] }

  test.for<readonly [string, readonly [Turn, ...Turn[]]]>([
    ['at once', [picture]],
    ['after a redirect on its host', [redirect('/2.png'), picture]],
    ['after a failure', [{ pieces: [http('', {}, '503 Busy')] }, picture]],
    ['after a drop half way', [cut, picture]],
    ['after a reset', [{ ending: 'reset' }, picture]],
    ['under its true type', [{ pieces: [http(jpeg, { 'content-type': 'image/png' })] }]],
  ])('%s, for one price and without the key', async ([, turns]) => {
    const { outcome, store, downloads } = await buyLinked(turns)
    expect(outcome).toMatchObject({ kind: 'bought' })
    expect(store.kept.size).toBe(1)
    expect(downloads.connections).toBe(turns.length)
    expect(downloads.requests.join()).toContain(query)
    expect(downloads.requests.join()).not.toContain(secret)
  })
})

describe('a picture that does not come from its address may be billed', () => {
  test.for<readonly [string, Turn, RegExp, number]>([
    ['that is not found', { pieces: [http('', {}, '404 Not Found')] }, /answered 404/, 1],
    ['that expired', { pieces: [http('<Error/>', {}, '403 Forbidden')] }, /answered 403/, 1],
    ['of a host that fails', { pieces: [http('', {}, '500 Oops')] }, /answered 500/, 3],
    [
      'that breaks off half way',
      { pieces: [http(bytes.subarray(0, 99), { 'content-length': String(bytes.length) })] },
      /no whole picture/,
      3,
    ],
    [
      'that is reset half way',
      {
        pieces: [head('200 OK', { 'content-length': String(bytes.length) }), bytes.subarray(0, 99)],
        ending: 'reset',
      },
      /no whole picture/,
      3,
    ],
    ['of a web page', { pieces: [http('<p>', { 'content-type': 'text/html' })] }, /a web page/, 1],
    ['of nothing', { pieces: [http('')] }, /answered nothing/, 1],
    ['redirected to a file', redirect('file:///etc/passwd'), /scheme `file:`/, 1],
    ['redirected to data', redirect('data:image/png;base64,aGk='), /scheme `data:`/, 1],
    ['redirected to metadata', redirect('http://169.254.169.254/latest'), /scheme `http:`/, 1],
    ['redirected to a private host', redirect('https://10.0.0.1/1.png'), /host `10.0.0.1`/, 1],
    ['redirected elsewhere', redirect('https://other.invalid/1.png'), /host `other.invalid`/, 1],
    ['redirected for ever', redirect('/again'), /more than 3 times/, 4],
  ])('%s', { timeout: 10_000 }, async ([, turn, fault, connections]) => {
    const { outcome, journal, store, downloads } = await buyLinked([turn])
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(outcome).toMatchObject({ message: expect.stringContaining('may have billed') })
    expect(outcome).not.toMatchObject({ message: expect.stringContaining(query) })
    expect(journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(store.kept.size + store.quarantined.length).toBe(0)
    expect(downloads.connections).toBe(connections)
  })

  test('of more than 36 MB, of which no more is read', async () => {
    const turn = { pieces: [head('200 OK', {})], endless: Buffer.alloc(1_000_000, 'A') }
    const { outcome, downloads } = await buyLinked([turn])
    expect(outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('more than 36000000 bytes'),
    })
    expect(downloads.connections).toBe(1)
  })

  test('that never ends, after the deadline', async () => {
    const turn = { pieces: [head('200 OK', {})], endless: 'a' }
    using deadlines = holdDeadlines()
    const { outcome, downloads } = await buyLinked([turn], deadlines)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringContaining('in time') })
    expect(downloads.connections).toBe(1)
  })

  test.for([
    ['of a file', 'file:///etc/passwd', /scheme `file:`/],
    ['of metadata', 'http://169.254.169.254/latest', /scheme `http:`/],
    ['of a private host', 'https://192.168.0.1/1.png', /host `192.168.0.1`/],
    ['of another host', 'https://other.invalid/1.png', /host `other.invalid`/],
    ['with credentials', 'http://user:word@127.0.0.1/1.png', /credentials/],
    ['that is none', '/1.png', /malformed/],
  ] as const)('%s, which nothing is sent to', async ([, address, fault]) => {
    const { outcome, store } = await buyAt(address)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(store.kept.size).toBe(0)
  })

  test.for(['127.0.0.2', '[::1]'])('of %s, though it is allowed', async (host) => {
    await using internal = await startRaw(picture)
    const change = { openai: { pictureHosts: [host] } }
    const { outcome } = await buyAt(`https://${host}:${internal.port}/1.png`, change)
    expect(outcome).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('a private address'),
    })
    expect(internal.connections).toBe(0)
  })
})

describe('what comes from an address and is no picture is kept, and may be billed', () => {
  test.for<readonly [string, Buffer, RegExp]>([
    ['half a PNG', bytes.subarray(0, bytes.length / 2), /not whole/],
    ['an SVG with a script', Buffer.from(svg), /neither PNG, JPEG nor WebP/],
    ['other dimensions', turned, /768x1024/],
    ['a script after the end', Buffer.concat([bytes, Buffer.from('<script>')]), /goes on after/],
  ])('%s', async ([, served, fault]) => {
    const turn = { pieces: [http(served, { 'content-type': 'image/png' })] }
    const { outcome, store } = await buyLinked([turn])
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(store.kept.size).toBe(0)
    expect(store.quarantined.map((kept) => Buffer.from(kept))).toEqual([served])
  })
})
