import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, mix } from '../colour.ts'
import { bar, box, circle, fill, line, tint } from '../shape.ts'

/** 100 tall, under full sail. */
export function sailboat(canvas: Canvas): string {
  const { palette: p } = canvas
  const hull = canvas.palette.named === undefined ? p.accent : darker(canvas.palette.named, 0.35)
  const sail = coat(canvas, '#fff4e0')
  return [
    line('M2 -12V-98', p.ink, 1.5),
    fill(canvas, 'M5 -94C30 -66 40 -40 42 -19C28 -15 16 -15 5 -18z', sail),
    fill(
      canvas,
      'M-1 -90C-14 -60 -24 -36 -34 -20C-22 -15 -10 -15 -1 -18z',
      mix(sail, p.glow, 0.35),
    ),
    tint('M5 -60C16 -56 24 -52 31 -48L42 -19C28 -15 16 -15 5 -18z', p.accent, 0.12),
    line('M5 -70C15 -68 20 -66 24 -64M5 -46C18 -43 26 -42 36 -40', mix(sail, p.ink, 0.25), 0.7),
    fill(canvas, 'M-38 -13Q0 -8 46 -15Q38 0 28 2H-22Q-34 -3 -38 -13z', hull),
    tint('M-36 -8Q0 -3 43 -9L46 -15Q0 -8 -38 -13z', p.paper, 0.75),
    fill(canvas, 'M2 -98L17 -94L2 -91z', p.second),
    ripples(canvas, 40),
  ].join('')
}

/** 90 tall, 150 wide, with two funnels. */
export function ship(canvas: Canvas): string {
  const { palette: p } = canvas
  const hull = coat(canvas, '#2c4658')
  const white = mix(p.paper, p.glow, 0.15)
  const holes = [-46, -34, -22, -10, 2, 14, 26, 38].map((x) => circle(x, -16, 2)).join('')
  const funnel = (x: number): string =>
    fill(canvas, `M${x} -50L${x + 3} -76H${x + 17}L${x + 14} -50z`, p.accent) +
    fill(canvas, `M${x + 2.4} -70L${x + 3} -76H${x + 17}L${x + 16.4} -70z`, p.ink)
  return [
    tint(
      `${circle(2, -84, 6)}${circle(-8, -92, 9)}${circle(-26, -98, 12)}${circle(-48, -102, 9)}`,
      p.paper,
      0.4,
    ),
    line('M52 -26V-80M-58 -26V-60', p.ink, 1.2),
    line('M52 -78L-58 -58', p.ink, 0.5),
    funnel(-26),
    funnel(2),
    fill(canvas, box(-42, -40, 78, 12), white),
    fill(canvas, box(-34, -51, 58, 11), white),
    fill(canvas, [-36, -26, -16, -6, 4, 14, 24].map((x) => box(x, -37, 6, 5)).join(''), p.window),
    fill(canvas, [-28, -18, -8, 2, 12].map((x) => box(x, -48, 6, 5)).join(''), p.window),
    fill(canvas, 'M-74 -28H82Q72 -10 66 2H-60Q-70 -10 -74 -28z', hull),
    fill(canvas, 'M-64 -6H69L66 2H-60z', p.accent),
    tint(holes, p.window, 0.95),
    tint(box(-74, -28, 154, 2.4), p.paper, 0.7),
    ripples(canvas, 76),
  ].join('')
}

/** 44 tall, with one rower. */
export function canoe(canvas: Canvas): string {
  const { palette: p } = canvas
  const wood = coat(canvas, '#b5623a')
  return [
    fill(canvas, 'M-8 -8C-10 -24 -4 -30 2 -30C9 -30 12 -22 12 -8z', mix(p.accent, p.near, 0.2)),
    fill(canvas, circle(2, -36, 6), natural(canvas, '#e0a982')),
    fill(canvas, 'M-9 -38Q2 -48 13 -38z', p.second),
    line('M18 4L-6 -30M8 -22L-4 -18', natural(canvas, '#6b4a35'), 1.7),
    fill(canvas, 'M15 0l8 10q-6 2 -9 -1z', natural(canvas, '#6b4a35')),
    fill(canvas, 'M-58 -16Q-44 -9 0 -9T58 -16Q52 1 34 3H-34Q-52 1 -58 -16z', wood),
    tint('M-50 -6Q0 2 50 -6Q44 2 34 3H-34Q-46 1 -50 -6z', p.ink, 0.22),
    ripples(canvas, 58),
  ].join('')
}

/** 60 tall, folded. */
export function paperboat(canvas: Canvas): string {
  const { palette: p } = canvas
  const paper = coat(canvas, '#fdf3e2')
  return [
    fill(canvas, 'M-22 -14L0 -58L22 -14z', mix(paper, p.ink, 0.1)),
    fill(canvas, 'M0 -58L22 -14H0z', mix(paper, p.ink, 0.2)),
    fill(canvas, 'M-54 -26L-22 -14H22L54 -26L30 3H-30z', paper),
    fill(canvas, 'M0 -14H22L54 -26L30 3H10z', mix(paper, p.ink, 0.12)),
    ripples(canvas, 46),
  ].join('')
}

function ripples({ palette: p }: Canvas, reach: number): string {
  return tint(
    bar(-reach * 0.2, 4, reach * 2, 2) +
      bar(reach * 0.3, 8, reach * 1.3, 1.6) +
      bar(-reach * 0.4, 11, reach * 0.7, 1.3),
    mix(p.paper, p.glow, 0.4),
    0.65,
  )
}
