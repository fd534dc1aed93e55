import type { Brief } from '../brief.ts'
import { round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, fill, gradient, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import type { SkyPlan } from '../sky.ts'
import type { Stands } from '../motif/motifs.ts'
import { hills, land, spray } from '../terrain.ts'
import { lightning } from '../weather.ts'
import { grass } from './meadow.ts'
import type { Stage } from './stage.ts'

/** The open sea; what stands on land gets a headland. */
export function coast(canvas: Canvas, brief: Brief, stands: Stands | undefined): Stage {
  const { random, palette: p, width, height } = canvas
  const horizon = height * random.between(0.56, 0.62)
  const plan = planSky(canvas, brief, horizon)
  const isAshore = stands === 'ground' || stands === 'table'
  const side = plan.body[0] > width / 2 ? 0.3 : 0.7
  const x = width * (isAshore ? side : random.pick(0.4, 0.5, 0.6))
  const islands = hills(random, { base: horizon + 22, swing: 60, length: 700 })
  const behind = [
    sky(canvas, brief, plan),
    brief.weather === 'storm' ? lightning(canvas, horizon) : '',
    land(canvas, {
      edge: (at) => Math.min(horizon + 30, islands(at)),
      colour: mix(p.far, p.glow, 0.35),
      bloom: p.glow,
      depth: 50,
    }),
    water(canvas, brief, plan),
    isAshore ? headland(canvas, x, height * 0.74) : '',
  ]
  const swell = hills(random, { base: height * 0.95, swing: 16, length: 520 })
  const front = darker(p.near, 0.12)
  const before = isAshore
    ? land(canvas, { edge: swell, colour: front, bloom: mix(p.near, p.glow, 0.5), depth: 50 })
    : waves(canvas, [height * 0.8, height], 0.5) +
      land(canvas, { edge: swell, colour: front, bloom: mix(p.near, p.glow, 0.5), depth: 50 })
  const tall = isAshore
    ? Math.min(height * 0.55, width * 0.72)
    : Math.min(height * 0.5, width * 0.6)
  const y = isAshore ? height * 0.74 + 16 : height * 0.78
  return {
    behind: behind.join(''),
    before,
    hero: { x, y, width: width * 0.62, height: tall },
    sides: [0.34, -0.3, 0.2].map((shift, at) => ({
      x: Math.min(0.92, Math.max(0.08, x / width + (x > width / 2 ? -shift : shift))) * width,
      y: isAshore && Math.abs(shift) < 0.25 ? y : horizon + (height - horizon) * (0.3 + at * 0.1),
      width: width * 0.22,
      height: tall * 0.34,
    })),
    guests: ['sailboat', 'sailboat', 'lighthouse', 'ship'],
    mirrors: !isAshore,
  }
}

/** Sea from the horizon down, with the mirrored light of the sky. */
export function water(canvas: Canvas, brief: Brief, plan: SkyPlan): string {
  const { palette: p, width, height } = canvas
  const { definition, paint } = gradient(`${canvas.prefix}sea`, [
    { at: 0, colour: mix(p.glow, p.sky, 0.55) },
    { at: 0.35, colour: mix(p.middle, p.sky, 0.45) },
    { at: 1, colour: p.near },
  ])
  const isDull = brief.weather === 'rain' || brief.weather === 'storm' || brief.weather === 'fog'
  return [
    definition,
    `<path d="${box(-10, plan.horizon, width + 20, height)}" fill="${paint}"/>`,
    spray(canvas, {
      edge: () => plan.horizon,
      depth: 160,
      colour: p.glow,
      opacity: 0.5,
      density: 0.7,
    }),
    waves(canvas, [plan.horizon, height], 1),
    isDull ? '' : glitter(canvas, plan),
  ].join('')
}

/** Flat strokes of light and shade that grow towards the viewer. */
function waves(canvas: Canvas, [top, bottom]: Point, density: number): string {
  const { random, palette: p, width, detail } = canvas
  const strokes = times((width / 15) * density * detail, (): string => {
    const nearness = random.between(0.03, 1)
    const y = top + (bottom - top) * nearness ** 1.3
    return bar(
      random.between(-50, width + 50),
      y,
      random.between(40, 90) + nearness * random.between(60, 240),
      3 + nearness * 9,
    )
  })
  const third = (rest: number): string => strokes.filter((_, at) => at % 3 === rest).join('')
  return (
    tint(third(0), mix(p.glow, p.paper, 0.4), 0.26) +
    tint(third(1), p.near, 0.5) +
    tint(third(2), mix(p.sky, p.middle, 0.5), 0.45)
  )
}

function glitter(canvas: Canvas, { body: [x], radius, horizon }: SkyPlan): string {
  const { random, palette: p, height } = canvas
  const depth = height - horizon
  const strokes = times(26, (at) => {
    const share = (at + 0.4) / 26
    const reach = radius * (0.9 + share * 1.1) * random.between(0.35, 1)
    return bar(
      x + random.between(-0.35, 0.35) * radius,
      horizon + 6 + share ** 1.4 * depth * 0.86,
      reach * 1.5,
      4 + share * 9,
    )
  })
  return tint(strokes.join(''), p.sun, 0.72)
}

function headland(canvas: Canvas, x: number, top: number): string {
  const { palette: p, width, height, random } = canvas
  const sign = x > width / 2 ? 1 : -1
  const edge = sign > 0 ? width + 20 : -20
  const rock = mix(p.near, p.ink, 0.45)
  const drop = height - top
  const at = (across: number, down: number): Point => [x - sign * across, top + down * drop]
  const cliff: readonly Point[] = [
    at(150, 0.06),
    at(190, 0.2),
    at(180, 0.34),
    at(250, 0.44),
    at(246, 0.62),
    at(330, 0.7),
    at(350, 1.1),
  ]
  const turf: readonly Point[] = [
    [edge, top - 34],
    at(-190, -0.1),
    at(-60, 0),
    at(80, 0.02),
    at(150, 0.06),
  ]
  const faces: readonly Point[] = [
    at(20, 0.3),
    at(100, 0.2),
    at(120, 0.5),
    at(190, 0.62),
    at(210, 1.1),
    at(0, 1.1),
    at(40, 0.66),
  ]
  const lawn: readonly Point[] = [
    ...turf,
    at(168, 0.13),
    at(80, 0.14),
    at(20, 0.2),
    at(-80, 0.17),
    [edge, top + drop * 0.26],
  ]
  const flat = (share: number): number => top + share * 14
  const blades = grass({ ...canvas, width: 240 }, () => 0, mix(p.middle, p.near, 0.6))
  const shift = sign > 0 ? x - 60 : x - 180
  return [
    fill(canvas, polygon([...turf, ...cliff, [edge, height + 20]]), rock),
    tint(polygon(faces), p.glow, 0.13),
    fill(canvas, polygon(lawn), mix(p.middle, p.near, 0.6)),
    `<g transform="translate(${round(shift)} ${round(flat(random.between(0, 1)))})">${blades}</g>`,
    tint(
      bar(x - sign * 330, height * 0.965, 460, 16) + bar(x - sign * 220, height * 0.935, 260, 9),
      lighter(p.glow, 0.3),
      0.5,
    ),
  ].join('')
}
