import { round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { Colour } from './colour.ts'

/** A point: x, then y. */
export type Point = readonly [x: number, y: number]

/** A filled shape, with the line or the shadow that the medium gives it. */
export function fill(canvas: Canvas, path: string, colour: Colour): string {
  const { medium, scale } = canvas
  const width = round(medium.line / scale)
  const edge =
    medium.line === 0
      ? ''
      : ` stroke="${medium.lineColour}" stroke-width="${width}" stroke-linejoin="round"`
  const cover = medium.cover === 1 ? '' : ` fill-opacity="${medium.cover}"`
  return `${medium.shadow ? shadow(path, scale) : ''}<path d="${path}" fill="${colour}"${cover}${edge}/>`
}

/** A shape without line or shadow, more or less see-through: light, shade, mist. */
export function tint(path: string, colour: Colour, opacity: number): string {
  return `<path d="${path}" fill="${colour}" fill-opacity="${round(opacity)}"/>`
}

/** A line with round ends. */
export function line(path: string, colour: Colour, width: number): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${round(width)}" stroke-linecap="round" stroke-linejoin="round"/>`
}

/** A see-through line. */
export function trace(path: string, colour: Colour, look: Look): string {
  return `<g opacity="${round(look.opacity)}">${line(path, colour, look.width)}</g>`
}

export interface Look {
  readonly width: number
  readonly opacity: number
}

/** Path data of a circle. */
export function circle(x: number, y: number, radius: number): string {
  return ellipse(x, y, radius, radius)
}

/** Path data of an ellipse. */
export function ellipse(x: number, y: number, across: number, down: number): string {
  const arc = `a${round(across)} ${round(down)} 0 1 0`
  return `M${round(x - across)} ${round(y)}${arc}${round(2 * across)} 0${arc}${round(-2 * across)} 0z`
}

/** Path data of a rectangle by its upper left corner. */
export function box(x: number, y: number, width: number, height: number): string {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`
}

/** Path data of a flat stroke with round ends, by its middle. */
export function bar(x: number, y: number, width: number, height: number): string {
  const radius = Math.min(width, height) / 2
  const run = round(width - 2 * radius)
  const bend = `a${round(radius)} ${round(radius)} 0 0 1 `
  return `M${round(x - width / 2 + radius)} ${round(y - radius)}h${run}${bend}0 ${round(2 * radius)}h-${run}${bend}0 ${round(-2 * radius)}z`
}

/** Path data of a polygon. */
export function polygon(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}z`
}

/** Path data of dots, to be drawn by `line` with their diameter as width. */
export function dots(points: readonly Point[]): string {
  return points.map(([x, y]) => `M${round(x)} ${round(y)}h0`).join('')
}

/** As many answers of `make` as asked for. */
export function times<Item>(count: number, make: (at: number) => Item): readonly Item[] {
  return Array.from({ length: Math.max(0, Math.round(count)) }, (_, at) => make(at))
}

/** A vertical run of colours as paint: its definition, and what to fill with. */
export function gradient(id: string, stops: readonly Stop[]): Gradient {
  const body = stops
    .map((stop) => {
      const opacity = stop.opacity === undefined ? '' : ` stop-opacity="${round(stop.opacity)}"`
      return `<stop offset="${round(stop.at)}" stop-color="${stop.colour}"${opacity}/>`
    })
    .join('')
  return {
    definition: `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${body}</linearGradient>`,
    paint: `url(#${id})`,
  }
}

export interface Stop {
  readonly at: number
  readonly colour: Colour
  readonly opacity?: number
}

export interface Gradient {
  readonly definition: string
  readonly paint: string
}

function shadow(path: string, scale: number): string {
  const near = `<path d="${path}" transform="translate(0 ${round(4 / scale)})" fill-opacity=".2"/>`
  const far = `<path d="${path}" transform="translate(${round(4 / scale)} ${round(13 / scale)})" fill-opacity=".12"/>`
  return far + near
}
