import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { seasonal } from '../motif/trees.ts'
import { box, fill, gradient, times, trace } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import { grass } from './meadow.ts'
import { firs } from './mountains.ts'
import type { Stage } from './stage.ts'

/** Rows of trees that fade into the distance, with a clearing. */
export function forest(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const x = width * random.pick(0.38, 0.5, 0.62)
  const floor = height * 0.76
  const plan = planSky(canvas, brief, height * 0.56)
  const ground = hills(random, { base: floor, swing: 20, length: 1100 })
  const near = hills(random, { base: height * 0.93, swing: 24, length: 900 })
  const isWhite = brief.season === 'winter'
  const bark = (share: number, colour: Colour): Colour =>
    isWhite ? mix(mix(p.sky, p.glow, 0.3), p.ink, share) : colour
  const distant: Brief = isWhite ? { ...brief, season: undefined } : brief
  const haze = mix(mix(p.far, p.middle, 0.4), p.glow, 0.3)
  const [faint, pale] = [bark(0.1, mix(p.far, p.glow, 0.5)), bark(0.24, mix(p.far, p.middle, 0.3))]
  const [full, dense] = [bark(0.5, p.middle), bark(0.72, mix(p.near, p.middle, 0.2))]
  const soil = mix(p.middle, p.near, 0.65)
  const behind = [
    sky(canvas, brief, plan),
    row(canvas, distant, { y: height * 0.62, tall: 0.36, colour: faint, gap: 44 }),
    land(canvas, { edge: () => height * 0.62, colour: haze }),
    row(canvas, distant, { y: height * 0.66, tall: 0.46, colour: pale, gap: 62 }),
    mist(canvas, height * 0.5),
    row(canvas, brief, { y: height * 0.72, tall: 0.56, colour: full, gap: 112, clear: [x, 120] }),
    land(canvas, { edge: ground, colour: soil, bloom: lighter(p.middle, 0.4), depth: 150 }),
    row(canvas, brief, { y: height * 0.79, tall: 0.66, colour: dense, gap: 250, clear: [x, 300] }),
    ferns(canvas, floor),
  ]
  const dark = mix(p.ink, p.near, 0.2)
  const before = [
    trunks(canvas, x, dark),
    land(canvas, { edge: near, colour: mix(p.near, p.ink, 0.3), bloom: p.near, depth: 60 }),
    grass(canvas, near, dark),
  ]
  const tall = Math.min(height * 0.42, width * 0.52)
  return {
    behind: behind.join(''),
    before: before.join(''),
    hero: { x, y: floor + height * 0.1, width: width * 0.56, height: tall },
    sides: [0.2, -0.2, 0.3].map((shift) => ({
      x: x + shift * width,
      y: floor + height * 0.08,
      width: width * 0.22,
      height: tall * 0.55,
    })),
    guests: ['deer', 'cabin', 'fox', 'owl', 'mushroom'],
  }
}

interface Row {
  readonly y: number
  /** Share of the picture's height. */
  readonly tall: number
  readonly colour: Colour
  readonly gap: number
  /** An x to keep free, and how far to both sides. */
  readonly clear?: readonly [x: number, reach: number]
}

function row(canvas: Canvas, brief: Brief, { y, tall, colour, gap, clear }: Row): string {
  const { random, width, height } = canvas
  const size = Math.min(height, 1200) * tall
  const isFree = (x: number): boolean => clear === undefined || Math.abs(x - clear[0]) > clear[1]
  if (brief.season === 'winter' || brief.season === undefined) {
    return times(width / gap + 2, (at) => at * gap + random.between(-0.4, 0.4) * gap)
      .filter(isFree)
      .map((x) =>
        firs(canvas, brief, {
          edge: () => y,
          colour,
          size: [size * 0.7, size],
          count: 1,
          within: [x / width, x / width],
        }),
      )
      .join('')
  }
  return times(width / gap + 2, (at) => at * gap + random.between(-0.4, 0.4) * gap)
    .filter(isFree)
    .map((x) =>
      place(canvas, seasonal(canvas, brief, colour), {
        x,
        y: y + 8,
        scale: (size * random.between(0.7, 1)) / 100,
      }),
    )
    .join('')
}

function mist(canvas: Canvas, top: number): string {
  const { definition, paint } = gradient(`${canvas.prefix}mist`, [
    { at: 0, colour: canvas.palette.glow, opacity: 0 },
    { at: 1, colour: canvas.palette.glow, opacity: 0.6 },
  ])
  return `${definition}<path d="${box(-10, top, canvas.width + 20, canvas.height * 0.22)}" fill="${paint}"/>`
}

function trunks(canvas: Canvas, clear: number, colour: Colour): string {
  const { random, width, height } = canvas
  return [0.03, 0.14, 0.88, 0.98]
    .map((share) => share * width + random.between(-20, 20))
    .filter((x) => Math.abs(x - clear) > 240)
    .map((x) => {
      const wide = random.between(26, 58)
      const trunk = `M${round(x - wide)} ${round(height + 10)}Q${round(x - wide * 0.5)} ${round(height * 0.7)} ${round(x - wide * 0.45)} -20H${round(x + wide * 0.45)}Q${round(x + wide * 0.5)} ${round(height * 0.7)} ${round(x + wide)} ${round(height + 10)}z`
      const bark = times(
        7,
        () =>
          `M${round(x + random.between(-0.3, 0.2) * wide)} ${round(random.between(0, height * 0.8))}v${round(random.between(30, 90))}`,
      )
      return (
        fill(canvas, trunk, colour) +
        trace(bark.join(''), canvas.palette.glow, { width: 3, opacity: 0.14 })
      )
    })
    .join('')
}

function ferns(canvas: Canvas, floor: number): string {
  const { random, width, palette: p } = canvas
  const blades = times((width / 40) * canvas.detail, () => {
    const [x, y] = [random.between(0, width), floor + random.between(20, 170)]
    const size = random.between(10, 26)
    return `M${round(x)} ${round(y)}q${round(-size * 0.2)} ${round(-size)} ${round(-size)} ${round(-size)}M${round(x)} ${round(y)}v${round(-size * 1.3)}M${round(x)} ${round(y)}q${round(size * 0.2)} ${round(-size)} ${round(size)} ${round(-size)}`
  })
  return trace(blades.join(''), mix(p.near, p.ink, 0.3), { width: 3.4, opacity: 0.6 })
}
