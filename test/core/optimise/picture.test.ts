import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encoderFor, encoderVersion } from '../../../packages/core/src/optimise/encode.ts'
import { createOptimiser } from '../../../packages/core/src/optimise/optimiser.ts'
import {
  type Picture,
  type PictureSource,
  pictureOf,
  variantsOf,
} from '../../../packages/core/src/optimise/picture.ts'
import type { DerivedStore, Size } from '../../../packages/core/src/ports.ts'
import { requestIn } from '../../support/fakes.ts'

function sourceOf(size: Size, more: Partial<PictureSource> = {}): PictureSource {
  const original = sharp({
    create: {
      width: 1536,
      height: 1024,
      channels: 4,
      background: { r: 200, g: 60, b: 20, alpha: 1 },
    },
  })
    .composite([
      {
        input: Buffer.from(
          '<svg width="1536" height="1024"><circle cx="768" cy="512" r="300" fill="#246"/></svg>',
        ),
      },
    ])
    .png()
    .toBuffer()
  return {
    id: 'a'.repeat(64),
    isOpaque: true,
    digitalSourceType: 'trainedAlgorithmicMedia',
    size,
    load: () => original,
    ...more,
  }
}

function memoryDerived(): DerivedStore & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>()
  return {
    kept,
    has: async (key, extension) => kept.has(`${key}.${extension}`),
    get: async (key, extension) => kept.get(`${key}.${extension}`),
    put: async (key, extension, bytes) => {
      kept.set(`${key}.${extension}`, bytes)
    },
    sizeOf: async (key, extension) => kept.get(`${key}.${extension}`)?.length,
  }
}

const display = requestIn('![gen: a fox]()').display
const widthsOf = (picture: Picture): readonly number[] =>
  picture.fallback.variants.map(({ width }) => width)

describe('the files of a picture', () => {
  test.for([
    [{ width: 1536, height: 1024 }, [480, 960, 1536]],
    [{ width: 960, height: 640 }, [480, 960]],
    [{ width: 300, height: 200 }, [300]],
    [{ width: 481, height: 1 }, [480, 481]],
  ] as const)('of %o are never wider than it is', ([size, widths]) => {
    expect(widthsOf(pictureOf(sourceOf(size), display, 'v1'))).toEqual(widths)
  })

  test('are AVIF, WebP and JPEG, or PNG where the picture can be seen through', () => {
    const size = { width: 480, height: 320 }
    const formats = (picture: Picture): readonly string[] =>
      [...picture.sources, picture.fallback].map(({ format }) => format)
    expect(formats(pictureOf(sourceOf(size), display, 'v1'))).toEqual(['avif', 'webp', 'jpeg'])
    expect(formats(pictureOf(sourceOf(size, { isOpaque: false }), display, 'v1')).at(-1)).toBe(
      'png',
    )
  })

  test('are named anew by whatever changes their bytes', () => {
    const size = { width: 480, height: 320 }
    const idOf = (source: PictureSource, encoder = 'v1'): string | undefined =>
      pictureOf(source, display, encoder).fallback.variants[0]?.id
    const ids = [
      idOf(sourceOf(size)),
      idOf(sourceOf(size), 'v2'),
      idOf(sourceOf(size, { id: 'b' })),
      idOf(sourceOf({ width: 480, height: 321 })),
      idOf(sourceOf(size, { digitalSourceType: 'algorithmicMedia' })),
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(idOf(sourceOf(size))).toBe(ids[0])
  })

  test('keep their names, so that no build encodes what an earlier one did', () => {
    const size = { width: 480, height: 320 }
    const namesOf = (source: PictureSource): readonly (readonly [string, string])[] =>
      variantsOf(pictureOf(source, display, 'v1')).map(({ format, id }) => [format, id])
    expect(namesOf(sourceOf(size))).toEqual([
      ['avif', '58a07afdfd6a55c7ce1555c402340f34563f4a7f841987df392fad71e8332f9d'],
      ['webp', '8f550a4f7b549d84740207e0f2b6211fe4007c45454b45f45f9163f7eb297fe2'],
      ['jpeg', '56ca1c0b5e344879743217e2e9c8ddcbe07ac9357bd677fe8302213fd728e7eb'],
    ])
    expect(namesOf(sourceOf(size, { isOpaque: false })).at(-1)).toEqual([
      'png',
      '548c85147d7c11b13eb56512712ac4c23b2b5fabcd7242fb0b6c91cf0a87e5ab',
    ])
    expect(encoderFor({})).toBe(encoderVersion)
  })
})

describe('the optimiser', () => {
  const small = requestIn('![gen: a fox](widths=64)').display

  test('makes each file in its encoding and exact size, marked with how it came to be', async () => {
    const optimiser = createOptimiser(memoryDerived())
    const picture = pictureOf(sourceOf({ width: 120, height: 63 }), small, 'v1')
    for (const variant of variantsOf(picture)) {
      const metadata = await sharp(await optimiser.bytesOf(picture, variant)).metadata()
      expect(metadata.format).toBe(variant.format === 'avif' ? 'heif' : variant.format)
      expect([metadata.width, metadata.height]).toEqual([variant.width, variant.height])
      expect(metadata.xmp?.toString()).toContain('digitalsourcetype/trainedAlgorithmicMedia')
    }
  })

  test('encodes a file once, however many ask for it', async () => {
    const derived = memoryDerived()
    const optimiser = createOptimiser(derived)
    const picture = pictureOf(sourceOf({ width: 64, height: 64 }), small, 'v1')
    const [variant] = variantsOf(picture)
    if (variant === undefined) throw new Error('no variant')
    const all = await Promise.all([1, 2, 3].map(() => optimiser.bytesOf(picture, variant)))
    expect(new Set(all).size).toBe(1)
    expect(optimiser.encoded()).toBe(1)
    const next = createOptimiser(derived)
    expect(await next.bytesOf(picture, variant)).toBe(all[0])
    expect(next.encoded()).toBe(0)
  })

  test('makes a stand-in of at most 16 pixels and 260 bytes', async () => {
    const optimiser = createOptimiser(memoryDerived())
    const picture = pictureOf(sourceOf({ width: 1536, height: 1024 }), small, 'v1')
    const standIn = await optimiser.standInOf(picture, 'blur')
    const bytes = Buffer.from(/base64,([^)]+)/.exec(standIn ?? '')?.[1] ?? '', 'base64')
    expect(bytes.length).toBeLessThanOrEqual(260)
    const { width, height } = await sharp(bytes).metadata()
    expect(Math.max(width, height)).toBeLessThanOrEqual(16)
    expect(await optimiser.standInOf(picture, 'colour')).toMatch(/^#[0-9a-f]{6}$/)
    expect(await optimiser.standInOf(picture, 'none')).toBeUndefined()
    const source = sourceOf({ width: 64, height: 64 }, { isOpaque: false })
    expect(await optimiser.standInOf(pictureOf(source, small, 'v1'), 'blur')).toBeUndefined()
  })
})
