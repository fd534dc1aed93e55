import { natural, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { box, circle, fill, line, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'

interface Front {
  readonly x: number
  readonly wide: number
  readonly top: number
  readonly kerb: number
  readonly wall: Colour
}

/** Narrow houses side by side, their feet at `kerb`. */
export function fronts(canvas: Canvas, kerb: number): string {
  const { random, width, palette: p } = canvas
  const walls = [
    '#d8836a',
    '#e9c58b',
    '#8fb0a0',
    '#f0e2c8',
    '#b8655a',
    '#7d9bb0',
    '#e0a458',
    '#c9b8a4',
  ]
  const start = random.whole(0, walls.length - 1)
  const houses: string[] = []
  let x = -random.between(0, 120)
  for (let at = start; x < width; at += random.pick(1, 2, 3)) {
    const wide = random.between(170, 250)
    const wall = mix(natural(canvas, walls[at % walls.length] ?? '#d8836a'), p.middle, 0.14)
    houses.push(
      front(canvas, {
        x,
        wide,
        kerb,
        wall,
        top: kerb - Math.min(kerb * 0.74, 900) * random.between(0.68, 1),
      }),
    )
    x += wide
  }
  return houses.join('')
}

function front(canvas: Canvas, { x, wide, top, kerb, wall }: Front): string {
  const { palette: p, random } = canvas
  const roof = mix(p.ink, natural(canvas, '#7a4436'), 0.4)
  const shapes = [
    fill(canvas, box(x, top, wide, kerb - top), wall),
    gable(canvas, { x, wide, top, kerb, wall }, roof),
    tint(box(x + wide - 26, top, 26, kerb - top), p.ink, 0.1),
    ...upperWindows(canvas, { x, wide, top, kerb, wall }),
    random.chance(0.5)
      ? shop(canvas, { x, wide, top, kerb, wall })
      : door(canvas, { x, wide, top, kerb, wall }),
  ]
  return shapes.join('')
}

function gable(canvas: Canvas, { x, wide, top, wall }: Front, roof: Colour): string {
  const middle = x + wide / 2
  const chimney = fill(canvas, box(x + wide * 0.7, top - 90, 26, 80), darker(wall, 0.3))
  switch (canvas.random.whole(0, 2)) {
    case 0:
      return (
        chimney +
        fill(
          canvas,
          polygon([
            [x - 8, top + 4],
            [x + 24, top - 76],
            [x + wide - 24, top - 76],
            [x + wide + 8, top + 4],
          ]),
          roof,
        )
      )
    case 1:
      return (
        fill(
          canvas,
          polygon([
            [x, top + 2],
            [middle, top - wide * 0.5],
            [x + wide, top + 2],
          ]),
          wall,
        ) +
        line(
          `M${round(x - 6)} ${round(top + 4)}L${round(middle)} ${round(top - wide * 0.52)}L${round(x + wide + 6)} ${round(top + 4)}`,
          roof,
          12,
        )
      )
    default: {
      const steps: readonly Point[] = [
        [0, 0],
        [0, -34],
        [0.17, -34],
        [0.17, -70],
        [0.34, -70],
        [0.34, -106],
        [0.66, -106],
        [0.66, -70],
        [0.83, -70],
        [0.83, -34],
        [1, -34],
        [1, 2],
      ]
      return fill(
        canvas,
        polygon(steps.map(([share, rise]): Point => [x + share * wide, top + rise])),
        wall,
      )
    }
  }
}

function upperWindows(canvas: Canvas, { x, wide, top, kerb }: Front): readonly string[] {
  const { random, palette: p } = canvas
  const columns = wide > 205 ? 3 : 2
  const gap = wide / columns
  const rows = Math.max(1, Math.floor((kerb - top - 250) / 130))
  return times(columns * rows, (at) => {
    const [left, high] = [
      x + (at % columns) * gap + gap / 2,
      top + 40 + Math.floor(at / columns) * 130,
    ]
    const glass = p.isLit && random.chance(0.45) ? mix(p.ink, p.sky, 0.4) : p.window
    return [
      fill(canvas, box(left - 25, high - 5, 50, 84), mix(p.paper, p.glow, 0.4)),
      fill(canvas, box(left - 20, high, 40, 74), glass),
      tint(box(left - 2, high, 4, 74) + box(left - 20, high + 30, 40, 4), p.paper, 0.8),
    ].join('')
  })
}

function shop(canvas: Canvas, { x, wide, kerb }: Front): string {
  const { palette: p, random } = canvas
  const cloth = random.pick(p.accent, p.second, mix(p.near, p.middle, 0.5))
  const stripe = (wide - 20) / 8
  const stripes = times(4, (at) =>
    polygon([
      [x + 10 + stripe * (2 * at + 1), kerb - 196],
      [x + 10 + stripe * (2 * at + 2), kerb - 196],
      [x + 2 + stripe * (2 * at + 2) * 1.03, kerb - 140],
      [x + 2 + stripe * (2 * at + 1) * 1.03, kerb - 140],
    ]),
  )
  return [
    fill(canvas, box(x + 16, kerb - 160, wide - 32, 160), mix(p.ink, p.near, 0.4)),
    fill(
      canvas,
      box(x + 26, kerb - 146, wide - 110, 110),
      p.isLit ? p.window : mix(p.window, p.glow, 0.3),
    ),
    fill(canvas, box(x + wide - 74, kerb - 146, 46, 146), mix(p.accent, p.ink, 0.35)),
    fill(
      canvas,
      polygon([
        [x + 10, kerb - 196],
        [x + wide - 10, kerb - 196],
        [x + wide, kerb - 140],
        [x, kerb - 140],
      ]),
      cloth,
    ),
    tint(stripes.join(''), p.paper, 0.85),
  ].join('')
}

function door(canvas: Canvas, { x, wide, kerb }: Front): string {
  const { palette: p, random } = canvas
  const left = x + wide * random.pick(0.2, 0.55)
  const leaf = random.pick(p.accent, p.near, p.second)
  return [
    fill(
      canvas,
      `M${round(left - 8)} ${round(kerb)}v-128a42 42 0 0 1 84 0v128z`,
      mix(p.paper, p.glow, 0.4),
    ),
    fill(canvas, `M${round(left)} ${round(kerb)}v-126a34 34 0 0 1 68 0v126z`, leaf),
    tint(box(left + 12, kerb - 110, 18, 44) + box(left + 38, kerb - 110, 18, 44), p.ink, 0.2),
    tint(circle(left + 57, kerb - 52, 4), p.second, 1),
    fill(canvas, box(left - 16, kerb - 10, 100, 14), lighter(p.near, 0.35)),
  ].join('')
}
