import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { cactus } from '../motif/plants.ts'
import { box, fill, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import type { Stage } from './stage.ts'

/** Mesas and dunes under a wide sky. */
export function desert(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const horizon = height * random.between(0.58, 0.63)
  const plan = planSky(canvas, brief, horizon)
  const x = width * random.pick(0.34, 0.62)
  const far = hills(random, { base: height * 0.68, swing: 34, length: 1100 })
  const middle = hills(random, { base: height * 0.76, swing: 40, length: 1500 })
  const near = hills(random, { base: height * 0.92, swing: 30, length: 1300 })
  const behind = [
    sky(canvas, brief, plan),
    mesas(canvas, horizon + 60, mix(p.far, p.glow, 0.35)),
    land(canvas, { edge: far, colour: mix(p.far, p.middle, 0.3), bloom: lighter(p.far, 0.35) }),
    dune(canvas, { crest: [width * 0.2, height * 0.66], colour: p.far }),
    dune(canvas, { crest: [width * 0.78, height * 0.7], colour: mix(p.far, p.middle, 0.5) }),
    cacti(canvas, far, [60, 110]),
    land(canvas, { edge: middle, colour: p.middle, bloom: lighter(p.middle, 0.35), depth: 170 }),
  ]
  const before = land(canvas, {
    edge: near,
    colour: p.near,
    bloom: lighter(p.near, 0.3),
    depth: 80,
  })
  const tall = Math.min(height * 0.46, width * 0.56)
  return {
    behind: behind.join(''),
    before,
    hero: { x, y: middle(x) + 50, width: width * 0.6, height: tall },
    sides: [0.28, -0.22, 0.4].map((shift) => ({
      x: x + shift * width * (x > width / 2 ? -1 : 1),
      y: middle(x + shift * width) + 44,
      width: width * 0.24,
      height: tall * 0.5,
    })),
    guests: ['cactus', 'cactus', 'van', 'figure'],
  }
}

function mesas(canvas: Canvas, base: number, colour: string): string {
  const { random, width } = canvas
  return times(width / 420 + 1, (at) => {
    const x = at * 420 + random.between(-120, 120)
    const [tall, wide] = [random.between(120, 270), random.between(120, 260)]
    const top = base - tall
    const flank: readonly Point[] = [
      [x - wide * 0.5, top],
      [x + wide * 0.5, top],
      [x + wide * 0.54, top + tall * 0.5],
      [x + wide * 0.9, base],
      [x - wide * 0.9, base],
      [x - wide * 0.54, top + tall * 0.5],
    ]
    const bands = [0.12, 0.3].map((share) =>
      box(x - wide * 0.52, top + tall * share, wide * 1.04, tall * 0.07),
    )
    const shade = polygon([
      [x + wide * 0.16, top],
      [x + wide * 0.5, top],
      [x + wide * 0.54, top + tall * 0.5],
      [x + wide * 0.9, base],
      [x + wide * 0.2, base],
    ])
    return (
      fill(canvas, polygon(flank), colour) +
      tint(bands.join(''), canvas.palette.accent, 0.16) +
      tint(shade, canvas.palette.ink, 0.13)
    )
  }).join('')
}

function dune(
  canvas: Canvas,
  { crest: [x, y], colour }: { readonly crest: Point; readonly colour: string },
): string {
  const { height } = canvas
  const foot = round(height * 0.86)
  const ridge = `C${round(x + 60)} ${round(y + 60)} ${round(x - 90)} ${round(y + 110)} ${round(x + 20)} ${foot}`
  const sun = `M${round(x)} ${round(y)}${ridge}H${round(x - 760)}C${round(x - 420)} ${foot} ${round(x - 190)} ${round(y + 8)} ${round(x)} ${round(y)}z`
  const shade = `M${round(x)} ${round(y)}${ridge}H${round(x + 640)}C${round(x + 330)} ${foot} ${round(x + 150)} ${round(y + 30)} ${round(x)} ${round(y)}z`
  return fill(canvas, sun, lighter(colour, 0.14)) + fill(canvas, shade, darker(colour, 0.12))
}

function cacti(canvas: Canvas, edge: (x: number) => number, size: Point): string {
  const { random, width } = canvas
  return times(5 * Math.max(1, width / 1600), () => {
    const x = random.between(0, 1) * width
    return place(canvas, cactus, {
      x,
      y: edge(x) + 10,
      scale: random.between(...size) / 100,
      flip: random.chance(0.5),
    })
  }).join('')
}
