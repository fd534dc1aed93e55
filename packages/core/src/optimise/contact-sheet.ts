import sharp from 'sharp'
import type { DigitalSourceType, Size } from '../ports.ts'
import { numberPath } from './digits.ts'
import { provenanceOf } from './encode.ts'

/** A place of a contact sheet. */
export interface SheetCell {
  readonly number: number
  /** An encoded picture no larger than the cell; absent where there is none. */
  readonly picture: Uint8Array | undefined
}

/** What the cells of a sheet have in common. */
export interface SheetLook {
  /** Most pixels of a picture. */
  readonly cell: Size
  readonly digitalSourceType: DigitalSourceType
}

const gap = 32
/** Room for a number below its picture. */
const strip = 64
const numberHeight = 36
const paper = '#faf9f7'
const well = '#e8e5df'
const ink = '#1f1d1a'

/** How much wider than high a sheet is. */
const wantedRatio = 1.5

/** Composes pictures to one PNG, each with its number below it. */
export async function encodeContactSheet(
  cells: readonly SheetCell[],
  { cell, digitalSourceType }: SheetLook,
): Promise<Uint8Array> {
  const { size, corners } = layoutOf(cells.length, cell)
  const placed = cells.map((one, at) => ({ ...one, ...(corners[at] ?? { left: 0, top: 0 }) }))
  const marks = placed.map(
    ({ number, left, top, picture }) =>
      `${picture === undefined ? emptyCell(left, top, cell) : ''}${numberBelow(number, left, top + cell.height)}`,
  )
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${marks.join('')}</svg>`
  return sharp({ create: { ...size, channels: 3, background: paper } })
    .composite([
      { input: Buffer.from(drawing) },
      ...placed.flatMap(({ picture, left, top }) =>
        picture === undefined ? [] : [{ input: Buffer.from(picture), left, top }],
      ),
    ])
    .withXmp(provenanceOf(digitalSourceType))
    .png()
    .toBuffer()
}

interface Layout {
  readonly size: Size
  /** Where the pictures begin. */
  readonly corners: readonly { readonly left: number; readonly top: number }[]
}

function layoutOf(count: number, cell: Size): Layout {
  const step = { x: cell.width + gap, y: cell.height + strip + gap }
  const columns = Math.min(count, Math.ceil(Math.sqrt((count * wantedRatio * step.y) / step.x)))
  return {
    size: { width: gap + columns * step.x, height: gap + Math.ceil(count / columns) * step.y },
    corners: Array.from({ length: count }, (_, at) => ({
      left: gap + (at % columns) * step.x,
      top: gap + Math.floor(at / columns) * step.y,
    })),
  }
}

function emptyCell(left: number, top: number, { width, height }: Size): string {
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${well}"/>`
}

function numberBelow(number: number, left: number, bottom: number): string {
  const scale = numberHeight / 16
  const top = bottom + (strip - numberHeight) / 2
  return `<g transform="translate(${left} ${top}) scale(${scale})" fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${numberPath(number)}</g>`
}
