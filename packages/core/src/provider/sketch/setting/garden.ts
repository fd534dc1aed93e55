import type { Brief } from '../brief.ts'
import { natural, place } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import { bloom, fern, poppy, tulip } from '../motif/plants.ts'
import { times } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import { grass, grove } from './meadow.ts'
import type { Stage } from './stage.ts'

/** Tall flowers and leaves before a soft distance. */
export function garden(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const plan = planSky(canvas, brief, height * 0.62)
  const hedge = hills(random, { base: height * 0.64, swing: 40, length: 620 })
  const lawn = hills(random, { base: height * 0.78, swing: 20, length: 1200 })
  const x = width * random.pick(0.4, 0.5, 0.6)
  const tall = Math.min(height * 0.6, width * 0.6)
  const behind = [
    sky(canvas, brief, plan),
    land(canvas, { edge: hedge, colour: mix(p.far, p.glow, 0.2), bloom: p.glow }),
    grove(canvas, brief, {
      edge: hedge,
      size: [90, 170],
      colour: mix(p.far, p.middle, 0.5),
      count: 9,
    }),
    land(canvas, { edge: lawn, colour: p.middle, bloom: lighter(p.middle, 0.4), depth: 200 }),
    bed(canvas, { y: height * 0.84, size: [110, 190], count: width / 70, clear: x }),
  ]
  const before = [
    bed(canvas, { y: height * 1.01, size: [190, 420], count: width / 84, clear: x }),
    grass(canvas, () => height * 1.0, mix(p.near, p.ink, 0.4)),
  ]
  return {
    behind: behind.join(''),
    before: before.join(''),
    hero: { x, y: height * 0.93, width: width * 0.5, height: tall },
    sides: [0.24, -0.24, 0.34].map((shift) => ({
      x: x + shift * width,
      y: height * 0.72,
      width: width * 0.18,
      height: tall * 0.4,
    })),
    guests: ['butterfly', 'bird', 'flower'],
  }
}

interface Bed {
  readonly y: number
  readonly size: readonly [smallest: number, largest: number]
  readonly count: number
  readonly clear: number
}

function bed(canvas: Canvas, { y, size, count, clear }: Bed): string {
  const { random, palette: p, width } = canvas
  const green = mix(p.near, p.middle, random.between(0.1, 0.5))
  const hues = [p.accent, p.second, natural(canvas, '#e88fa2'), p.paper, natural(canvas, '#7f74b8')]
  const plants: readonly Draw[] = [
    ...hues.map((hue) => bloom(hue, green)),
    ...hues.slice(0, 3).map((hue) => tulip(hue, green)),
    ...hues.slice(0, 3).map((hue) => poppy(hue, green)),
    fern(green),
    fern(mix(green, p.ink, 0.25)),
    fern(mix(green, p.ink, 0.1)),
  ]
  return times(count, (at) => (at + random.between(0, 1)) * (width / count))
    .map((x) => {
      const near = Math.min(1, 0.42 + Math.abs(x - clear) / (width * 0.42))
      const draw = plants[random.whole(0, plants.length - 1)] ?? fern(green)
      return place(canvas, draw, {
        x,
        y: y + random.between(-14, 20),
        scale: (random.between(...size) / 100) * near,
        flip: random.chance(0.5),
        turn: random.between(-7, 7),
      })
    })
    .join('')
}
