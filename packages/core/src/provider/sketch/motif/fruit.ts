import { coat, natural, place } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** 66 tall. */
export function apple(canvas: Canvas): string {
  const { palette: p } = canvas
  const skin = coat(canvas, '#cf4634')
  return [
    fill(
      canvas,
      'M0 -50C14 -60 32 -50 31 -30C30 -10 16 2 4 -1Q0 -2 -4 -1C-16 2 -30 -10 -31 -30C-32 -50 -14 -60 0 -50z',
      skin,
    ),
    tint('M14 -54C28 -50 34 -38 30 -22C26 -6 14 1 6 -1C20 -12 24 -36 14 -54z', p.ink, 0.15),
    tint(ellipse(-15, -38, 5, 9), lighter(skin, 0.6), 0.7),
    line('M0 -48Q1 -58 6 -64', natural(canvas, '#5b3f2e'), 2.6),
    fill(
      canvas,
      'M5 -58Q16 -70 28 -64Q18 -52 5 -58z',
      mix(natural(canvas, '#5d9150'), p.near, 0.2),
    ),
  ].join('')
}

/** 84 tall. */
export function pear(canvas: Canvas): string {
  const skin = coat(canvas, '#b9b24a')
  return [
    fill(
      canvas,
      'M0 -72C12 -72 14 -58 18 -46C26 -38 32 -28 30 -18C28 -4 14 1 0 1C-14 1 -28 -4 -30 -18C-32 -28 -26 -38 -18 -46C-14 -58 -12 -72 0 -72z',
      skin,
    ),
    tint(
      'M4 -72C12 -70 14 -58 18 -46C26 -38 32 -28 30 -18C28 -4 14 1 4 1C22 -10 18 -40 10 -48C8 -58 8 -66 4 -72z',
      natural(canvas, '#b8553a'),
      0.4,
    ),
    tint(ellipse(-14, -26, 5, 10), lighter(skin, 0.6), 0.6),
    line('M0 -70Q0 -80 7 -84', natural(canvas, '#5b3f2e'), 2.6),
  ].join('')
}

/** 66 tall: a whole one, a half, and a leaf. */
export function lemon(canvas: Canvas): string {
  const { palette: p } = canvas
  const rind = coat(canvas, '#f0c433')
  const flesh = mix(p.paper, rind, 0.35)
  const segments = times(
    8,
    (at) =>
      `<path d="M0 -2L-5 -14Q0 -17 5 -14z" transform="translate(24 -20) rotate(${at * 45})" fill="${mix(rind, p.paper, 0.15)}"/>`,
  )
  return [
    fill(
      canvas,
      'M-16 -60Q-2 -76 16 -66Q4 -52 -16 -60z',
      mix(natural(canvas, '#5d9150'), p.near, 0.2),
    ),
    fill(
      canvas,
      'M-16 -60C2 -56 10 -40 6 -24C4 -18 6 -14 8 -10C4 -6 0 -8 -4 -6C-20 2 -40 -8 -42 -26C-44 -44 -34 -62 -16 -60z',
      rind,
    ),
    tint(
      'M2 -44C8 -30 4 -20 8 -10C4 -6 0 -8 -4 -6C-16 0 -28 -2 -36 -10C-14 -8 2 -20 2 -44z',
      p.ink,
      0.12,
    ),
    tint(ellipse(-30, -38, 4, 8), lighter(rind, 0.7), 0.7),
    fill(canvas, circle(24, -20, 21), rind),
    fill(canvas, circle(24, -20, 18), flesh),
    ...segments,
  ].join('')
}

/** 60 tall, heaped with fruit. */
export function bowl(canvas: Canvas): string {
  const { palette: p } = canvas
  const clay = coat(canvas, '#3f7b86')
  const items: readonly (readonly [Draw, number, number])[] = [
    [apple, -26, 0.52],
    [pear, 20, 0.52],
    [apple, 4, 0.6],
  ]
  return [
    ...items.map(([draw, x, scale], at) =>
      place(
        { ...canvas, palette: { ...p, named: at === 2 ? natural(canvas, '#e8a23c') : undefined } },
        draw,
        { x, y: -28, scale, turn: x * 0.5 },
      ),
    ),
    fill(canvas, 'M-52 -38H52C50 -14 30 -2 16 -2H-16C-30 -2 -50 -14 -52 -38z', clay),
    fill(canvas, 'M-20 -3H20L16 2H-16z', darker(clay, 0.3)),
    tint('M-52 -38H52L51 -32H-51z', p.paper, 0.7),
    tint('M22 -32H51C47 -12 30 -2 16 -2H6C20 -10 26 -22 22 -32z', p.ink, 0.16),
    line('M-44 -22q6 7 12 0t12 0t12 0t12 0t12 0t12 0', lighter(clay, 0.5), 1.8),
  ].join('')
}
