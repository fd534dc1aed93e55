import { mix } from './colour.ts'
import type { Colour } from './colour.ts'
import { toned } from './medium.ts'
import type { Medium } from './medium.ts'
import type { Palette } from './palette.ts'
import type { Random } from './random.ts'

/** What a motif needs to know to draw itself. The shorter edge of a picture is 1000 units long. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly palette: Palette
  readonly random: Random
  readonly medium: Medium
  /** 1 at medium quality; more asks for finer work. */
  readonly detail: number
  /** Picture units to one unit of the current drawing. */
  readonly scale: number
  /** Keeps ids of nested pictures apart. */
  readonly prefix: string
}

/** Draws in its own units: it stands at 0,0 and grows towards negative y. */
export type Draw = (canvas: Canvas) => string

/** Where a drawing stands, and how large. */
export interface Pose {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly flip?: boolean
  readonly turn?: number
}

/** At most two decimals, so that the text is the same on every machine. */
export function round(value: number): string {
  return String(Math.round(value * 100) / 100 || 0)
}

/** The drawing at its pose. */
export function place(canvas: Canvas, draw: Draw, pose: Pose): string {
  const { x, y, scale, flip = false, turn = 0 } = pose
  const move = `translate(${round(x)} ${round(y)})`
  const rotation = turn === 0 ? '' : ` rotate(${round(turn)})`
  const size = ` scale(${flip ? '-' : ''}${factor(scale)} ${factor(scale)})`
  const inner = draw({ ...canvas, scale: canvas.scale * scale })
  return `<g transform="${move}${rotation}${size}">${inner}</g>`
}

/** A colour of nature under the picture's light and in its medium. */
export function natural(canvas: Canvas, colour: Colour): Colour {
  const { ambient, dim } = canvas.palette
  return toned(canvas.medium, mix(colour, ambient, dim))
}

/** The colour that the prompt names, else the natural one: for what an adjective would describe. */
export function coat(canvas: Canvas, colour: Colour): Colour {
  return canvas.palette.named ?? natural(canvas, colour)
}

/** The canvas for a subject of that colour. */
export function dressed(
  canvas: Canvas,
  { colour }: { readonly colour: Colour | undefined },
): Canvas {
  const named = colour === undefined ? undefined : natural(canvas, colour)
  return { ...canvas, palette: { ...canvas.palette, named } }
}

function factor(scale: number): string {
  return String(Math.round(scale * 10_000) / 10_000)
}
