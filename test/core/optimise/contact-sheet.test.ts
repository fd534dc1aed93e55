import sharp from 'sharp'
import { expect, test } from 'vitest'
import {
  type SheetCell,
  encodeContactSheet,
} from '../../../packages/core/src/optimise/contact-sheet.ts'

const cell = { width: 120, height: 80 }
const look = { cell, digitalSourceType: 'trainedAlgorithmicMedia' } as const

function filled(
  background: string,
  size: { width: number; height: number } = cell,
): Promise<Uint8Array> {
  return sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toBuffer()
}

interface Sheet {
  readonly width: number
  readonly height: number
  /** Colour at a point, as `#rrggbb`. */
  at(left: number, top: number): string
  /** Whether anything is drawn in the room below a cell. */
  isNumbered(left: number, top: number): boolean
}

async function sheetOf(cells: readonly SheetCell[]): Promise<Sheet> {
  const { data, info } = await sharp(await encodeContactSheet(cells, look))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at: Sheet['at'] = (left, top) => {
    const start = 3 * (top * info.width + left)
    return `#${data.subarray(start, start + 3).toString('hex')}`
  }
  return {
    width: info.width,
    height: info.height,
    at,
    isNumbered: (left, top) =>
      Array.from({ length: 64 * cell.width }, (_, pixel) =>
        at(left + (pixel % cell.width), top + cell.height + Math.floor(pixel / cell.width)),
      ).includes('#1f1d1a'),
  }
}

test('pictures stand in the order of their numbers, each above its own; a gap is kept for one that is missing', async () => {
  const [red, green] = await Promise.all([filled('#ff0000'), filled('#00ff00')])
  const sheet = await sheetOf([
    { number: 1, picture: red },
    { number: 2, picture: undefined },
    { number: 3, picture: green },
    { number: 10, picture: red },
  ])
  expect([sheet.width, sheet.height]).toEqual([32 + 3 * 152, 32 + 2 * 176])
  const corners = [
    [32, 32],
    [184, 32],
    [336, 32],
    [32, 208],
  ] as const
  expect(corners.map(([left, top]) => sheet.at(left + 60, top + 40))).toEqual([
    '#ff0000',
    '#e8e5df',
    '#00ff00',
    '#ff0000',
  ])
  expect(corners.map(([left, top]) => sheet.isNumbered(left, top))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(sheet.isNumbered(184, 208)).toBe(false)
})

test('a picture that is smaller than its cell stands in it, and every digit has a look of its own', async () => {
  const small = await filled('#0000ff', { width: 60, height: 80 })
  const sheet = await sheetOf([{ number: 1, picture: small }])
  expect([sheet.at(33, 33), sheet.at(120, 33)]).toEqual(['#0000ff', '#faf9f7'])
  const sheets = await Promise.all(
    Array.from({ length: 10 }, async (_, digit) => {
      const bytes = await encodeContactSheet([{ number: digit, picture: undefined }], look)
      return Buffer.from(bytes).toString('base64')
    }),
  )
  expect(new Set(sheets).size).toBe(10)
})

test('says that models made its pictures', async () => {
  const bytes = await encodeContactSheet([{ number: 1, picture: await filled('#ff0000') }], look)
  const { xmpAsString } = await sharp(bytes).metadata()
  expect(xmpAsString).toContain('digitalsourcetype/trainedAlgorithmicMedia')
})
