import type { Brief } from '../brief.ts'
import { dressed, natural, place } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { mix } from '../colour.ts'
import { box, circle, times, tint } from '../shape.ts'
import { motifs } from '../motif/motifs.ts'
import { tiles } from './abstract.ts'
import type { Stage } from './stage.ts'

/** The subjects over and over in a half-drop, or tiles where there is no subject. */
export function pattern(canvas: Canvas, brief: Brief): Stage {
  const { palette: p, width, height } = canvas
  const ground = p.isLit ? p.near : mix(p.paper, p.glow, 0.55)
  const base = `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${ground}"/>`
  return {
    behind: base + (brief.subjects.length === 0 ? tiles(canvas) : repeat(canvas, brief)),
    before: '',
    hero: { x: 0, y: 0, width: 0, height: 0 },
    sides: [],
    guests: [],
  }
}

function repeat(canvas: Canvas, { subjects }: Brief): string {
  const { random, palette: p, width, height } = canvas
  const cell = 210
  const [across, down] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 2]
  const lean = random.between(-24, 24)
  const dot = mix(natural(canvas, '#8fb0a0'), p.middle, 0.5)
  return times(across * down, (at) => {
    const [column, row] = [at % across, Math.floor(at / across)]
    const x = (column + 0.25) * cell
    const y = (row - 0.2 + (column % 2) * 0.5) * cell
    const named = subjects[(column + row) % subjects.length]
    const spray = tint(
      circle(x + cell / 2, y - cell * 0.04, 9) +
        circle(x + cell / 2 - 18, y + 14, 5) +
        circle(x + cell / 2 + 16, y + 16, 6),
      dot,
      0.9,
    )
    return (
      (named === undefined
        ? ''
        : centred(dressed(canvas, named), motifs[named.name], {
            x,
            y,
            cell,
            turn: (row + column) % 2 === 0 ? lean : -lean,
          })) + spray
    )
  }).join('')
}

interface Cell {
  readonly x: number
  readonly y: number
  readonly cell: number
  readonly turn: number
}

function centred(
  canvas: Canvas,
  { draw, width, height }: { readonly draw: Draw; readonly width: number; readonly height: number },
  { x, y, cell, turn }: Cell,
): string {
  const scale = Math.min((cell * 0.66) / height, (cell * 0.72) / width)
  const shifted: Draw = (inner) => place(inner, draw, { x: 0, y: height / 2, scale: 1 })
  return place(canvas, shifted, { x, y, scale, turn })
}
