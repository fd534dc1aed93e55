import type { Brief } from '../brief.ts'
import type { Canvas } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import type { Stands } from '../motif/motifs.ts'
import { bar, box, fill, line, polygon, times, tint } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { spray } from '../terrain.ts'
import { lightning } from '../weather.ts'
import type { Stage } from './stage.ts'

/** A skyline in three layers above water or a quay. */
export function city(canvas: Canvas, brief: Brief, stands: Stands | undefined): Stage {
  const { random, palette: p, width, height } = canvas
  const quay = height * 0.78
  const plan = planSky(canvas, brief, quay * 0.9)
  const x = width * random.pick(0.34, 0.5, 0.64)
  const isAshore = stands !== undefined && stands !== 'water'
  const behind = [
    sky(canvas, brief, plan),
    brief.weather === 'storm' ? lightning(canvas, quay) : '',
    skyline(canvas, {
      base: quay,
      tall: [0.3, 0.62],
      wide: [70, 130],
      colour: mix(p.far, p.glow, 0.55),
      windows: 0,
    }),
    spray(canvas, { edge: () => quay, depth: -height * 0.3, colour: p.glow, opacity: 0.5 }),
    skyline(canvas, {
      base: quay,
      tall: [0.22, 0.5],
      wide: [80, 150],
      colour: mix(p.far, p.middle, 0.4),
      windows: 0.35,
    }),
    skyline(canvas, {
      base: quay,
      tall: [0.1, 0.32],
      wide: [90, 170],
      colour: mix(p.near, p.ink, 0.15),
      windows: 0.5,
    }),
    mirror(canvas, quay),
    isAshore ? pavement(canvas, height * 0.86) : '',
  ]
  const tall = Math.min(height * 0.46, width * 0.6)
  return {
    behind: behind.join(''),
    before: '',
    hero: { x, y: isAshore ? height * 0.93 : height * 0.88, width: width * 0.66, height: tall },
    sides: [0.26, -0.24, 0.38].map((shift) => ({
      x: x + shift * width,
      y: height * 0.92,
      width: width * 0.2,
      height: tall * 0.5,
    })),
    guests: [],
    mirrors: !isAshore,
  }
}

interface Skyline {
  readonly base: number
  /** Least and greatest height as shares of what is above the base. */
  readonly tall: readonly [number, number]
  readonly wide: readonly [number, number]
  readonly colour: Colour
  /** Share of windows that are drawn; 0 for plain silhouettes. */
  readonly windows: number
}

/** A row of towers of several shapes. */
export function skyline(canvas: Canvas, { base, tall, wide, colour, windows }: Skyline): string {
  const { random, width } = canvas
  const towers: string[] = []
  let x = -random.between(10, 60)
  while (x < width + 20) {
    const across = random.between(...wide)
    const top = base - Math.min(base, 1150) * random.between(...tall)
    const shell = mix(
      colour,
      random.pick(canvas.palette.ink, canvas.palette.glow),
      random.between(0, 0.1),
    )
    towers.push(tower(canvas, { x, top, across, base }, shell))
    if (windows > 0) towers.push(panes(canvas, { x, top, across, base }, windows))
    x += across * random.between(0.9, 1.12)
  }
  return towers.join('')
}

interface Tower {
  readonly x: number
  readonly top: number
  readonly across: number
  readonly base: number
}

function tower(canvas: Canvas, { x, top, across, base }: Tower, colour: Colour): string {
  const { random } = canvas
  const right = x + across
  const body = box(x, top, across, base - top + 4)
  const shade = tint(
    box(x + across * 0.66, top, across * 0.34, base - top),
    canvas.palette.ink,
    0.1,
  )
  const step =
    box(x + across * 0.18, top - 26, across * 0.64, 30) +
    box(x + across * 0.34, top - 46, across * 0.32, 24)
  const roofs: readonly string[] = [
    '',
    step,
    polygon([
      [x, top + 2],
      [x + across / 2, top - across * 0.5],
      [right, top + 2],
    ]),
    polygon([
      [x, top + 2],
      [right, top - across * 0.4],
      [right, top + 2],
    ]),
    box(x + across * 0.2, top - 16, across * 0.2, 18) +
      box(x + across * 0.6, top - 30, across * 0.16, 32),
  ]
  const roof = roofs[random.whole(0, roofs.length - 1)] ?? ''
  const mast = random.chance(0.2)
    ? line(`M${Math.round(x + across / 2)} ${Math.round(top)}v-90`, colour, 5)
    : ''
  return mast + fill(canvas, body + roof, colour) + shade
}

function panes(canvas: Canvas, { x, top, across, base }: Tower, share: number): string {
  const { random, palette: p } = canvas
  const [gapX, gapY] = [random.pick(22, 26), random.pick(28, 34)]
  const columns = Math.floor((across - 16) / gapX)
  const left = x + (across - columns * gapX) / 2
  const rows = Math.floor((base - top - 24) / gapY)
  const cells = times(
    columns * rows,
    (at) => [at % columns, Math.floor(at / columns)] as const,
  ).filter(() => random.chance(share))
  const squares = cells.map(([column, row]) =>
    box(left + column * gapX + 5, top + 18 + row * gapY, gapX - 11, gapY - 15),
  )
  const glass = p.isLit ? p.window : mix(p.glow, p.paper, 0.4)
  return tint(squares.join(''), glass, p.isLit ? 0.85 : 0.4)
}

function mirror(canvas: Canvas, quay: number): string {
  const { random, palette: p, width, height, detail } = canvas
  const strokes = times((width / 9) * detail, () => {
    const share = random.between(0, 1)
    return bar(
      random.between(0, width),
      quay + 10 + share * (height - quay),
      random.between(30, 90) + share * 100,
      4 + share * 7,
    )
  })
  const third = (rest: number): string => strokes.filter((_, at) => at % 3 === rest).join('')
  return [
    fill(canvas, box(-10, quay, width + 20, height - quay + 20), mix(p.sky, p.near, 0.55)),
    tint(third(0), p.glow, 0.3),
    tint(third(1), p.ink, 0.28),
    tint(third(2), p.isLit ? p.window : p.paper, 0.24),
    tint(box(-10, quay - 3, width + 20, 9), p.ink, 0.7),
  ].join('')
}

function pavement(canvas: Canvas, top: number): string {
  const { palette: p, width, height } = canvas
  const slab = mix(p.near, p.middle, 0.25)
  const joints = times(width / 160 + 2, (at) =>
    polygon([
      [at * 160, top],
      [at * 160 + 4, top],
      [at * 190 - width * 0.09, height + 10],
      [at * 190 - width * 0.09 - 7, height + 10],
    ]),
  )
  return [
    fill(canvas, box(-10, top, width + 20, height - top + 20), slab),
    tint(box(-10, top, width + 20, 10), lighter(slab, 0.5), 0.7),
    tint(joints.join(''), p.ink, 0.16),
  ].join('')
}
