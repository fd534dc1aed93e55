import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeStandIn, encodeVariant } from '../../../packages/core/src/optimise/encode.ts'
import {
  type PictureSource,
  pictureOf,
  variantsOf,
} from '../../../packages/core/src/optimise/picture.ts'
import { gifFrames } from '../../../packages/core/src/resolve/inspect/gif-frames.ts'
import { requestIn } from '../../support/fakes.ts'
import { gif, svg } from '../../support/shapes.ts'
import { source } from '../../support/shown.ts'

const size = { width: 96, height: 48 }
const animation: PictureSource = { ...source, size, shape: 'animation' }
const drawing: PictureSource = { ...source, size, shape: 'drawing' }
const display = requestIn('![gen: a fox](widths=32)').display
const moving = await gif({ width: 100, height: 50 }, 3)
const drawn = svg(
  '<!-- a note --><title>A &lt;b&gt;</title><g custom:note="x" xmlns:custom="y" fill="#f00"><rect width="200" height="100"/></g><sodipodi:view xmlns:sodipodi="z"/>',
)

function formatsOf(picture: PictureSource, markdown = '![gen: a fox](widths=32)'): string {
  const { sources, fallback } = pictureOf(picture, requestIn(markdown).display, 'v1')
  return [...sources, fallback]
    .map(
      ({ format, variants, isStill }) =>
        `${isStill ? 'still ' : ''}${format} ${variants.map(({ width }) => width).join(' ')}`,
    )
    .join(', ')
}

describe('an animation', () => {
  test('becomes a still WebP, a WebP and a GIF, and never AVIF', () => {
    expect(formatsOf(animation)).toBe('still webp 32 96, webp 32 96, gif 32 96')
    expect(formatsOf(animation, '![gen: a fox](formats=avif, widths=32)')).toBe(
      'still webp 32 96, gif 32 96',
    )
  })

  test('is one GIF where its address alone is wanted', () => {
    const address = { ...display, widths: [], formats: [] }
    expect(variantsOf(pictureOf(animation, address, 'v1'))).toMatchObject([
      { format: 'gif', width: 96 },
    ])
  })

  test('keeps its frames, times and mark at every width, and its first frame alone where it stands', async () => {
    for (const variant of variantsOf(pictureOf(animation, display, 'v1'))) {
      const bytes = await encodeVariant(moving, variant, animation)
      const { width, pageHeight, height, pages, delay } = await sharp(bytes, {
        animated: true,
      }).metadata()
      expect([width, pageHeight ?? height]).toEqual([variant.width, variant.height])
      expect(pages ?? 1).toBe(variant.isStill ? 1 : 3)
      expect(delay).toEqual(variant.isStill ? undefined : [120, 120, 120])
      expect(Buffer.from(bytes).toString('latin1')).toContain('trainedAlgorithmicMedia')
    }
  })

  test('is a whole GIF with its mark in an extension', async () => {
    const [variant] = pictureOf(animation, display, 'v1').fallback.variants
    if (variant === undefined) throw new Error('no variant')
    expect(gifFrames(await encodeVariant(moving, variant, animation))).toEqual({ frames: 3 })
  })

  test('has the colour of its first frame as a stand-in', async () => {
    expect(await encodeStandIn(moving, 'colour', animation)).toMatch(/^#0[0-9a-f]5[0-9a-f]c/)
  })

  test('names its still files apart from those that move', () => {
    const ids = variantsOf(pictureOf(animation, display, 'v1')).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a drawing', () => {
  test('becomes one SVG, with pixels at every width to fall back to', () => {
    expect(formatsOf(drawing)).toBe('svg 96, jpeg 32 96')
    expect(formatsOf({ ...drawing, isOpaque: false })).toBe('svg 96, png 32 96')
  })

  test('is one raster file where its address alone is wanted', () => {
    const address = { ...display, widths: [], formats: [] }
    expect(variantsOf(pictureOf(drawing, address, 'v1'))).toMatchObject([
      { format: 'jpeg', width: 96 },
    ])
  })

  test('is written anew for pages: its own size and mark, and only what draws', async () => {
    const [variant] = variantsOf(pictureOf(drawing, display, 'v1'))
    if (variant === undefined) throw new Error('no variant')
    const text = Buffer.from(await encodeVariant(drawn, variant, drawing)).toString()
    expect(text).toMatchInlineSnapshot(
      `"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48" viewBox="0 0 200 100" preserveAspectRatio="xMidYMid slice"><metadata>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</metadata><title>A &#x3C;b></title><g fill="#f00"><rect width="200" height="100" /></g></svg>"`,
    )
  })

  test('has pixels of its exact size', async () => {
    for (const variant of pictureOf(drawing, display, 'v1').fallback.variants) {
      const image = sharp(await encodeVariant(drawn, variant, drawing))
      expect(await image.metadata()).toMatchObject({
        format: 'jpeg',
        width: variant.width,
        height: variant.height,
      })
      const { dominant } = await image.stats()
      expect(dominant.r).toBeGreaterThan(200)
    }
  })

  test('has the colour of its pixels as a stand-in', async () => {
    expect(await encodeStandIn(drawn, 'colour', drawing)).toBe('#ff0000')
  })
})
