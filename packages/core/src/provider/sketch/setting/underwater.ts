import type { Brief } from '../brief.ts'
import { natural, place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { smallFish } from '../motif/sea-life.ts'
import { box, circle, gradient, line, polygon, times, trace } from '../shape.ts'
import { hills, land } from '../terrain.ts'
import type { Stage } from './stage.ts'

/** Blue depth with rays of light, weeds, corals and shoals. */
export function underwater(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const deep =
    brief.hour === 'night'
      ? mix(p.sky, '#06213d', 0.5)
      : mix(natural(canvas, '#12507a'), p.sky, 0.15)
  const bright = mix(natural(canvas, '#6cc5c4'), p.glow, 0.35)
  const floor = hills(random, { base: height * 0.88, swing: 34, length: 900 })
  const reef = hills(random, { base: height * 0.8, swing: 70, length: 620 })
  const x = width * random.pick(0.42, 0.5, 0.58)
  const behind = [
    depth(canvas, bright, deep),
    rays(canvas, bright),
    shoal(canvas, mix(deep, bright, 0.45), 10),
    land(canvas, { edge: reef, colour: mix(deep, bright, 0.22), bloom: mix(deep, bright, 0.5) }),
    weeds(canvas, (at) => reef(at) + 30, mix(deep, bright, 0.3)),
  ]
  const before = [
    bubbles(canvas, x),
    land(canvas, { edge: floor, colour: darker(deep, 0.3), bloom: mix(deep, bright, 0.3) }),
    corals(canvas, floor),
    weeds(canvas, (at) => floor(at) + 60, darker(deep, 0.45)),
    shoal(canvas, p.accent, 3),
  ]
  const tall = Math.min(height * 0.5, width * 0.5)
  return {
    behind: behind.join(''),
    before: before.join(''),
    hero: { x, y: height * 0.48 + tall / 2, width: width * 0.66, height: tall },
    sides: [-0.3, 0.3, 0.36].map((shift, at) => ({
      x: x + shift * width,
      y: height * (0.36 + at * 0.2),
      width: width * 0.2,
      height: tall * 0.4,
    })),
    guests: ['whale', 'octopus', 'fish'],
  }
}

function depth(canvas: Canvas, bright: string, deep: string): string {
  const { definition, paint } = gradient(`${canvas.prefix}depth`, [
    { at: 0, colour: bright },
    { at: 0.45, colour: mix(bright, deep, 0.62) },
    { at: 1, colour: deep },
  ])
  return `${definition}<path d="${box(-10, -10, canvas.width + 20, canvas.height + 20)}" fill="${paint}"/>`
}

function rays(canvas: Canvas, bright: string): string {
  const { random, width, height } = canvas
  const { definition, paint } = gradient(`${canvas.prefix}ray`, [
    { at: 0, colour: lighter(bright, 0.6), opacity: 0.42 },
    { at: 1, colour: bright, opacity: 0 },
  ])
  const beams = times(6, (at) => {
    const x = width * (0.1 + at * 0.16) + random.between(-40, 40)
    const [narrow, wide] = [random.between(16, 46), random.between(80, 190)]
    const drift = (x - width / 2) * 0.35
    return polygon([
      [x - narrow, -10],
      [x + narrow, -10],
      [x + drift + wide, height * 0.78],
      [x + drift - wide, height * 0.78],
    ])
  })
  return `${definition}<path d="${beams.join('')}" fill="${paint}"/>`
}

function weeds(canvas: Canvas, foot: (x: number) => number, colour: string): string {
  const { random, width } = canvas
  return times(width / 75, () => {
    const x = random.between(0, width)
    const [y, tall] = [foot(x), random.between(70, 260)]
    const sway = random.between(14, 30)
    const stem = `M${round(x)} ${round(y)}q${round(sway)} ${round(-tall / 4)} 0 ${round(-tall / 2)}t0 ${round(-tall / 2)}`
    return line(stem, colour, random.between(6, 14))
  }).join('')
}

function corals(canvas: Canvas, floor: (x: number) => number): string {
  const { random, palette: p, width } = canvas
  return times(width / 190, () => {
    const x = random.between(0, width)
    const [y, size] = [floor(x) + 20, random.between(36, 84)]
    const hue = random.pick(p.accent, p.second, natural(canvas, '#e88fa2'))
    const arms = [-0.8, -0.35, 0.1, 0.55, 0.95].map(
      (lean) =>
        `M${round(x)} ${round(y)}q${round(lean * size * 0.3)} ${round(-size * 0.5)} ${round(lean * size)} ${round(-size * random.between(0.8, 1.4))}`,
    )
    return line(arms.join(''), hue, size * 0.17)
  }).join('')
}

function bubbles(canvas: Canvas, x: number): string {
  const { random, height, width, palette: p } = canvas
  const rings = times(width / 60, () =>
    circle(
      x + random.between(-0.4, 0.4) * width,
      random.between(0.05, 0.85) * height,
      random.between(4, 16),
    ),
  )
  return trace(rings.join(''), p.paper, { width: 3, opacity: 0.55 })
}

function shoal(canvas: Canvas, colour: string, count: number): string {
  const { random, width, height } = canvas
  const [x, y, flip] = [
    random.between(0.1, 0.8) * width,
    random.between(0.2, 0.6) * height,
    random.chance(0.5),
  ]
  return times(count, () =>
    place(canvas, smallFish(colour), {
      x: x + random.between(-190, 190),
      y: y + random.between(-90, 90),
      scale: random.between(0.5, 1),
      flip,
    }),
  ).join('')
}
