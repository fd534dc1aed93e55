import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeVariant } from '../../packages/core/src/optimise/encode.ts'
import { pictureOf, variantsOf } from '../../packages/core/src/optimise/picture.ts'
import type { Entry } from '../../packages/core/src/ports.ts'
import { sha256Of } from '../../packages/core/src/key/key.ts'
import { buyFrom, declared, type Purchase, size } from '../support/raw-purchase.ts'
import { http, startRaw } from '../support/raw-server.ts'

const noise = { type: 'gaussian', mean: 120, sigma: 30 } as const
const picture = sharp({ create: { ...size, channels: 3, background: '#369', noise } })
const plain = await picture.png().toBuffer()
const jpeg = await picture.jpeg().toBuffer()

const script = '<script>alert(1)</script>'
const words = { IFD0: { ImageDescription: script } }
const position = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }
const wordyJpeg = await picture.clone().withExif(words).jpeg().toBuffer()
const wordyWebp = await picture.clone().withExif(words).webp().toBuffer()
const placed = await picture.clone().withExif(position).jpeg().toBuffer()

function withChunk(type: string, text: string): Buffer {
  const body = Buffer.from(type + text, 'latin1')
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(text.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  const chunk = [frame.subarray(0, 4), body, frame.subarray(4)]
  return Buffer.concat([plain.subarray(0, 33), ...chunk, plain.subarray(33)])
}

function withComment(text: string): Buffer {
  const head = Buffer.from('fffe0000', 'hex')
  head.writeUInt16BE(text.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from(text), jpeg.subarray(2)])
}

interface Bought extends Purchase {
  readonly entry: Entry
}

/** Buys what is expected to pass, and keeps it byte by byte as it came. */
async function buy(bytes: Buffer): Promise<Bought> {
  const body = JSON.stringify({ data: [{ b64_json: bytes.toString('base64') }] })
  await using server = await startRaw({ pieces: [http(body)] })
  const purchase = await buyFrom(server.url, { attributes: 'size=1024x768, widths=64' })
  expect(declared(purchase)).toBe(server.requests.length)
  const [entry] = purchase.store.kept.values()
  if (entry === undefined) throw new Error('nothing was bought')
  expect(entry.original.sha256).toBe(sha256Of(bytes))
  expect(await purchase.store.original(entry)).toEqual({ kind: 'hit', value: bytes })
  return { ...purchase, entry }
}

/** The smallest file of each encoding that pages show. */
async function shownOf({ entry, store, request }: Bought): Promise<readonly Uint8Array[]> {
  const original = await store.original(entry)
  if (original.kind !== 'hit') throw new Error('not stored')
  const { sha256: id, isOpaque, digitalSourceType } = entry.original
  const source = { id, isOpaque, digitalSourceType, size: entry.wanted }
  const load = async (): Promise<Uint8Array> => original.value
  const variants = variantsOf(pictureOf({ ...source, load }, request.display, 'v1'))
  const smallest = variants.filter(({ width }) => width === 64)
  expect(smallest.map(({ format }) => format)).toEqual(['avif', 'webp', 'jpeg'])
  return Promise.all(smallest.map((variant) => encodeVariant(original.value, variant, source)))
}

describe('what a picture holds beside its pixels is kept with it, and comes to no page', () => {
  test.for<readonly [string, Buffer, string]>([
    ['a page in the text of a PNG', withChunk('tEXt', `Comment\0${script}`), script],
    ['a page in the long text of a PNG', withChunk('iTXt', `a\0\0\0\0\0${script}`), script],
    ['a ZIP in a chunk of a PNG', withChunk('ziPp', 'PK\u0003\u0004canary'), 'canary'],
    ['a page in the comment of a JPEG', withComment(script), script],
    ['a page in the EXIF of a JPEG', wordyJpeg, script],
    ['a page in the EXIF of a WebP', wordyWebp, script],
    ['where it was taken', placed, 'Exif'],
    ['who vouches for it', withChunk('caBX', 'jumbc2pa-canary'), 'c2pa-canary'],
  ])('%s', async ([, bytes, matter]) => {
    expect(bytes.includes(matter)).toBe(true)
    const bought = await buy(bytes)
    for (const file of await shownOf(bought)) {
      expect(Buffer.from(file).includes(matter)).toBe(false)
      expect(await sharp(file).metadata()).not.toHaveProperty('exif')
    }
  })

  test('and leaves its key alone', async () => {
    const [one, other] = [await buy(plain), await buy(withChunk('caBX', 'jumbc2pa-canary'))]
    expect(other.entry.key).toBe(one.entry.key)
    expect(other.entry.original.sha256).not.toBe(one.entry.original.sha256)
  })
})

describe('a flipped bit among the pixels of a JPEG', () => {
  const middle = Math.floor(jpeg.length / 2)
  const flipped = Buffer.from(jpeg)
  flipped[middle] = (jpeg[middle] ?? 0) ^ 4

  test('is not seen when it is bought, and is part of what its hash stands for', async () => {
    const { entry } = await buy(flipped)
    expect(entry.original.sha256).not.toBe(sha256Of(jpeg))
  })

  test('is seen once the picture is stored', async () => {
    const { entry, store } = await buy(jpeg)
    store.originals.set(entry.original.sha256, flipped)
    expect(await store.original(entry)).toMatchObject({ kind: 'damaged' })
  })
})
