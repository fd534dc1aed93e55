import { coat, natural } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** 84 tall, 180 wide. */
export function whale(canvas: Canvas): string {
  const { palette: p } = canvas
  const skin = coat(canvas, '#2f5f86')
  const belly = mix(p.paper, skin, 0.18)
  return [
    fill(
      canvas,
      'M62 -46C76 -52 84 -64 78 -84C92 -82 98 -74 98 -66C106 -72 116 -72 124 -66C116 -54 100 -44 78 -32z',
      skin,
    ),
    fill(
      canvas,
      'M-92 -40C-90 -70 -50 -80 -12 -74C28 -68 50 -54 80 -50C82 -38 70 -26 44 -14C10 2 -50 4 -74 -12C-86 -20 -92 -30 -92 -40z',
      skin,
    ),
    fill(
      canvas,
      'M-91 -32C-60 -34 -30 -30 0 -22C20 -17 34 -14 44 -14C10 2 -50 4 -74 -12C-84 -18 -90 -25 -91 -32z',
      belly,
    ),
    line(
      'M-84 -22C-60 -22 -30 -18 -6 -9M-78 -15C-56 -14 -36 -11 -18 -5M-88 -28C-60 -29 -20 -22 14 -10',
      mix(belly, skin, 0.45),
      1.2,
    ),
    line('M-91 -33C-74 -36 -64 -36 -52 -33', darker(skin, 0.4), 1.4),
    fill(canvas, 'M-30 -26C-28 -8 -14 8 2 10C4 0 -4 -18 -12 -24z', darker(skin, 0.25)),
    fill(canvas, circle(-50, -42, 2.6), p.ink),
    tint(circle(-50.7, -42.7, 0.9), p.paper, 1),
    tint(
      'M-86 -52C-70 -72 -30 -76 -4 -70C20 -66 40 -58 58 -52C20 -56 -40 -66 -86 -52z',
      lighter(skin, 0.5),
      0.3,
    ),
    tint(times(9, (at) => circle(-30 + at * 9, -58 + ((at * 5) % 9), 1.3)).join(''), p.paper, 0.5),
  ].join('')
}

/** 70 tall, 120 wide. */
export function fish(canvas: Canvas): string {
  const { palette: p } = canvas
  const scale = coat(canvas, '#e8793a')
  const fin = darker(scale, 0.22)
  const scales = times(
    12,
    (at) => `M${-14 + (at % 4) * 12} ${-46 + Math.floor(at / 4) * 10 + (at % 2) * 4}q6 5 0 10`,
  )
  return [
    fill(canvas, 'M34 -36C50 -44 58 -58 72 -60C66 -46 66 -28 74 -12C58 -14 48 -24 34 -32z', fin),
    fill(canvas, 'M-22 -58C-10 -74 14 -74 26 -54zM-4 -12C-2 2 12 4 20 -2L14 -14z', fin),
    fill(
      canvas,
      'M-56 -34C-44 -60 -8 -66 18 -52C30 -45 38 -38 42 -34C36 -28 28 -20 14 -15C-12 -6 -44 -12 -56 -34z',
      scale,
    ),
    fill(canvas, 'M-50 -25C-30 -10 0 -12 20 -18C0 -4 -36 -6 -50 -25z', mix(p.paper, scale, 0.3)),
    line(scales.join(''), lighter(scale, 0.4), 1.4),
    tint(
      'M-26 -57C-18 -46 -18 -24 -26 -12C-34 -15 -40 -18 -46 -22C-38 -30 -38 -42 -44 -50C-39 -53 -33 -56 -26 -57z',
      mix(p.paper, p.glow, 0.2),
      0.5,
    ),
    fill(canvas, circle(-38, -38, 5.5), p.paper),
    fill(canvas, circle(-39, -38, 3), p.ink),
    fill(canvas, 'M-8 -34C2 -38 12 -34 14 -28C6 -24 -4 -26 -8 -34z', fin),
  ].join('')
}

/** 100 tall. */
export function octopus(canvas: Canvas): string {
  const { palette: p } = canvas
  const skin = coat(canvas, '#d9604f')
  const arms = [-44, -29, -14, 14, 29, 44].map(
    (x, at) =>
      `M${x * 0.5} -44C${x} -34 ${x * 1.5} -24 ${x * 1.1} -10S${x * 1.7} ${at % 2 === 0 ? 6 : 2} ${x * 1.7 + (x > 0 ? 8 : -8)} -8`,
  )
  return [
    line(arms.join(''), skin, 9),
    line(arms.join(''), lighter(skin, 0.22), 2.4),
    fill(
      canvas,
      'M0 -104C34 -104 40 -74 30 -54C26 -40 14 -36 0 -36C-14 -36 -26 -40 -30 -54C-40 -74 -34 -104 0 -104z',
      skin,
    ),
    tint('M8 -103C34 -98 40 -74 30 -54C27 -44 20 -40 12 -38C26 -56 26 -84 8 -103z', p.ink, 0.15),
    tint(
      ellipse(-14, -90, 5, 4) + circle(-5, -96, 2.6) + circle(-22, -80, 2.6),
      lighter(skin, 0.5),
      0.8,
    ),
    fill(canvas, circle(-11, -58, 7) + circle(11, -58, 7), p.paper),
    fill(canvas, ellipse(-10, -58, 4, 3) + ellipse(12, -58, 4, 3), p.ink),
    line('M-4 -46q4 3 8 0', darker(skin, 0.5), 1.5),
  ].join('')
}

/** A fish of a shoal, 24 wide. */
export function smallFish(colour: string): Draw {
  return (canvas) =>
    fill(canvas, 'M-22 0C-14 -12 6 -12 14 -2L26 -10V10L14 2C6 12 -14 12 -22 0z', colour) +
    tint(circle(-13, -2, 2), canvas.palette.paper, 0.8)
}

/** 66 tall: wings spread. */
export function butterfly(canvas: Canvas): string {
  const { palette: p } = canvas
  const wing = coat(canvas, '#e8793a')
  const half = [
    fill(canvas, 'M2 -36C14 -66 46 -72 52 -58C56 -44 34 -30 4 -32z', wing),
    fill(canvas, 'M3 -31C24 -32 42 -22 36 -8C30 2 12 -6 3 -24z', darker(wing, 0.15)),
    fill(canvas, circle(38, -54, 6.5), p.second),
    tint(circle(38, -54, 3), p.ink, 0.8),
    line('M6 -36L40 -62M6 -34L44 -48', darker(wing, 0.35), 0.9),
    tint(circle(26, -14, 4), p.paper, 0.85),
  ].join('')
  return [
    half,
    `<g transform="scale(-1 1)">${half}</g>`,
    fill(canvas, 'M0 -46C4 -42 4 -18 0 -10C-4 -18 -4 -42 0 -46z', p.ink),
    line('M-1 -45Q-4 -58 -13 -60M1 -45Q4 -58 13 -60', p.ink, 1.1),
  ].join('')
}

/** 52 tall, 80 wide. */
export function snail(canvas: Canvas): string {
  const { palette: p } = canvas
  const shell = coat(canvas, '#c9733f')
  const body = natural(canvas, '#d9b68c')
  return [
    fill(
      canvas,
      'M-46 0C-50 -8 -40 -14 -38 -24C-38 -32 -28 -32 -26 -24C-24 -14 -18 -10 -6 -10H26C38 -8 42 -2 46 0z',
      body,
    ),
    line('M-37 -28L-42 -42M-30 -29L-27 -44', body, 2.4),
    fill(canvas, circle(-42, -43, 2.6) + circle(-27, -45, 2.6), p.ink),
    fill(canvas, circle(8, -30, 24), shell),
    line(
      'M8 -30m0 0a4 4 0 0 1 7 2a9 9 0 0 1 -16 4a13 13 0 0 1 20 -18a18 18 0 0 1 4 26',
      lighter(shell, 0.45),
      3,
    ),
    tint('M8 -54a24 24 0 0 1 0 48a34 34 0 0 0 0 -48z', p.ink, 0.13),
  ].join('')
}
