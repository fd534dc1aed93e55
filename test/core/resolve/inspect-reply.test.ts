import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Expected, inspectReply } from '../../../packages/core/src/resolve/inspect-reply.ts'
import { png } from '../../support/pictures.ts'
import { gif, svg } from '../../support/shapes.ts'

const size = { width: 64, height: 32 }
const still = Buffer.from(await png(size))
const jpeg = await sharp(still).jpeg().toBuffer()
const webp = await sharp(still).webp().toBuffer()
const moving = await gif(size, 3)
const movingWebp = await sharp(moving, { animated: true }).webp().toBuffer()
const upright = Buffer.from(await png({ width: 32, height: 64 }))
const onlyOne = await sharp(still).gif().toBuffer()
const tooMany = await gif(size, 9)
const square = await gif({ width: 32, height: 32 }, 3)
const script = Buffer.from('<script>alert(1)</script>')

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** The picture with more chunks behind its header. */
function withChunks(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([still.subarray(0, 33), ...chunks, still.subarray(33)])
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

async function faultOf(bytes: Uint8Array, expected: Expected): Promise<string | undefined> {
  const answer = await inspectReply(bytes, expected)
  return 'fault' in answer ? answer.fault : undefined
}

describe('a reply for a still picture', () => {
  test.for([
    ['png', still],
    ['jpeg', jpeg],
    ['webp', webp],
  ] as const)('is accepted as a whole %s', async ([format, bytes]) => {
    expect(await inspectReply(bytes, { size })).toMatchObject({
      original: { ...size, format, bytes: bytes.length, isOpaque: true },
    })
  })

  test.for([
    ['of no bytes', Buffer.alloc(0), 'neither'],
    ['of one byte', still.subarray(0, 1), 'neither'],
    ['of a header alone', still.subarray(0, 33), 'ends before its end'],
    ['of half a PNG', still.subarray(0, still.length / 2), 'goes on after the last byte'],
    ['without IEND', still.subarray(0, -12), 'ends before its end'],
    ['with a script after IEND', Buffer.concat([still, script]), 'goes on after its end'],
    ['with a flipped bit', flipped(still, 50), 'checksum'],
    ['with a PNG of other pixels', upright, '32x64'],
    ['with an animated PNG', withChunks(chunk('acTL', Buffer.alloc(8))), 'animation'],
    [
      'with 300 chunks of words',
      withChunks(...Array.from({ length: 300 }, () => chunk('tEXt', Buffer.from('a\0b')))),
      'beside its pixels',
    ],
    [
      'with a giant profile',
      withChunks(chunk('zTXt', Buffer.alloc(9 * 1024 * 1024))),
      'beside its pixels',
    ],
    ['with half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'jpeg is not whole'],
    ['with a script after a JPEG', Buffer.concat([jpeg, script]), 'jpeg is not whole'],
    ['with a script after a WebP', Buffer.concat([webp, script]), 'webp is not whole'],
    ['with an animated WebP', movingWebp, 'animation'],
    ['with a GIF', moving, 'neither'],
    ['with an SVG', svg('<rect width="200" height="100"/>'), 'neither'],
    ['with a page', Buffer.from('<!doctype html>'), 'neither'],
  ] as const)('%s is refused', async ([, bytes, fault]) => {
    expect(await faultOf(bytes, { size })).toContain(fault)
  })

  test('that would unpack to far more than was asked is refused before it does', async () => {
    const bomb = await png({ width: 6000, height: 6000 })
    expect(await faultOf(bomb, { size })).toContain('pixel limit')
  })
})

describe('a reply for an animation', () => {
  test.for([2, 3, 6])('is accepted with its true number of frames for %d', async (frames) => {
    expect(await inspectReply(moving, { size, frames })).toMatchObject({
      original: { ...size, format: 'gif', frames: 3, bytes: moving.length },
    })
  })

  test.for([
    ['of one frame', onlyOne, 'has 1 frame,'],
    ['of far too many frames', tooMany, 'has 9 frames'],
    ['of other pixels', square, '32x32'],
    ['without its trailer', moving.subarray(0, -1), 'ends before its end'],
    ['of half a GIF', moving.subarray(0, moving.length / 2), 'not whole'],
    ['with a script after it', Buffer.concat([moving, script]), 'goes on after its end'],
    ['with a still picture', still, 'no GIF'],
    ['with an animated WebP', movingWebp, 'no GIF'],
  ] as const)('%s is refused', async ([, bytes, fault]) => {
    expect(await faultOf(bytes, { size, frames: 4 })).toContain(fault)
  })
})

describe('a reply for a drawing', () => {
  const expected = { size, vector: true } as const

  test.for([
    ['a view box', svg('<rect width="200" height="100" fill="red"/>'), true],
    ['a size', svg('<rect width="64" height="32"/>', 'width="64px" height="32"'), true],
    ['a ground that is seen through', svg('<circle cx="50" cy="50" r="40"/>'), false],
    [
      'a gradient and a style sheet',
      svg(
        '<style>rect{fill:url(#a)}</style><linearGradient id="a"><stop stop-color="#fff"/></linearGradient><rect width="200" height="100"/>',
      ),
      true,
    ],
  ] as const)('is accepted with %s', async ([, bytes, isOpaque]) => {
    expect(await inspectReply(bytes, expected)).toMatchObject({
      original: { ...size, format: 'svg', bytes: bytes.length, isOpaque },
    })
  })

  test.for([
    ['a script', svg('<script>alert(1)</script>'), '`<script>`'],
    ['a script of another prefix', svg('<s:script xmlns:s="x"/>'), '`<script>`'],
    ['an event handler', svg('<rect onclick="alert(1)"/>'), 'event handler'],
    ['an event handler at its root', svg('', 'viewBox="0 0 2 1" onload="x()"'), 'event handler'],
    ['foreign markup', svg('<foreignObject><p/></foreignObject>'), '`<foreignobject>`'],
    ['an outer picture', svg('<image href="https://example.com/a.png"/>'), 'outside'],
    ['an outer reference', svg('<use xmlns:xlink="y" xlink:href="a.svg#b"/>'), 'outside'],
    ['a script address', svg('<a href=" javascript:alert(1)"/>'), 'outside'],
    ['a page in an address', svg('<image href="data:text/html;base64,AA=="/>'), 'outside'],
    ['a drawing in an address', svg('<image href="data:image/svg+xml;base64,AA=="/>'), 'outside'],
    ['an outer style sheet', svg('<style>@import "a.css"</style>'), 'style sheet'],
    ['an outer fill', svg('<rect fill="url(https://example.com)"/>'), 'attributes'],
    ['a hidden outer fill', svg(String.raw`<rect style="fill:u\72l(x)"/>`), 'attributes'],
    [
      'an entity',
      Buffer.from(
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><text>&a;</text></svg>',
      ),
      'document type',
    ],
    ['no end', svg('').subarray(0, -3), 'no XML'],
    ['matter after its end', Buffer.concat([svg(''), script]), 'no XML'],
    ['no size', svg('', 'width="100%"'), 'neither a `viewBox`'],
    ['another shape', svg('', 'viewBox="0 0 100 100"'), 'shape 100x100'],
    ['no namespace', Buffer.from('<svg viewBox="0 0 2 1"/>'), 'no `<svg>`'],
    ['3 MB of path', svg(`<path d="${'M0 0'.repeat(800_000)}"/>`), 'bytes'],
    ['deep nesting', svg('<g>'.repeat(300) + '</g>'.repeat(300)), 'nested deeper'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'no XML'],
    ['pixels in place of it', still, 'no XML'],
  ] as const)('is refused with %s', async ([, bytes, fault]) => {
    expect(await faultOf(bytes, expected)).toContain(fault)
  })
})
