import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { fir } from '../motif/trees.ts'
import { bar, box, fill, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import { lightning } from '../weather.ts'
import type { Stands } from '../motif/motifs.ts'
import type { Stage } from './stage.ts'

/** Peaks above a lake, with firs before them. */
export function mountains(canvas: Canvas, brief: Brief, stands: Stands | undefined): Stage {
  const { random, palette: p, width, height } = canvas
  const shore = height * random.between(0.64, 0.68)
  const plan = planSky(canvas, brief, shore * 0.82)
  const x = width * random.pick(0.34, 0.5, 0.64)
  const foot = hills(random, { base: shore - 12, swing: 26, length: 800 })
  const bank = hills(random, { base: height * 0.86, swing: 22, length: 1200 })
  const snow = mix(p.paper, p.glow, 0.2)
  const floats = stands === 'water'
  const behind = [
    sky(canvas, brief, plan),
    brief.weather === 'storm' ? lightning(canvas, shore * 0.8) : '',
    range(canvas, {
      base: shore,
      tall: 0.42,
      colour: mix(p.far, p.glow, 0.45),
      snow: mix(snow, p.glow, 0.5),
    }),
    range(canvas, { base: shore, tall: 0.62, colour: p.far, snow }),
    land(canvas, { edge: foot, colour: p.middle, bloom: lighter(p.middle, 0.35), depth: 80 }),
    firs(canvas, brief, {
      edge: foot,
      colour: mix(p.middle, p.ink, 0.35),
      size: [40, 78],
      count: width / 30,
    }),
    lake(canvas, shore),
  ]
  const front = mix(p.ink, p.near, 0.25)
  const shoreland = land(canvas, {
    edge: bank,
    colour: p.near,
    bloom: lighter(p.near, 0.22),
    depth: 90,
  })
  const before = [
    floats ? shoreland : '',
    firs(canvas, brief, {
      edge: (at) => bank(at) + 90,
      colour: front,
      size: [230, 420],
      count: 4,
      within: [-0.02, 0.16],
    }),
    firs(canvas, brief, {
      edge: (at) => bank(at) + 90,
      colour: front,
      size: [230, 420],
      count: 4,
      within: [0.84, 1.02],
    }),
  ]
  const tall = Math.min(height * 0.4, width * 0.46)
  return {
    behind: behind.join('') + (floats ? '' : shoreland),
    before: before.join(''),
    hero: { x, y: floats ? height * 0.81 : bank(x) + 34, width: width * 0.56, height: tall },
    sides: [0.2, -0.2, 0.32].map((shift) => ({
      x: x + shift * width,
      y: bank(x + shift * width) + 44,
      width: width * 0.24,
      height: tall * 0.5,
    })),
    guests: ['cabin', 'tent', 'deer', 'bear'],
    mirrors: floats,
  }
}

export interface Firs {
  readonly edge: (x: number) => number
  readonly colour: Colour
  readonly size: readonly [smallest: number, largest: number]
  readonly count: number
  /** Shares of the width between which they stand. */
  readonly within?: readonly [from: number, to: number]
}

/** Firs along an edge, under snow in winter. */
export function firs(
  canvas: Canvas,
  { season }: Brief,
  { edge, colour, size, count, within = [-0.02, 1.02] }: Firs,
): string {
  const { random, width, palette } = canvas
  const snow = season === 'winter' ? mix(palette.paper, colour, 0.12) : undefined
  return times(count, () => {
    const x = random.between(...within) * width
    return place(canvas, fir(colour, snow), {
      x,
      y: edge(x) + 6,
      scale: random.between(...size) / 100,
    })
  }).join('')
}

interface Range {
  readonly base: number
  /** Height of the highest peak as a share of what is above its foot. */
  readonly tall: number
  readonly colour: Colour
  readonly snow: Colour
}

function range(canvas: Canvas, { base, tall, colour, snow }: Range): string {
  const { random, width } = canvas
  const gap = 330
  const count = Math.ceil(width / gap) + 1
  const lead = random.whole(1, Math.max(1, count - 2))
  return times(count, (at) => at)
    .toSorted((a, b) => ((a * 7) % 3) - ((b * 7) % 3))
    .map((at) => {
      const rise = Math.min(base, 1100) * tall * (at === lead ? 1.2 : random.between(0.5, 0.92))
      return peak(canvas, {
        top: [at * gap + random.between(-90, 90), base - rise],
        rise: rise + 20,
        colour,
        snow,
      })
    })
    .join('')
}

interface Peak {
  readonly top: Point
  readonly rise: number
  readonly colour: Colour
  readonly snow: Colour
}

function peak(canvas: Canvas, { top: [x, y], rise, colour, snow }: Peak): string {
  const { random } = canvas
  const [left, right] = [rise * random.between(0.75, 1.05), rise * random.between(0.75, 1.05)]
  const at = (side: number, share: number): Point => [x + side * share, y + rise * share]
  const spine: readonly Point[] = [
    [x, y],
    [x + rise * 0.07, y + rise * 0.22],
    [x - rise * 0.03, y + rise * 0.4],
    [x + rise * 0.12, y + rise * 0.7],
    [x + rise * 0.05, y + rise],
  ]
  const cap = random.between(0.2, 0.3)
  const crest: readonly Point[] = [
    [x, y],
    at(right, cap),
    [x + right * cap * 0.55, y + rise * cap * 0.72],
    [x + right * cap * 0.2, y + rise * cap * 1.25],
    [x - left * cap * 0.15, y + rise * cap * 0.8],
    [x - left * cap * 0.5, y + rise * cap * 1.2],
    [x - left * cap * 0.72, y + rise * cap * 0.82],
    at(-left, cap * 1.05),
  ]
  return [
    fill(canvas, polygon([[x, y], at(right, 1), at(-left, 1)]), colour),
    fill(canvas, polygon(crest), snow),
    tint(polygon([...spine, at(right, 1)]), canvas.palette.ink, 0.16),
  ].join('')
}

function lake(canvas: Canvas, shore: number): string {
  const { random, palette: p, width, height } = canvas
  const water = mix(p.sky, p.glow, 0.4)
  const glints = times((width / 60) * canvas.detail, () =>
    bar(
      random.between(0, width),
      random.between(shore + 12, height * 0.86),
      random.between(60, 260),
      random.between(3, 8),
    ),
  )
  const dark = glints.filter((_, at) => at % 3 === 0).join('')
  const light = glints.filter((_, at) => at % 3 !== 0).join('')
  return [
    fill(canvas, box(-10, shore, width + 20, height - shore), water),
    tint(box(-10, shore, width + 20, Number(round(height * 0.06))), p.middle, 0.35),
    tint(dark, p.middle, 0.4),
    tint(light, p.paper, 0.4),
  ].join('')
}
