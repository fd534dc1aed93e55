import { coat } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, tint } from '../shape.ts'

/** 120 tall with its flame. */
export function rocket(canvas: Canvas): string {
  const { palette: p } = canvas
  const fin = coat(canvas, '#d9483a')
  const shell = mix(p.paper, p.glow, 0.1)
  return [
    fill(canvas, 'M-11 -26C-16 -10 -6 -6 0 6C6 -6 16 -10 11 -26z', p.accent),
    fill(canvas, 'M-6 -26C-8 -16 -3 -12 0 -4C3 -12 8 -16 6 -26z', p.second),
    fill(canvas, 'M-15 -58C-32 -46 -32 -32 -30 -20C-24 -28 -18 -30 -11 -31z', fin),
    fill(canvas, 'M15 -58C32 -46 32 -32 30 -20C24 -28 18 -30 11 -31z', darker(fin, 0.2)),
    fill(canvas, 'M0 -120C20 -98 24 -66 13 -29H-13C-24 -66 -20 -98 0 -120z', shell),
    tint('M0 -120C20 -98 24 -66 13 -29H3C14 -66 12 -98 0 -120z', p.ink, 0.16),
    fill(canvas, 'M0 -120C8 -111 13 -101 16 -91Q0 -86 -16 -91C-13 -101 -8 -111 0 -120z', fin),
    fill(canvas, circle(0, -72, 9.5), mix(p.ink, p.middle, 0.35)),
    fill(canvas, circle(0, -72, 6.8), mix(p.sky, p.paper, 0.35)),
    tint('M-5 -74a5.4 5.4 0 0 1 6 -4z', p.paper, 0.9),
    fill(canvas, 'M-3.5 -20V-50Q0 -54 3.5 -50V-20Q0 -16 -3.5 -20z', fin),
    fill(canvas, box(-13, -32, 26, 5), p.ink),
  ].join('')
}

/** 100 across with its ring, centred 40 above its foot. */
export function planet(canvas: Canvas): string {
  const { palette: p } = canvas
  const body = coat(canvas, '#e2895a')
  const ring = mix(p.second, p.paper, 0.25)
  const band = (y: number, tall: number, reach: number): string =>
    tint(bar(0, y, reach * 2, tall), p.ink, 0.13)
  return [
    '<g transform="translate(0 -40) rotate(-16)">',
    tint(circle(0, 0, 44), p.glow, 0.1),
    line('M-54 0A54 13 0 0 1 54 0', ring, 5),
    fill(canvas, circle(0, 0, 32), body),
    tint('M-31.5 -6a32 32 0 0 1 63 0q-30 7 -63 0z', lighter(body, 0.5), 0.4),
    band(10, 6, 30),
    band(21, 4, 23),
    band(-16, 4, 26),
    tint('M6 -31.4a32 32 0 0 1 0 62.8a46 46 0 0 0 0 -62.8z', p.ink, 0.24),
    line('M-54 0A54 13 0 0 0 54 0', ring, 5),
    line('M-61 0A61 16 0 0 0 61 0', mix(ring, p.accent, 0.4), 2),
    '</g>',
  ].join('')
}

/** 96 tall. */
export function astronaut(canvas: Canvas): string {
  const { palette: p } = canvas
  const suit = canvas.palette.named ?? mix(p.paper, p.glow, 0.15)
  const shade = mix(suit, p.ink, 0.22)
  return [
    fill(canvas, 'M-22 -62h44q5 0 5 6v24q0 6 -5 6h-44q-5 0 -5 -6v-24q0 -6 5 -6z', shade),
    line('M-18 -52C-34 -48 -38 -38 -34 -26M18 -52C36 -56 42 -64 44 -76', suit, 12),
    line('M-9 -24L-12 -6M9 -24L13 -6', suit, 14),
    fill(
      canvas,
      'M-22 2V-5q0 -5 8 -5h7q3 0 3 5v7zM22 2V-5q0 -5 -8 -5h-6q-3 0 -3 5v7z',
      mix(p.ink, shade, 0.4),
    ),
    fill(canvas, 'M-20 -54Q0 -62 20 -54L18 -22Q0 -17 -18 -22z', suit),
    fill(canvas, box(-9, -44, 18, 11), mix(p.middle, p.ink, 0.2)),
    tint(circle(-4, -38, 2), p.accent, 1),
    tint(circle(3, -38, 2), p.second, 1),
    fill(canvas, circle(0, -74, 21), suit),
    fill(canvas, ellipse(1, -74, 16, 14.5), mix(p.ink, p.sky, 0.35)),
    fill(canvas, ellipse(1, -74, 13.5, 12), p.second),
    tint('M-12.5 -74a13.5 12 0 0 0 27 0q-14 7 -27 0z', p.accent, 0.75),
    tint(ellipse(-4, -79, 4, 2.4), p.paper, 0.9),
    fill(canvas, circle(-34, -24, 6.5) + circle(45, -79, 6.5), p.accent),
  ].join('')
}

/** 70 tall, 130 wide. */
export function satellite(canvas: Canvas): string {
  const { palette: p } = canvas
  const sheet = coat(canvas, '#3d6fb4')
  const wing = (x: number): string =>
    fill(canvas, box(x, -50, 38, 24), sheet) +
    line(`M${x + 12.5} -50v24M${x + 25} -50v24M${x} -38h38`, mix(p.paper, sheet, 0.4), 1)
  return [
    '<g transform="rotate(-14 0 -38)">',
    line('M-28 -38H28M0 -54V-72', p.paper, 2),
    wing(-64),
    wing(26),
    fill(canvas, box(-15, -55, 30, 34), p.second),
    tint(box(3, -55, 12, 34), p.ink, 0.2),
    fill(canvas, box(-15, -44, 30, 4), mix(p.paper, p.ink, 0.1)),
    fill(canvas, 'M-14 -8Q0 -26 14 -8Q0 -14 -14 -8z', p.paper),
    line('M0 -22V-4', p.accent, 2),
    tint(circle(0, -74, 3.4), p.accent, 1),
    '</g>',
  ].join('')
}
