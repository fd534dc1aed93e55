import type { Brief } from '../brief.ts'
import { natural, place, round } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { books } from '../motif/desk.ts'
import { bottle, cup } from '../motif/kitchen.ts'
import { houseplant } from '../motif/plants.ts'
import { pear } from '../motif/fruit.ts'
import { bar, box, fill, line, polygon, times, tint, trace } from '../shape.ts'
import { spray } from '../terrain.ts'
import type { Setting, Stage } from './stage.ts'
import { light, pane, windowSpot } from './window.ts'

/** A table before a wall with a window; `outdoors` draws what is seen through it. */
export function tableWith(outdoors: (name: Brief['view']) => Setting): Setting {
  return (canvas, brief) => {
    const { random, width, height } = canvas
    const edge = height * 0.72
    const side = random.pick(-1, 1)
    const x = width * (0.5 - side * 0.1)
    const tall = Math.min(height * 0.46, width * 0.5)
    const glass = windowSpot(canvas, side, edge)
    const behind = [
      wall(canvas, edge),
      pane(canvas, brief, { glass, outdoors }),
      shelfOrLamp(canvas, side, edge),
      top(canvas, edge),
      light(canvas, glass, edge),
    ]
    return {
      behind: behind.join('') + props(canvas, { x, edge, tall, side }),
      before: '',
      hero: { x, y: edge + (height - edge) * 0.44, width: width * 0.44, height: tall },
      sides: spots(canvas, { x, edge, tall, side }),
      guests: ['teapot', 'vase', 'book', 'lamp', 'bowl', 'plant'],
    }
  }
}

interface Layout {
  readonly x: number
  readonly edge: number
  readonly tall: number
  /** Where the window is: -1 left, 1 right. */
  readonly side: number
}

function spots({ width, height }: Canvas, { x, edge, tall, side }: Layout): Stage['sides'] {
  const y = edge + (height - edge) * 0.58
  return [0.25, -0.24, 0.36].map((shift, at) => ({
    x: x + shift * side * width,
    y: y + at * 12,
    width: width * 0.17,
    height: tall * 0.52,
  }))
}

function props(canvas: Canvas, { x, edge, tall, side }: Layout): string {
  const { random, width, height } = canvas
  const choice: readonly Draw[] = [books, cup, bottle, houseplant, pear]
  const first = random.whole(0, choice.length - 1)
  return [-0.34, 0.37]
    .map((shift, at) => {
      const draw = choice[(first + at * 2) % choice.length] ?? books
      const spot = { x: x + shift * side * width, y: edge + (height - edge) * 0.22 }
      return spot.x < width * 0.04 || spot.x > width * 0.96
        ? ''
        : place(canvas, draw, { ...spot, scale: (tall * 0.36) / 70 })
    })
    .join('')
}

function wall(canvas: Canvas, edge: number): string {
  const { palette: p, width, height, random } = canvas
  const hue = random.pick(p.far, p.second, p.middle, p.accent, p.sky)
  const colour = p.isLit
    ? mix(mix(p.middle, p.near, 0.35), hue, 0.12)
    : mix(mix(p.glow, p.far, 0.25), hue, 0.24)
  const panel = edge * 0.8
  const grooves = times(width / 74 + 1, (at) => `M${at * 74} ${round(panel + 16)}V${round(edge)}`)
  return [
    `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${colour}"/>`,
    random.chance(0.5)
      ? tint(box(-10, panel, width + 20, height), p.near, 0.25) +
        trace(grooves.join(''), p.ink, { width: 3, opacity: 0.13 })
      : '',
    tint(box(-10, panel, width + 20, 14), p.ink, 0.16),
    spray(canvas, {
      edge: () => edge,
      depth: -edge,
      colour: darker(colour, 0.3),
      opacity: 0.16,
      density: 0.5,
    }),
    spray(canvas, {
      edge: () => 0,
      depth: edge,
      colour: lighter(colour, 0.4),
      opacity: 0.3,
      density: 0.4,
    }),
  ].join('')
}

function shelfOrLamp(canvas: Canvas, side: number, edge: number): string {
  const { random, palette: p, width } = canvas
  const x = width * (0.5 - side * 0.26)
  if (random.chance(0.5)) {
    const shelf = fill(
      canvas,
      box(x - width * 0.14, edge * 0.42, width * 0.28, 16),
      natural(canvas, '#7a4f36'),
    )
    const stacked = place(canvas, books, { x: x - width * 0.07, y: edge * 0.42, scale: 1.5 })
    return (
      shelf +
      stacked +
      place(canvas, houseplant, { x: x + width * 0.08, y: edge * 0.42, scale: 1.5 })
    )
  }
  const glow = p.isLit
    ? tint(
        polygon([
          [x - 70, edge * 0.32],
          [x + 70, edge * 0.32],
          [x + width * 0.2, edge],
          [x - width * 0.2, edge],
        ]),
        p.window,
        0.16,
      )
    : ''
  const y = edge * 0.32
  const shade = `M${round(x - 96)} ${round(y)}C${round(x - 90)} ${round(y - 76)} ${round(x - 34)} ${round(y - 96)} ${round(x - 14)} ${round(y - 110)}h28C${round(x + 34)} ${round(y - 96)} ${round(x + 90)} ${round(y - 76)} ${round(x + 96)} ${round(y)}z`
  return (
    glow +
    line(`M${round(x)} -10V${round(y - 100)}`, p.ink, 5) +
    fill(canvas, shade, p.second) +
    fill(canvas, bar(x, y, 200, 12), lighter(p.window, 0.3))
  )
}

function top(canvas: Canvas, edge: number): string {
  const { palette: p, width, height, random } = canvas
  const wood = mix(natural(canvas, random.pick('#b9794c', '#a5653f', '#c79a6b')), p.accent, 0.1)
  const grain = times((width / 60) * canvas.detail, () => {
    const [x, y, reach] = [
      random.between(0, width),
      random.between(edge + 20, height),
      random.between(60, 260),
    ]
    return `M${round(x)} ${round(y)}q${round(reach / 2)} ${round(random.between(-7, 7))} ${round(reach)} 0`
  })
  return [
    fill(canvas, box(-10, edge, width + 20, height - edge + 20), wood),
    tint(box(-10, edge, width + 20, 9), lighter(wood, 0.5), 0.8),
    trace(grain.join(''), darker(wood, 0.4), { width: 3, opacity: 0.3 }),
    spray(canvas, {
      edge: () => edge,
      depth: height - edge,
      colour: lighter(wood, 0.4),
      opacity: 0.35,
    }),
  ].join('')
}
