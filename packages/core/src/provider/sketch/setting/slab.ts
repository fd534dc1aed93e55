import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { seasonal } from '../motif/trees.ts'
import { box, ellipse, fill, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'
import type { Stage } from './stage.ts'

/** An isometric block of ground on an empty page, with little towers or trees. */
export function slab(canvas: Canvas, brief: Brief): Stage {
  const { palette: p, width, height, random } = canvas
  const reach = Math.min(width * 0.42, height * 0.56)
  const [x, y] = [width / 2, height * 0.6]
  const page = p.isLit ? mix(p.near, p.ink, 0.25) : mix(p.glow, p.paper, 0.4)
  const isTown = brief.subjects.length === 0
  const cells = times(25, (at): Point => [(at % 5) - 2, Math.floor(at / 5) - 2])
  const spot = ([column, row]: Point): Point => [
    x + (column - row) * reach * 0.19,
    y + (column + row) * reach * 0.095,
  ]
  const things = cells
    .filter(
      ([column, row]) =>
        (isTown ? column !== 0 : Math.abs(column) === 2 || Math.abs(row) === 2) &&
        random.chance(isTown ? 0.8 : 0.5),
    )
    .toSorted((a, b) => a[0] + a[1] - b[0] - b[1])
  const standing = things.map((cell) => {
    const [left, foot] = spot(cell)
    if (isTown && random.chance(0.75))
      return block(canvas, {
        x: left,
        y: foot,
        reach: reach * 0.075,
        tall: reach * random.between(0.12, 0.62),
      })
    return place(canvas, seasonal(canvas, brief, p.middle), {
      x: left,
      y: foot,
      scale: reach * random.between(0.0016, 0.0024),
    })
  })
  const half = Math.ceil(standing.length / 2)
  const behind = [
    `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${page}"/>`,
    tint(ellipse(x, y + reach * 0.62, reach * 0.9, reach * 0.13), p.ink, 0.14),
    ground(canvas, [x, y], reach),
    ...(isTown ? standing : standing.slice(0, half)),
  ]
  return {
    behind: behind.join(''),
    before: isTown ? '' : standing.slice(half).join(''),
    hero: {
      x,
      y: y + reach * 0.08,
      width: reach * 1.1,
      height: Math.min(reach * 0.8, height * 0.5),
    },
    sides: [0.3, -0.3].map((shift) => ({
      x: x + shift * reach,
      y: y + reach * 0.12,
      width: reach * 0.3,
      height: reach * 0.3,
    })),
    guests: [],
  }
}

function ground(canvas: Canvas, [x, y]: Point, reach: number): string {
  const { palette: p } = canvas
  const layer = (from: number, to: number, colour: Colour): string => {
    const [high, low] = [y + reach * from, y + reach * to]
    return [
      fill(
        canvas,
        polygon([
          [x - reach, high],
          [x, high + reach * 0.5],
          [x, low + reach * 0.5],
          [x - reach, low],
        ]),
        darker(colour, 0.14),
      ),
      fill(
        canvas,
        polygon([
          [x + reach, high],
          [x, high + reach * 0.5],
          [x, low + reach * 0.5],
          [x + reach, low],
        ]),
        darker(colour, 0.3),
      ),
    ].join('')
  }
  const lawn = mix(p.middle, p.far, 0.3)
  const road = polygon([
    [x - reach * 0.55, y + reach * 0.225],
    [x - reach * 0.45, y + reach * 0.275],
    [x + reach * 0.55, y - reach * 0.225],
    [x + reach * 0.45, y - reach * 0.275],
  ])
  return [
    layer(0.06, 0.2, mix(p.accent, p.ink, 0.4)),
    layer(0, 0.06, p.near),
    fill(
      canvas,
      polygon([
        [x - reach, y],
        [x, y - reach * 0.5],
        [x + reach, y],
        [x, y + reach * 0.5],
      ]),
      lawn,
    ),
    tint(road, p.glow, 0.7),
  ].join('')
}

interface Block {
  readonly x: number
  readonly y: number
  readonly reach: number
  readonly tall: number
}

function block(canvas: Canvas, { x, y, reach, tall }: Block): string {
  const { palette: p, random } = canvas
  const colour = random.pick(p.accent, p.second, p.far, p.paper, p.sky)
  const [top, half] = [y - tall, reach / 2]
  const rows = Math.floor(tall / 26)
  const left = times(rows, (at) =>
    window(x - reach * 0.78, top + 14 + at * 26 + half * 0.3, [reach * 0.5, half * 0.5]),
  )
  const right = times(rows, (at) =>
    window(x + reach * 0.24, top + 14 + at * 26 + half * 0.88, [reach * 0.5, -half * 0.5]),
  )
  return [
    fill(
      canvas,
      polygon([
        [x - reach, top],
        [x, top + half],
        [x, y + half],
        [x - reach, y],
      ]),
      mix(colour, p.ink, 0.14),
    ),
    fill(
      canvas,
      polygon([
        [x + reach, top],
        [x, top + half],
        [x, y + half],
        [x + reach, y],
      ]),
      mix(colour, p.ink, 0.34),
    ),
    fill(
      canvas,
      polygon([
        [x - reach, top],
        [x, top - half],
        [x + reach, top],
        [x, top + half],
      ]),
      lighter(colour, 0.25),
    ),
    tint(left.join('') + right.join(''), p.isLit ? p.window : p.ink, p.isLit ? 0.9 : 0.4),
  ].join('')
}

function window(x: number, y: number, [across, down]: Point): string {
  return `M${round(x)} ${round(y)}l${round(across)} ${round(down)}v10l${round(-across)} ${round(-down)}z`
}
