import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeVariant } from '../../../packages/core/src/optimise/encode.ts'
import {
  type PictureSource,
  largestFile,
  pictureOf,
  thumbnailOf,
} from '../../../packages/core/src/optimise/picture.ts'
import { requestIn } from '../../support/fakes.ts'
import { png } from '../../support/pictures.ts'
import { gif, svg } from '../../support/shapes.ts'
import { source } from '../../support/shown.ts'

const { display } = requestIn('![gen: a fox](widths=32)')
const size = { width: 96, height: 48 }

describe('a thumbnail', () => {
  test.for([
    [
      { width: 1536, height: 1024 },
      { width: 400, height: 267 },
    ],
    [
      { width: 1024, height: 1536 },
      { width: 200, height: 300 },
    ],
    [
      { width: 90, height: 60 },
      { width: 90, height: 60 },
    ],
    [
      { width: 4096, height: 1 },
      { width: 400, height: 1 },
    ],
  ] as const)('of %j fits into its box, and is never enlarged', ([wanted, thumbnail]) => {
    expect(thumbnailOf({ ...source, size: wanted }, 'v1')).toMatchObject(thumbnail)
  })

  test('is named by its pixels and encoder, and not as the files of pages are', () => {
    const { id } = thumbnailOf(source, 'v1')
    expect(thumbnailOf(source, 'v1').id).toBe(id)
    expect(thumbnailOf(source, 'v2').id).not.toBe(id)
    expect(thumbnailOf({ ...source, id: 'b'.repeat(64) }, 'v1').id).not.toBe(id)
  })

  test.for<readonly [string, PictureSource['shape'], () => Uint8Array | Promise<Uint8Array>]>([
    ['a still picture', undefined, () => png({ width: 200, height: 100 })],
    ['an animation', 'animation', () => gif({ width: 100, height: 50 }, 3)],
    ['a drawing', 'drawing', () => svg('<rect width="200" height="100"/>')],
  ])('of %s is one still AVIF', async ([, shape, make]) => {
    const own = { ...source, size, ...(shape && { shape }) }
    const bytes = await encodeVariant(await make(), thumbnailOf(own, 'v1'), own)
    const { format, width, height, pages = 1 } = await sharp(bytes).metadata()
    expect({ format, width, height, pages }).toEqual({ format: 'heif', ...size, pages: 1 })
  })
})

test.for([
  [undefined, { format: 'avif', width: 96 }],
  ['animation', { format: 'webp', width: 96 }],
  ['drawing', { format: 'svg', width: 96 }],
] as const)(
  'the largest file of a picture that is %s is of its first encoding',
  ([shape, file]) => {
    const picture = pictureOf({ ...source, size, ...(shape && { shape }) }, display, 'v1')
    expect(largestFile(picture)).toMatchObject(file)
    expect(largestFile(picture)).not.toHaveProperty('isStill')
  },
)
