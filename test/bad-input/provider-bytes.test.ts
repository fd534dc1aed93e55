import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, type Purchase, size } from '../support/raw-purchase.ts'
import { http, startRaw } from '../support/raw-server.ts'

const whole = Buffer.from(await png(size))
const jpeg = await sharp(whole).jpeg().toBuffer()
const webp = await sharp(whole).webp().toBuffer()
const gif = await sharp(whole).gif().toBuffer()
const avif = await sharp(whole).avif({ effort: 0 }).toBuffer()
const turned = Buffer.from(await png({ width: 768, height: 1024 }))
const pixel = await png({ width: 1, height: 1 })

async function receive(body: string): Promise<Purchase> {
  await using server = await startRaw({ pieces: [http(body)] })
  const purchase = await buyFrom(server.url)
  expect(server.requests).toHaveLength(1)
  expect(declared(purchase)).toBe(server.requests.length)
  return purchase
}

function receiveBytes(bytes: Uint8Array): Promise<Purchase> {
  return receive(JSON.stringify({ data: [{ b64_json: Buffer.from(bytes).toString('base64') }] }))
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** Puts chunks behind the header of a PNG. */
function withChunks(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([whole.subarray(0, 33), ...chunks, whole.subarray(33)])
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

/** The first half of a WebP, which says that it is all. */
function cutWebp(): Buffer {
  const copy = Buffer.from(webp.subarray(0, webp.length / 2))
  copy.writeUInt32LE(copy.length - 8, 4)
  return copy
}

/** A JPEG that says it has this many pixels in each direction. */
function vastJpeg(edge: number): Buffer {
  const copy = Buffer.from(jpeg)
  const frame = copy.indexOf('ffc0', 'hex')
  copy.writeUInt16BE(edge, frame + 5)
  copy.writeUInt16BE(edge, frame + 7)
  return copy
}

/** A PNG of one bit a pixel, all black, which packs to next to nothing. */
function bomb(edge: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  const rows = Buffer.alloc(edge * (edge / 8 + 1))
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 }))]
  return Buffer.concat([whole.subarray(0, 8), ...chunks, chunk('IEND', Buffer.alloc(0))])
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="768"><script>alert(1)</script></svg>`
const outer = svg.replace('<script>alert(1)</script>', '<image href="https://a.invalid/b.png"/>')
const zip = Buffer.from('504b0304140000000000', 'hex')
const external = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg}`

describe('bytes that are no whole picture of the asked size are kept, and may be billed', () => {
  test.for<readonly [string, Uint8Array, RegExp]>([
    ['one byte', whole.subarray(0, 1), /neither PNG, JPEG nor WebP/],
    ['the signature of a PNG alone', whole.subarray(0, 8), /ends before its end/],
    ['the header of a PNG alone', whole.subarray(0, 33), /ends before its end/],
    ['half a PNG', whole.subarray(0, whole.length / 2), /`IDAT` goes on after the last byte/],
    ['a PNG without IEND', whole.subarray(0, -12), /ends before its end/],
    ['a PNG with a flipped bit', flipped(whole, 60), /does not match its checksum/],
    ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), /ends before its end/],
    [
      'half a JPEG with an end',
      Buffer.concat([jpeg.subarray(0, jpeg.length / 2), Buffer.from('ffd9', 'hex')]),
      /jpeg does not decode/,
    ],
    ['half a WebP', webp.subarray(0, webp.length / 2), /ends before its end/],
    ['half a WebP that says it is whole', cutWebp(), /webp does not decode/],
    [
      'a WebP that begins as a page does',
      Buffer.concat([Buffer.from('<!--'), webp.subarray(4)]),
      /webp does not decode/,
    ],
    ['a JPEG without its end', jpeg.subarray(0, -2), /ends before its end/],
    [
      'a script after IEND',
      Buffer.concat([whole, Buffer.from('<script>alert(1)</script>')]),
      /goes on after it/,
    ],
    ['a GIF', gif, /neither PNG, JPEG nor WebP/],
    ['a GIF that is a script', Buffer.from('GIF89a/*\0*/=alert(1)'), /neither PNG/],
    ['40 bytes of an AVIF', avif.subarray(0, 40), /neither PNG, JPEG nor WebP/],
    ['a whole AVIF', avif, /neither PNG, JPEG nor WebP/],
    ['a ZIP after a PNG', Buffer.concat([whole, zip]), /goes on after it/],
    ['a web page', Buffer.from('<!doctype html><title>Log in</title>'), /neither PNG/],
    ['an SVG with a script', Buffer.from(svg), /neither PNG/],
    ['an SVG with an external entity', Buffer.from(external), /neither PNG/],
    ['an SVG with an outer picture', Buffer.from(outer), /neither PNG/],
    ['a ZIP', zip, /neither PNG/],
    ['other dimensions', turned, /768x1024 pixels, asked were 1024x768/],
    ['one pixel', pixel, /1x1 pixels, asked were 1024x768/],
    ['16000² pixels in a few KB', bomb(16_000), /pixel limit/],
    ['30000² pixels of a JPEG in a few KB', vastJpeg(30_000), /pixel limit/],
  ])('%s', async ([, bytes, message]) => {
    const { outcome, store, journal } = await receiveBytes(bytes)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(message) })
    expect(journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(store.kept.size).toBe(0)
    expect(store.quarantined.map((kept) => Buffer.from(kept))).toEqual([Buffer.from(bytes)])
    expect(outcome).toMatchObject({ message: expect.stringContaining('`quarantine/1`') })
  })
})

test('a bomb packs far more pixels than its bytes suggest', () => {
  expect(bomb(16_000).length).toBeLessThan(35_000)
})

test.for<readonly [string, Uint8Array]>([
  ['JPEG', jpeg],
  ['WebP', webp],
])('a whole %s in place of a PNG is bought under its true type', async ([type, bytes]) => {
  const { store } = await receiveBytes(bytes)
  expect([...store.kept.values()]).toMatchObject([{ original: { format: type.toLowerCase() } }])
})

const noise = (bytes: number): Buffer => Buffer.alloc(bytes, 'ab')

describe('matter beside the pixels never makes a picture hang or grow', () => {
  test.for<readonly [string, Buffer]>([
    ['a text of 8 MB', withChunks(chunk('tEXt', noise(8_000_000)))],
    [
      'a packed text of 64 MB',
      withChunks(
        chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(noise(64_000_000))])),
      ),
    ],
    [
      'a packed profile of 64 MB',
      withChunks(
        chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(noise(64_000_000))])),
      ),
    ],
    [
      '100,000 chunks',
      withChunks(...Array.from({ length: 100_000 }, () => chunk('tEXt', Buffer.from('a\0b')))),
    ],
    [
      'an animation of 100,000 frames',
      withChunks(chunk('acTL', Buffer.from('000186a000000000', 'hex'))),
    ],
  ])('%s', { timeout: 30_000 }, async ([, bytes]) => {
    const { outcome, store } = await receiveBytes(bytes)
    expect(store.quarantined.length + store.kept.size).toBe(1)
    expect(['bought', 'unknown']).toContain(outcome.kind)
  })
})

const encoded = whole.toString('base64')
const item = { b64_json: encoded }

describe('a 200 that holds no readable picture may be billed', () => {
  test.for<readonly [string, string]>([
    ['no bytes', JSON.stringify({ data: [{ b64_json: '' }] })],
    ['no items', JSON.stringify({ data: [] })],
    ['no data', JSON.stringify({ created: 1 })],
    ['null', 'null'],
    ['an item without a picture', JSON.stringify({ data: [{}] })],
    ['a number for a picture', JSON.stringify({ data: [{ b64_json: 7 }] })],
    ['base64 cut short', JSON.stringify({ data: [{ b64_json: encoded.slice(0, -1) }] })],
    ['a data URL', JSON.stringify({ data: [{ b64_json: `data:image/png;base64,${encoded}` }] })],
    ['a picture in place of JSON', whole.toString('latin1')],
    ['base64 with a space', JSON.stringify({ data: [{ b64_json: ` ${encoded}` }] })],
    [
      'base64 with an asterisk',
      JSON.stringify({ data: [{ b64_json: `${encoded.slice(0, 8)}*${encoded.slice(8)}` }] }),
    ],
    ['base64 padded in its middle', JSON.stringify({ data: [{ b64_json: `aGk=${encoded}` }] })],
    [
      'base64url',
      JSON.stringify({ data: [{ b64_json: encoded.replaceAll('+', '-').replaceAll('/', '_') }] }),
    ],
    ['truncated JSON', JSON.stringify({ data: [item] }).slice(0, -2)],
    ['JSON and then garbage', `${JSON.stringify({ data: [item] })}garbage`],
    ['nothing at all', ''],
    ['white space', ' \n\t '],
  ])('%s', async ([, body]) => {
    const { outcome, store, journal } = await receive(body)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/billed/) })
    expect(journal.settlements).toMatchObject([{ kind: 'unknown' }])
    expect(store.kept.size).toBe(0)
  })
})

test.for<readonly [string, readonly object[], number]>([
  ['both', [item, { b64_json: turned.toString('base64') }], 2],
  ['the one that can be read', [{ b64_json: '*' }, item], 1],
])('of two items for one %s is kept', async ([, data, kept]) => {
  const { outcome, store } = await receive(JSON.stringify({ data }))
  const said = /2 pictures for one.*may have billed; its bytes were kept in `quarantine\//
  expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(said) })
  expect(store.quarantined).toHaveLength(kept)
  expect(store.kept.size).toBe(0)
})

test('two addresses for one picture lead nowhere', async () => {
  const { outcome, store } = await receive(
    JSON.stringify({ data: [{ url: 'https://a.invalid/1' }, { url: 'https://a.invalid/2' }] }),
  )
  expect(outcome).toMatchObject({ message: expect.stringContaining('2 pictures for one') })
  expect(store.kept.size).toBe(0)
})

test('a web page is told by its first 200 characters, and gives a terminal no orders', async () => {
  const { outcome } = await receive(
    `<title>\u001B]0;owned\u0007 \u202E${'x'.repeat(9_000)}</title>`,
  )
  const message = 'message' in outcome ? outcome.message : ''
  expect(message).toContain('<title>')
  expect(message.length).toBeLessThan(350)
  expect(message).not.toMatch(/\p{Cc}|\u202E/u)
})

test.for([
  ['png', whole],
  ['jpeg', jpeg],
  ['webp', webp],
] as const)('a bare %s in place of JSON is kept for a person to look at', async ([type, bytes]) => {
  await using server = await startRaw({
    pieces: [http(bytes, { 'content-type': `image/${type}` })],
  })
  const purchase = await buyFrom(server.url)
  expect(purchase.outcome).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/bare picture in place of JSON.*kept in `quarantine\//),
  })
  expect(purchase.store.quarantined).toEqual([bytes])
  expect(declared(purchase)).toBe(server.requests.length)
})
