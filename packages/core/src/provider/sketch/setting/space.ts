import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Stands } from '../motif/motifs.ts'
import { planet } from '../motif/heavens.ts'
import { box, circle, ellipse, fill, gradient, times, tint, trace } from '../shape.ts'
import { stars } from '../sky.ts'
import { hills, land, spray } from '../terrain.ts'
import type { Stage } from './stage.ts'

/** Stars, worlds and dust. */
export function space(canvas: Canvas, _brief: Brief, stands: Stands | undefined): Stage {
  const { random, palette: p, width, height } = canvas
  const isAshore = stands !== undefined && stands !== 'air'
  const side = random.pick(-1, 1)
  const ground = hills(random, { base: height * 0.82, swing: 30, length: 900 })
  const soil = mix(p.second, p.ink, 0.35)
  const behind = [
    vault(canvas),
    stars(canvas, height),
    dust(canvas),
    place(canvas, planet, { x: width * (0.5 - side * 0.3), y: height * 0.42, scale: 2.3 }),
    world(canvas, width * (0.5 + side * 0.34), height * 0.2, 70),
    isAshore
      ? land(canvas, { edge: (x) => ground(x) - 90, colour: mix(soil, p.sky, 0.45) })
      : horizonOf(canvas, side),
    isAshore
      ? land(canvas, { edge: ground, colour: soil, bloom: lighter(soil, 0.4), depth: 150 })
      : '',
    isAshore ? craters(canvas, ground, soil) : '',
  ]
  const tall = Math.min(height * 0.56, width * 0.6)
  const x = width * (0.5 + side * 0.1)
  return {
    behind: behind.join(''),
    before: '',
    hero: { x, y: isAshore ? ground(x) + 60 : height * 0.8, width: width * 0.6, height: tall },
    sides: [-0.28, 0.3, 0.36].map((shift) => ({
      x: x + shift * side * width,
      y: isAshore ? ground(x) + 30 : height * 0.6,
      width: width * 0.2,
      height: tall * 0.42,
    })),
    guests: ['rocket', 'astronaut', 'satellite'],
  }
}

function vault(canvas: Canvas): string {
  const { palette: p, width, height } = canvas
  const deep = mix(p.ink, '#141033', p.isLit ? 0.2 : 0.35)
  const { definition, paint } = gradient(`${canvas.prefix}vault`, [
    { at: 0, colour: deep },
    { at: 1, colour: mix(deep, p.sky, 0.55) },
  ])
  return `${definition}<path d="${box(-10, -10, width + 20, height + 20)}" fill="${paint}"/>`
}

function dust(canvas: Canvas): string {
  const { random, palette: p, width, height } = canvas
  const slope = random.pick(-0.32, 0.32)
  const edge = (x: number): number => height * 0.46 + (x - width / 2) * slope
  const veil = [p.accent, p.second, p.glow].map((colour, at) => {
    const reach = 190 - at * 40
    return spray(canvas, {
      edge,
      depth: at % 2 === 0 ? reach : -reach,
      colour,
      opacity: 0.3,
      density: 1.3,
    })
  })
  return veil.join('')
}

function world(canvas: Canvas, x: number, y: number, radius: number): string {
  const { palette: p } = canvas
  return [
    tint(circle(x, y, radius * 1.5), p.sun, 0.08),
    fill(canvas, circle(x, y, radius), mix(p.sun, p.glow, 0.3)),
    tint(
      ellipse(x - radius * 0.3, y - radius * 0.2, radius * 0.2, radius * 0.18) +
        ellipse(x + radius * 0.25, y + radius * 0.3, radius * 0.28, radius * 0.22),
      p.ink,
      0.14,
    ),
  ].join('')
}

function horizonOf(canvas: Canvas, side: number): string {
  const { palette: p, width, height } = canvas
  const radius = Math.max(width, height) * 0.9
  const [x, y] = [width * (0.5 + side * 0.2), height * 0.86 + radius]
  const bands = [0.965, 0.93, 0.89].map((share, at) =>
    fill(canvas, circle(x, y, radius * share), mix(p.middle, p.near, at * 0.45)),
  )
  return (
    tint(circle(x, y, radius * 1.03), p.glow, 0.18) +
    fill(canvas, circle(x, y, radius), mix(p.far, p.glow, 0.35)) +
    bands.join('')
  )
}

function craters(canvas: Canvas, ground: (x: number) => number, soil: string): string {
  const { random, width, height } = canvas
  const pits = times(width / 170, () => {
    const x = random.between(0, width)
    const nearness = random.between(0.15, 1)
    const y = ground(x) + 30 + nearness * (height * 0.14)
    return { x, y, reach: 16 + nearness * 62 }
  })
  const holes = pits.map(({ x, y, reach }) => ellipse(x, y, reach, reach * 0.24)).join('')
  const rims = pits
    .map(
      ({ x, y, reach }) =>
        `M${round(x - reach)} ${round(y)}a${round(reach)} ${round(reach * 0.24)} 0 0 0 ${round(reach * 2)} 0`,
    )
    .join('')
  return (
    tint(holes, darker(soil, 0.45), 0.7) +
    trace(rims, lighter(soil, 0.35), { width: 4, opacity: 0.8 })
  )
}
