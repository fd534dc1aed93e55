import type { Brief } from '../brief.ts'
import { round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import { bar, box, circle, dots, fill, line, times, tint, trace } from '../shape.ts'
import type { Point } from '../shape.ts'
import type { Stage } from './stage.ts'

/** Boxes, discs and stores joined by arrows, from left to right. */
export function diagram(canvas: Canvas, _brief: Brief): Stage {
  const { palette: p, width, height } = canvas
  const ground = p.isLit ? mix(p.near, p.ink, 0.3) : mix(p.paper, p.glow, 0.45)
  const base = `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${ground}"/>`
  const pen = p.isLit ? mix(p.paper, p.glow, 0.3) : p.ink
  const ranks = nodesOf(canvas)
  const wires = ranks.flatMap((rank, at) => joints(canvas, rank, ranks[at + 1] ?? []))
  const lines = wires.map(([from, to]) => wire(canvas, from, { to, pen }))
  return {
    behind:
      base +
      gridDots(canvas, pen) +
      lines.join('') +
      ranks
        .flat()
        .map((spot, at) => node(canvas, spot, at))
        .join(''),
    before: '',
    hero: { x: width * 0.5, y: height * 0.62, width: width * 0.2, height: height * 0.26 },
    sides: [],
    guests: [],
  }
}

const reach = 88

function nodesOf({ random, width, height }: Canvas): readonly (readonly Point[])[] {
  const columns = Math.max(3, Math.min(9, Math.round(width / 420)))
  const most = Math.max(2, Math.min(5, Math.floor(height / 300)))
  return times(columns, (column) => {
    const rows = column === 0 || column === columns - 1 ? random.whole(1, 2) : random.whole(2, most)
    const x = (width * (column + 0.5)) / columns
    return times(rows, (row): Point => [
      x + random.between(-16, 16),
      (height * (row + 1)) / (rows + 1) + random.between(-24, 24),
    ])
  })
}

/** Every node gets at least one wire to each side. */
function joints(
  { random }: Canvas,
  from: readonly Point[],
  to: readonly Point[],
): readonly (readonly [Point, Point])[] {
  return from.flatMap((start, row) =>
    to
      .filter((_, at) => row === at % from.length || at === row % to.length || random.chance(0.2))
      .map((end) => [start, end] as const),
  )
}

function gridDots({ width, height }: Canvas, pen: string): string {
  const across = Math.floor(width / 50)
  const points = times(across * Math.floor(height / 50), (at): Point => [
    25 + (at % across) * 50,
    25 + Math.floor(at / across) * 50,
  ])
  return trace(dots(points), pen, { width: 4, opacity: 0.16 })
}

function wire(
  canvas: Canvas,
  [x, y]: Point,
  { to: [left, top], pen }: { readonly to: Point; readonly pen: string },
): string {
  const [start, end] = [x + reach, left - reach - 22]
  const half = (start + end) / 2
  const curve = `M${round(start)} ${round(y)}C${round(half)} ${round(y)} ${round(half)} ${round(top)} ${round(end)} ${round(top)}`
  const head = `M${round(end + 4)} ${round(top)}l-20 -12M${round(end + 4)} ${round(top)}l-20 12`
  const bead = canvas.random.chance(0.4)
    ? tint(circle(half, (y + top) / 2, 11), canvas.palette.accent, 1)
    : ''
  return line(curve + head, pen, 5) + bead
}

function node(canvas: Canvas, [x, y]: Point, at: number): string {
  const { palette: p, random } = canvas
  const colour =
    [p.accent, p.second, p.middle, p.far, p.sky, p.near][(at + random.whole(0, 1)) % 6] ?? p.accent
  const pale = lighter(colour, 0.5)
  const rows = bar(x, y - 16, 92, 12) + bar(x - 14, y + 10, 64, 12)
  const shadow = (path: string): string =>
    `<path d="${path}" transform="translate(8 10)" fill="${p.ink}" fill-opacity=".16"/>${fill(canvas, path, colour)}`
  switch (at % 4) {
    case 0:
      return shadow(bar(x, y, 2 * reach, 116)) + tint(bar(x, y, 92, 12), pale, 0.95)
    case 1: {
      const drum = `M${round(x - 70)} ${round(y - 56)}a70 22 0 0 1 140 0v112a70 22 0 0 1 -140 0z`
      return (
        shadow(drum) +
        tint(`M${round(x - 70)} ${round(y - 56)}a70 22 0 0 0 140 0a70 22 0 0 0 -140 0z`, pale, 0.9)
      )
    }
    case 2:
      return (
        shadow(circle(x, y, 80)) +
        tint(circle(x, y, 46), pale, 0.6) +
        tint(circle(x, y, 16), p.ink, 0.8)
      )
    default:
      return (
        shadow(box(x - reach, y - 66, 2 * reach, 132)) +
        tint(box(x - reach, y - 66, 2 * reach, 26), p.ink, 0.2) +
        tint(rows, pale, 0.9)
      )
  }
}
