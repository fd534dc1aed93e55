import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { png } from '../support/pictures.ts'
import { buyFrom, declared, type Purchase } from '../support/raw-purchase.ts'
import { http, startRaw } from '../support/raw-server.ts'
import { gif, svg } from '../support/shapes.ts'

const model = 'gpt-image-2.6-flare'
const config = { prices: { [model]: { maxMicroUsd: 200_000 } } }
const size = { width: 960, height: 640 }
const drawing = 'size=960x480, vector'
const animation = 'size=960x640, animated=4'
const moving = await gif(size, 3)
const still = Buffer.from(await png(size))
const onlyOne = await sharp(still).gif().toBuffer()
const tooMany = await gif(size, 9)
const other = await gif({ width: 512, height: 512 }, 3)
const script = Buffer.from('<script>alert(1)</script>')
const entity = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${String(svg('<text>&x;</text>'))}`

async function receive(bytes: Buffer, shape: string): Promise<Purchase> {
  const body = JSON.stringify({ data: [{ b64_json: bytes.toString('base64') }] })
  await using server = await startRaw({ pieces: [http(body)] })
  const attributes = `model=${model}, ${shape}`
  const purchase = await buyFrom(server.url, { attributes, config })
  expect(server.requests).toHaveLength(1)
  expect(declared(purchase)).toBe(server.requests.length)
  return purchase
}

test.for<readonly [string, string, Buffer, string]>([
  ['a drawing', drawing, svg('<rect width="200" height="100"/>'), 'svg'],
  ['an animation', animation, moving, 'gif'],
])('%s that is whole is bought', async ([, shape, bytes, format]) => {
  const { store } = await receive(bytes, shape)
  expect([...store.kept.values()]).toMatchObject([{ original: { format } }])
})

describe('what is no drawing that only draws is kept, and may be billed', () => {
  test.for<readonly [string, Buffer, RegExp]>([
    ['a script', svg(String(script)), /`<script>`/],
    ['an event handler', svg('<rect onload="alert(1)"/>'), /event handler/],
    ['a page inside', svg('<foreignObject><p/></foreignObject>'), /`<foreignobject>`/],
    ['an outer picture', svg('<image href="https://a.invalid/b.png"/>'), /outside/],
    ['an outer style sheet', svg('<style>@import "a.css"</style>'), /style sheet/],
    ['an outer entity', Buffer.from(entity), /document type/],
    ['its first half', svg('<rect/>').subarray(0, 60), /no XML/],
    ['a script after its end', Buffer.concat([svg(''), script]), /no XML/],
    ['300 nested groups', svg('<g>'.repeat(300) + '</g>'.repeat(300)), /nested deeper/],
    ['100,000 nested groups', svg('<g>'.repeat(100_000) + '</g>'.repeat(100_000)), /no XML/],
    ['3 MB', svg(`<path d="${'M0 0'.repeat(800_000)}"/>`), /more than 2097152 bytes/],
    ['pixels in its place', still, /no XML/],
    ['a web page', Buffer.from('<!doctype html><p>Log in'), /document type/],
  ])('%s', async ([, bytes, fault]) => {
    const { outcome, store } = await receive(bytes, drawing)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(store.kept.size).toBe(0)
    expect(store.quarantined.map((kept) => Buffer.from(kept))).toEqual([bytes])
  })
})

describe('what is no whole animation is kept, and may be billed', () => {
  test.for<readonly [string, Buffer, RegExp]>([
    ['its first half', moving.subarray(0, moving.length / 2), /not whole/],
    ['no trailer', moving.subarray(0, -1), /ends before its end/],
    ['a script after its end', Buffer.concat([moving, script]), /goes on after its end/],
    ['one frame', onlyOne, /1 frame, asked were 4/],
    ['9 frames', tooMany, /9 frames, asked were 4/],
    ['other pixels', other, /512x512 pixels/],
    ['a still picture in its place', still, /no GIF/],
  ])('%s', async ([, bytes, fault]) => {
    const { outcome, store } = await receive(bytes, animation)
    expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(fault) })
    expect(store.kept.size).toBe(0)
    expect(store.quarantined.map((kept) => Buffer.from(kept))).toEqual([bytes])
  })
})
