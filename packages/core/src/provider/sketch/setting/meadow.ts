import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { seasonal } from '../motif/trees.ts'
import { fill, times, trace } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import type { Profile } from '../terrain.ts'
import { lightning } from '../weather.ts'
import type { Stage } from './stage.ts'

/** Rolling hills with fields, a path and trees. */
export function meadow(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const horizon = height * random.between(0.5, 0.57)
  const plan = planSky(canvas, brief, horizon)
  const farthest = hills(random, { base: horizon - 30, swing: 70, length: 900 })
  const far = hills(random, { base: horizon + 20, swing: 46, length: 760 })
  const middle = hills(random, { base: height * 0.68, swing: 44, length: 1300 })
  const near = hills(random, { base: height * 0.9, swing: 34, length: 1500 })
  const x = width * random.pick(0.36, 0.42, 0.6)
  const behind = [
    sky(canvas, brief, plan),
    brief.weather === 'storm' ? lightning(canvas, horizon) : '',
    land(canvas, { edge: farthest, colour: mix(p.far, p.glow, 0.45), bloom: p.glow }),
    land(canvas, { edge: far, colour: p.far, bloom: lighter(p.far, 0.4) }),
    grove(canvas, brief, {
      edge: far,
      size: [46, 84],
      colour: mix(p.far, p.middle, 0.7),
      count: 12,
    }),
    land(canvas, { edge: middle, colour: p.middle, bloom: lighter(p.middle, 0.35), depth: 180 }),
    furrows(canvas, middle),
    path(canvas, x, middle),
    grove(canvas, brief, {
      edge: middle,
      size: [120, 210],
      colour: mix(p.middle, p.near, 0.6),
      count: 5,
      away: x,
    }),
  ]
  const before = [
    land(canvas, { edge: near, colour: p.near, bloom: lighter(p.near, 0.25), depth: 90 }),
    grass(canvas, near, mix(p.near, p.ink, 0.45)),
  ]
  const tall = Math.min(height * 0.46, width * 0.6)
  return {
    behind: behind.join(''),
    before: before.join(''),
    hero: { x, y: middle(x) + 46, width: width * 0.7, height: tall },
    sides: [0.26, -0.25, 0.4].map((shift) =>
      sideSpot(canvas, middle, { x: x + shift * width, tall: tall * 0.5 }),
    ),
    guests: ['house', 'windmill', 'tree', 'balloon', 'church'],
  }
}

export interface Grove {
  readonly edge: Profile
  readonly size: readonly [smallest: number, largest: number]
  readonly colour: Colour
  readonly count: number
  /** Keeps clear of this x. */
  readonly away?: number
}

/** Trees of the season along an edge, in loose groups. */
export function grove(
  canvas: Canvas,
  brief: Brief,
  { edge, size, colour, count, away }: Grove,
): string {
  const { random, width } = canvas
  const middle = random.between(0.1, 0.9) * width
  const spread = times(count * Math.max(1, width / 1600), (at) =>
    at % 3 === 0 ? random.between(0, 1) * width : middle + random.between(-0.16, 0.16) * width,
  )
  return spread
    .filter((x) => away === undefined || Math.abs(x - away) > 190)
    .map((x) =>
      place(canvas, seasonal(canvas, brief, colour), {
        x,
        y: edge(x) + 8,
        scale: random.between(...size) / 100,
        flip: random.chance(0.5),
      }),
    )
    .join('')
}

/** Tufts of grass along an edge. */
export function grass(canvas: Canvas, edge: Profile, colour: Colour): string {
  const { random, width } = canvas
  const tufts = times((width / 26) * canvas.detail, () => {
    const x = random.between(-10, width + 10)
    const [tall, lean] = [random.between(14, 44), random.between(-14, 14)]
    return `M${round(x - 4)} ${round(edge(x) + 6)}q${round(lean * 0.2)} ${round(-tall * 0.6)} ${round(lean)} ${round(-tall)}q${round(-lean * 0.2 + 4)} ${round(tall * 0.4)} ${round(8 - lean)} ${round(tall)}z`
  })
  return fill({ ...canvas, medium: { ...canvas.medium, line: 0 } }, tufts.join(''), colour)
}

function furrows(canvas: Canvas, edge: Profile): string {
  const { random, width, palette: p } = canvas
  const [start, span] = [random.between(-0.1, 0.6) * width, width * random.between(0.3, 0.5)]
  const rows = times(9, (at) => {
    const points = times(24, (step) => {
      const share = step / 23
      const x = start + share * span * (0.6 + at * 0.09) - at * 18
      return `${round(x)} ${round(edge(x) + 14 + at * at * 1.7 + at * 7 + share * at * 5)}`
    })
    return `M${points.join('L')}`
  })
  return trace(rows.join(''), darker(p.middle, 0.25), { width: 3.6, opacity: 0.4 })
}

function path(canvas: Canvas, x: number, edge: Profile): string {
  const { height, palette: p } = canvas
  const top = edge(x) + 40
  const drop = height - top
  const at = (share: number): string => round(top + drop * share)
  const bend = `M${round(x - 8)} ${round(top)}C${round(x + 120)} ${at(0.25)} ${round(x - 190)} ${at(0.45)} ${round(x - 150)} ${at(1.1)}H${round(x + 110)}C${round(x - 30)} ${at(0.5)} ${round(x + 170)} ${at(0.25)} ${round(x + 10)} ${round(top)}z`
  return fill(
    { ...canvas, medium: { ...canvas.medium, line: 0, shadow: false } },
    bend,
    mix(p.glow, p.middle, 0.35),
  )
}

function sideSpot(
  canvas: Canvas,
  edge: Profile,
  { x, tall }: { readonly x: number; readonly tall: number },
): Stage['hero'] {
  const kept = Math.min(canvas.width * 0.9, Math.max(canvas.width * 0.1, x))
  return { x: kept, y: edge(kept) + 60, width: canvas.width * 0.3, height: tall }
}
