import type { Brief } from '../brief.ts'
import { round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { bar, box, fill, line, polygon, times, tint, trace } from '../shape.ts'
import type { Setting, Spot } from './stage.ts'

/** Where the window is on a wall that ends at `edge`. */
export function windowSpot({ width }: Canvas, side: number, edge: number): Spot {
  const tall = edge * 0.68
  const wide = Math.min(width * 0.34, tall * 0.95)
  return { x: width * (0.5 + side * 0.27) - wide / 2, y: edge * 0.1, width: wide, height: tall }
}

export interface Pane {
  readonly glass: Spot
  readonly outdoors: (name: Brief['view']) => Setting
}

/** A window with what is seen through it; some have curtains. */
export function pane(
  canvas: Canvas,
  brief: Brief,
  { glass: { x, y, width, height }, outdoors }: Pane,
): string {
  const { palette: p } = canvas
  const unit = 1000 / Math.min(width, height)
  const [across, down] = [width * unit, height * unit]
  const view = outdoors(brief.view)(
    {
      ...canvas,
      width: across,
      height: down,
      prefix: `${canvas.prefix}view-`,
      scale: canvas.scale / unit,
    },
    { ...brief, subjects: [] },
    undefined,
  )
  const frame = mix(p.paper, p.glow, 0.25)
  const [middle, cross] = [x + width / 2, y + height * 0.4]
  const cloth = mix(
    canvas.random.pick(p.accent, p.second, p.middle, p.paper),
    p.glow,
    p.isLit ? 0.1 : 0.22,
  )
  const drapes = canvas.random.chance(0.66) ? drapery(canvas, { x, y, width, height }, cloth) : ''
  return [
    fill(canvas, box(x - 22, y - 22, width + 44, height + 44), frame),
    `<svg x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(across)} ${round(down)}">${view.behind}${view.before}</svg>`,
    line(
      `M${round(middle)} ${round(y)}v${round(height)}M${round(x)} ${round(cross)}h${round(width)}`,
      frame,
      12,
    ),
    tint(box(x, y, width, 12) + box(x, y, 10, height), p.ink, 0.2),
    fill(canvas, box(x - 40, y + height + 16, width + 80, 24), frame),
    tint(box(x - 40, y + height + 34, width + 80, 8), p.ink, 0.2),
    drapes,
  ].join('')
}

/** The patches of sun that a window throws on a table. */
export function light(canvas: Canvas, { x, width: wide }: Spot, edge: number): string {
  const { palette: p, height } = canvas
  if (p.isLit) return ''
  const lean = canvas.width * 0.16
  const patch = (from: number, to: number): string =>
    polygon([
      [x + wide * from - lean * 0.3, edge + 10],
      [x + wide * to - lean * 0.3, edge + 10],
      [x + wide * to - lean, height + 10],
      [x + wide * from - lean, height + 10],
    ])
  return tint(patch(0, 0.46) + patch(0.54, 1), p.sun, 0.3)
}

function drapery(canvas: Canvas, { x, y, width, height }: Spot, cloth: Colour): string {
  const hang = { y: y - 40, width: width * 0.2, height: height + 90 }
  return [
    curtain(canvas, { ...hang, x: x - 44 }, cloth),
    curtain(canvas, { ...hang, x: x + width * 0.8 + 44 }, cloth),
    fill(canvas, bar(x + width / 2, y - 42, width + 150, 12), canvas.palette.ink),
  ].join('')
}

function curtain(canvas: Canvas, { x, y, width, height }: Spot, cloth: Colour): string {
  const folds = times(
    4,
    (at) =>
      `M${round(x + width * (0.18 + at * 0.22))} ${round(y + 14)}q${round(5 - at * 3)} ${round(height / 2)} 0 ${round(height - 30)}`,
  )
  const hang = `M${round(x)} ${round(y)}h${round(width)}q${round(-width * 0.1)} ${round(height * 0.5)} ${round(width * 0.06)} ${round(height)}q${round(-width * 0.5)} 10 ${round(-width * 1.12)} 0q${round(width * 0.1)} ${round(-height * 0.5)} ${round(width * 0.06)} ${round(-height)}z`
  return (
    fill(canvas, hang, cloth) +
    trace(folds.join(''), canvas.palette.ink, { width: 4, opacity: 0.18 })
  )
}
