import type { Brief } from './brief.ts'
import { round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { mix } from './colour.ts'
import { bar, box, circle, dots, fill, gradient, line, times, tint, trace } from './shape.ts'
import type { Point } from './shape.ts'
import { spray } from './terrain.ts'

export interface SkyPlan {
  /** Where the sky meets land or sea. */
  readonly horizon: number
  /** Sun or moon. */
  readonly body: Point
  readonly radius: number
}

/** Plans where the sun or moon stands, so that water can mirror it. */
export function planSky(canvas: Canvas, brief: Brief, horizon: number): SkyPlan {
  const { random, width } = canvas
  const isLow = brief.hour === 'dusk' || brief.hour === 'dawn'
  const side = random.pick(0.24, 0.3, 0.68, 0.76)
  const height = isLow ? random.between(0.66, 0.84) : random.between(0.26, 0.42)
  const radius = isLow ? random.between(96, 140) : random.between(62, 96)
  return { horizon, body: [width * side, horizon * height], radius }
}

/** Air, with what hangs in it. */
export function sky(canvas: Canvas, brief: Brief, plan: SkyPlan): string {
  const isStarry = brief.hour === 'night' || brief.bodies.includes('stars')
  return [
    air(canvas, plan),
    isStarry ? stars(canvas, plan.horizon) : '',
    brief.weather === 'aurora' ? aurora(canvas, plan.horizon) : '',
    isHidden(brief) ? '' : body(canvas, brief, plan),
    brief.weather === 'rainbow' ? rainbow(canvas, plan) : '',
    clouds(canvas, brief, plan),
    brief.hour === 'night' || isHidden(brief) ? '' : flock(canvas, plan.horizon),
  ].join('')
}

/** Points of light of three sizes. */
export function stars(canvas: Canvas, depth: number): string {
  const { random, width, palette } = canvas
  const point = (): Point => [random.between(0, width), random.between(0, 1) ** 1.4 * depth]
  const count = (width * depth) / 9000
  const sparkles = times(3 + width / 700, () => sparkle(point(), random.between(9, 17)))
  return [
    trace(dots(times(count, point)), palette.sun, { width: 2.6, opacity: 0.75 }),
    trace(dots(times(count / 3, point)), palette.sun, { width: 4.6, opacity: 0.9 }),
    tint(sparkles.join(''), palette.sun, 0.95),
  ].join('')
}

/** A four-pointed star. */
export function sparkle([x, y]: Point, size: number): string {
  const waist = size * 0.14
  const out = (across: number, down: number): string => `${round(x + across)} ${round(y + down)}`
  return `M${out(0, -size)}Q${out(waist, -waist)} ${out(size, 0)}Q${out(waist, waist)} ${out(0, size)}Q${out(-waist, waist)} ${out(-size, 0)}Q${out(-waist, -waist)} ${out(0, -size)}z`
}

function isHidden({ weather }: Brief): boolean {
  return weather === 'rain' || weather === 'storm'
}

function air(canvas: Canvas, { horizon }: SkyPlan): string {
  const { palette, width, height } = canvas
  const { definition, paint } = gradient(`${canvas.prefix}sky`, [
    { at: 0, colour: palette.sky },
    { at: 0.55, colour: mix(palette.sky, palette.glow, 0.5) },
    { at: 1, colour: palette.glow },
  ])
  const depth = Math.min(height, horizon + 60)
  const base = `${definition}<path d="${box(-10, -10, width + 20, height + 20)}" fill="${palette.glow}"/><path d="${box(-10, -10, width + 20, depth + 10)}" fill="${paint}"/>`
  if (canvas.medium.texture === 'none') return base
  return (
    base +
    spray(canvas, {
      edge: () => -4,
      depth: horizon * 0.7,
      colour: palette.sky,
      opacity: 0.35,
      density: 0.35,
    })
  )
}

function body(canvas: Canvas, brief: Brief, { body: [x, y], radius }: SkyPlan): string {
  const { palette, random } = canvas
  const halos = [2.9, 2.1, 1.5].map((reach) =>
    tint(circle(x, y, radius * reach), palette.sun, 0.09),
  )
  const disc = fill(
    { ...canvas, medium: { ...canvas.medium, line: 0 } },
    circle(x, y, radius),
    palette.sun,
  )
  const isMoon = brief.hour === 'night' || brief.bodies[0] === 'moon'
  if (!isMoon) return halos.join('') + disc
  const craters: readonly (readonly [number, number, number])[] = [
    [-0.35, -0.2, 0.2],
    [0.3, 0.25, 0.26],
    [0.2, -0.45, 0.12],
    [-0.3, 0.45, 0.13],
  ]
  const spin = random.pick(1, -1)
  const marks = craters.map(([across, down, size]) =>
    circle(x + across * radius * spin, y + down * radius, size * radius),
  )
  return halos.join('') + disc + tint(marks.join(''), palette.sky, 0.14)
}

function clouds(canvas: Canvas, brief: Brief, { horizon }: SkyPlan): string {
  const { palette, random, width } = canvas
  const isHeavy = isHidden(brief) || brief.weather === 'clouds'
  const count = (isHeavy ? 7 : random.whole(2, 4)) * Math.max(1, width / 1800)
  const colour = isHidden(brief)
    ? mix(palette.sky, palette.ink, 0.3)
    : mix(palette.glow, palette.paper, brief.hour === 'night' ? 0 : 0.55)
  const opacity = brief.hour === 'night' ? 0.14 : isHeavy ? 0.75 : 0.6
  return times(count, () => {
    const reach = random.between(0.7, 1.3) * (isHeavy ? 1.5 : 1)
    const spot: Point = [
      random.between(-0.02, 1.02) * width,
      horizon * random.between(0.08, isHeavy ? 0.45 : 0.6),
    ]
    return tint(cloud(canvas, spot, reach), colour, opacity)
  }).join('')
}

/** A cloud of stacked flat strokes, path data. */
export function cloud({ random }: Canvas, [x, y]: Point, reach: number): string {
  return times(random.whole(3, 4), (at) => {
    const wide = (at === 0 ? 300 : random.between(110, 230)) * reach
    return bar(x + random.between(-80, 80) * reach, y - at * 24 * reach, wide, 34 * reach)
  }).join('')
}

function flock(canvas: Canvas, horizon: number): string {
  const { random, width, palette } = canvas
  const [x, y] = [width * random.between(0.2, 0.75), horizon * random.between(0.25, 0.55)]
  const birds = times(random.whole(3, 6), (at) => {
    const [left, top] = [x + at * random.between(24, 46), y + random.between(-26, 26)]
    const wing = random.between(7, 13)
    return `M${round(left - wing)} ${round(top - wing * 0.5)}q${round(wing * 0.6)} ${round(-wing * 0.2)} ${round(wing)} ${round(wing * 0.5)}q${round(wing * 0.4)} ${round(-wing * 0.7)} ${round(wing)} ${round(-wing * 0.5)}`
  })
  return trace(birds.join(''), palette.ink, { width: 3, opacity: 0.7 })
}

function aurora(canvas: Canvas, horizon: number): string {
  const { random, width } = canvas
  return ['#7ff0b5', '#58d6c9', '#b08cf0']
    .map((colour, band) => {
      const { definition, paint } = gradient(`${canvas.prefix}aurora${band}`, [
        { at: 0, colour, opacity: 0 },
        { at: 0.75, colour, opacity: 0.5 },
        { at: 1, colour, opacity: 0.05 },
      ])
      const phase = random.between(0, 6)
      const foot = (x: number): number =>
        horizon * (0.5 + 0.12 * band + 0.1 * Math.sin(x / (width / 7) + phase))
      const lower = times(
        41,
        (at) => `${round((width * at) / 40)} ${round(foot((width * at) / 40))}`,
      )
      const upper = times(
        41,
        (at) =>
          `${round(width - (width * at) / 40)} ${round(foot(width - (width * at) / 40) - horizon * 0.42)}`,
      )
      return `${definition}<path d="M${lower.join('L')}L${upper.join('L')}z" fill="${paint}"/>`
    })
    .join('')
}

function rainbow(canvas: Canvas, { horizon }: SkyPlan): string {
  const [x, reach] = [canvas.width * 0.5, Math.min(canvas.width * 0.42, horizon * 1.05)]
  const bows = ['#d2402f', '#e97a32', '#f1b93b', '#4f9a5b', '#2f68b0', '#7d55a0'].map(
    (colour, at) => {
      const radius = reach - at * 20
      return line(
        `M${round(x - radius)} ${round(horizon + 40)}a${round(radius)} ${round(radius)} 0 0 1 ${round(2 * radius)} 0`,
        colour,
        20,
      )
    },
  )
  return `<g opacity=".55">${bows.join('')}</g>`
}
