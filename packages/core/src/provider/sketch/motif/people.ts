import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, tint } from '../shape.ts'

/** 100 tall: a wanderer in a coat, with a scarf in the wind. */
export function figure(canvas: Canvas): string {
  const { palette: p, random } = canvas
  const cloth = coat(canvas, random.pick('#d9a23a', '#c4573b', '#3f6f86', '#5b7d5a'))
  const skin = natural(canvas, random.pick('#e0a982', '#a66b48', '#7a4a33', '#f0c8a4'))
  const dark = mix(p.ink, natural(canvas, '#3a3f52'), 0.4)
  return [
    line('M-6 -26L-10 -3M7 -26L12 -3', dark, 7),
    fill(canvas, 'M-17 0q0 -6 7 -6h5v6zM6 0v-6h6q7 0 7 6z', p.ink),
    fill(canvas, 'M-11 -74Q0 -80 11 -74C18 -56 21 -36 22 -22H-22C-20 -36 -18 -56 -11 -74z', cloth),
    tint('M4 -77Q8 -77 11 -74C18 -56 21 -36 22 -22H8C12 -40 10 -60 4 -77z', p.ink, 0.16),
    line('M-11 -68Q-20 -54 -18 -42M12 -68Q22 -56 26 -46', darker(cloth, 0.14), 6.5),
    line('M27 -48L33 0', natural(canvas, '#6b4a35'), 1.8),
    fill(canvas, circle(0, -86, 10), skin),
    fill(
      canvas,
      'M-11 -86C-12 -100 12 -100 11 -86C8 -92 -4 -92 -11 -86z',
      mix(p.ink, natural(canvas, '#4a3326'), 0.5),
    ),
    fill(canvas, 'M-12 -92Q0 -106 12 -92z', p.accent),
    fill(canvas, bar(0, -92, 28, 4), darker(p.accent, 0.2)),
    line('M-8 -76Q0 -72 8 -76', p.second, 5.5),
    fill(
      canvas,
      'M-7 -78C-18 -82 -26 -74 -38 -80C-36 -74 -38 -70 -36 -68C-26 -66 -18 -70 -7 -73z',
      p.second,
    ),
  ].join('')
}

/** 104 tall. */
export function robot(canvas: Canvas): string {
  const { palette: p } = canvas
  const metal = coat(canvas, '#7fa5ad')
  const dark = mix(p.ink, metal, 0.25)
  return [
    line('M-26 -50C-40 -46 -42 -34 -40 -26M26 -50C42 -56 44 -66 44 -76', dark, 6),
    fill(
      canvas,
      'M-46 -26a6 6 0 0 1 12 0v5h-4v-4h-4v4h-4zM38 -76a6 6 0 0 0 12 0v-6h-4v5h-4v-5h-4z',
      p.second,
    ),
    fill(canvas, box(-17, -20, 10, 16) + box(7, -20, 10, 16), dark),
    fill(canvas, 'M-24 0V-4q0 -4 5 -4h9q5 0 5 4V0zM5 0V-4q0 -4 5 -4h9q5 0 5 4V0z', p.accent),
    fill(canvas, 'M-22 -58H22q5 0 5 5V-22q0 5 -5 5H-22q-5 0 -5 -5V-53q0 -5 5 -5z', metal),
    tint('M8 -58H22q5 0 5 5V-22q0 5 -5 5H8z', p.ink, 0.13),
    fill(canvas, box(-15, -48, 30, 20), mix(p.paper, p.glow, 0.15)),
    fill(canvas, circle(-8, -42, 3) + circle(1, -42, 3), p.accent),
    line('M-10 -33h5l3 -5l4 8l3 -3h5', dark, 1.4),
    fill(canvas, box(-6, -63, 12, 6), dark),
    fill(
      canvas,
      'M-20 -92H20q5 0 5 5V-67q0 5 -5 5H-20q-5 0 -5 -5V-87q0 -5 5 -5z',
      lighter(metal, 0.14),
    ),
    fill(
      canvas,
      'M-18 -86H18q2 0 2 2V-72q0 2 -2 2H-18q-2 0 -2 -2V-84q0 -2 2 -2z',
      mix(p.ink, p.near, 0.2),
    ),
    fill(canvas, circle(-8.5, -78, 4.6) + circle(8.5, -78, 4.6), p.isLit ? p.window : p.second),
    tint(circle(-7, -79.5, 1.4) + circle(10, -79.5, 1.4), p.paper, 1),
    line('M0 -92V-101', dark, 2),
    fill(canvas, circle(0, -103, 3.6), p.accent),
  ].join('')
}

/** 92 tall: open, with its handle on the ground. */
export function umbrella(canvas: Canvas): string {
  const { palette: p } = canvas
  const cloth = coat(canvas, '#d9483a')
  return [
    line('M0 -88V-8Q0 0 7 0T14 -7', p.ink, 2.8),
    fill(
      canvas,
      'M-54 -46C-52 -74 -28 -88 0 -88C28 -88 52 -74 54 -46Q45 -54 36 -46Q27 -54 18 -46Q9 -54 0 -46Q-9 -54 -18 -46Q-27 -54 -36 -46Q-45 -54 -54 -46z',
      cloth,
    ),
    fill(
      canvas,
      'M-18 -46C-16 -70 -8 -82 0 -88C8 -82 16 -70 18 -46Q9 -54 0 -46Q-9 -54 -18 -46z',
      lighter(cloth, 0.18),
    ),
    tint('M0 -88C28 -88 52 -74 54 -46Q45 -54 36 -46C34 -68 20 -82 0 -88z', p.ink, 0.16),
    tint(ellipse(0, 1, 22, 2), p.ink, 0.16),
    line('M0 -88v-5', p.ink, 2),
  ].join('')
}
