import { round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { Colour } from './colour.ts'
import type { Random } from './random.ts'
import { dots, fill, times, trace } from './shape.ts'
import type { Point } from './shape.ts'

/** Height of a land's edge at each x. */
export type Profile = (x: number) => number

export interface Rise {
  /** About which y the edge swings. */
  readonly base: number
  /** How far it swings. */
  readonly swing: number
  /** Length of its longest wave. */
  readonly length: number
}

/** Rolling hills. */
export function hills(random: Random, { base, swing, length }: Rise): Profile {
  const waves = [1, 0.47, 0.21].map((share, at) => ({
    share: share * (at === 2 ? 0.5 : 0.8),
    length: (length * share) / (2 * Math.PI),
    phase: random.between(0, 6.28),
  }))
  return (x) =>
    base -
    swing *
      waves.reduce((sum, wave) => sum + wave.share * Math.sin(x / wave.length + wave.phase), 0)
}

/** Everything below an edge, across the picture. */
export function below(canvas: Canvas, edge: Profile): string {
  const step = 16
  const points = times(
    canvas.width / step + 2,
    (at) => `${round(at * step)} ${round(edge(at * step))}`,
  )
  const [right, bottom] = [round(canvas.width + step * 2), round(canvas.height + 20)]
  return `M${points.join('L')}L${right} ${bottom}H-20V${round(edge(0))}z`
}

export interface Land {
  readonly edge: Profile
  readonly colour: Colour
  /** Colour of the grain under its edge. */
  readonly bloom?: Colour
  readonly depth?: number
}

/** A layer of land with grain that fades away under its edge, as a dry brush leaves it. */
export function land(canvas: Canvas, { edge, colour, bloom, depth = 130 }: Land): string {
  const body = fill(canvas, below(canvas, edge), colour)
  if (bloom === undefined || canvas.medium.texture === 'none') return body
  return body + spray(canvas, { colour: bloom, depth, edge, opacity: 0.4 })
}

export interface Spray {
  readonly edge: Profile
  /** How far it reaches; negative reaches upwards. */
  readonly depth: number
  readonly colour: Colour
  readonly opacity: number
  readonly density?: number
}

/** Specks, dense at an edge and thinner away from it. */
export function spray(
  canvas: Canvas,
  { edge, depth, colour, opacity, density = 1 }: Spray,
): string {
  const { random, width, detail } = canvas
  const count = (width * Math.abs(depth) * 0.006 * detail * density) | 0
  const speck = (): Point => {
    const x = random.between(-5, width + 5)
    const reach = random.between(0, 1) * random.between(0, 1)
    return [x, edge(x) + depth * reach + Math.sign(depth) * 3]
  }
  const small = trace(dots(times(count, speck)), colour, { width: 2.4, opacity })
  const large = trace(dots(times(count / 4, speck)), colour, { width: 4, opacity })
  return small + large
}
