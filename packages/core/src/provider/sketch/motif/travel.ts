import { coat, natural, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, tint } from '../shape.ts'

/** 66 tall, 190 wide: an engine with two carriages on rails. */
export function train(canvas: Canvas): string {
  const { palette: p } = canvas
  const engine = coat(canvas, '#b8402f')
  const coach = mix(p.near, p.middle, 0.25)
  const car = (x: number): string =>
    [
      fill(canvas, `M${x} -8V-36q0 -5 5 -5h42q5 0 5 5V-8z`, coach),
      fill(canvas, box(x - 1, -43, 54, 4), mix(p.ink, coach, 0.2)),
      fill(canvas, [5, 17, 29, 41].map((left) => box(x + left, -34, 8, 11)).join(''), p.window),
      tint(box(x, -19, 52, 3), p.second, 0.9),
      wheels(canvas, [x + 11, x + 41], 6),
    ].join('')
  return [
    tint(
      `${circle(72, -66, 6)}${circle(60, -76, 9)}${circle(40, -84, 12)}${circle(12, -88, 14)}${circle(-20, -88, 10)}`,
      p.paper,
      0.5,
    ),
    line('M-104 0H112', p.ink, 2),
    line('M-92 -10H30', p.ink, 3),
    car(-92),
    car(-34),
    fill(canvas, 'M24 -10V-50H50V-10z', engine),
    fill(canvas, box(20, -54, 34, 5), p.ink),
    fill(canvas, box(29, -45, 14, 12), p.window),
    fill(canvas, 'M48 -10V-34H84q10 2 10 12t-6 12z', engine),
    fill(canvas, 'M66 -34L64 -54H80L77 -34z', p.ink),
    fill(canvas, box(62, -57, 20, 4), p.second),
    fill(canvas, 'M54 -34a5 6 0 0 1 10 0z', p.second),
    fill(canvas, 'M86 -8H100L108 0H84z', p.ink),
    tint(circle(91, -25, 4), p.sun, 1),
    p.isLit ? tint('M92 -25L150 -40V-6z', p.sun, 0.25) : '',
    wheels(canvas, [34, 54, 74], 8.5),
    line('M34 -8H74', p.second, 2),
  ].join('')
}

/** 66 tall, 104 wide. */
export function bicycle(canvas: Canvas): string {
  const { palette: p } = canvas
  const frame = coat(canvas, '#d9483a')
  const wheel = (x: number): string => {
    const spokes = [0, 30, 60, 90, 120, 150].map(
      (angle) =>
        `<path d="M-22 0H22" transform="rotate(${angle})" stroke="${p.ink}" stroke-width=".5" stroke-opacity=".6"/>`,
    )
    const tyre = `<path d="${circle(0, 0, 23)}" fill="none" stroke="${p.ink}" stroke-width="3"/><path d="${circle(0, 0, 21)}" fill="none" stroke="${mix(p.paper, p.ink, 0.2)}" stroke-width="1"/>`
    return `<g transform="translate(${x} -23)">${tyre}${spokes.join('')}</g>`
  }
  return [
    wheel(-30),
    wheel(30),
    line(
      'M-30 -23L-4 -21L21 -52M-4 -21L-14 -54M-12 -48H20M-30 -23L-12 -48M21 -52L30 -23',
      frame,
      3.2,
    ),
    line('M21 -52L18 -61M18 -61C24 -65 30 -63 31 -57', p.ink, 2.4),
    fill(canvas, 'M-24 -57C-18 -60 -10 -58 -4 -56Q-8 -52 -16 -53Q-23 -53 -24 -57z', p.ink),
    fill(canvas, 'M22 -58H44L41 -42H26z', natural(canvas, '#b98a56')),
    tint('M23 -53H43M24 -48H42', p.ink, 0.3),
    fill(canvas, `${circle(27, -61, 4)}${circle(38, -62, 4)}`, p.second),
    fill(canvas, circle(33, -64, 4.6), p.accent),
    fill(canvas, circle(-4, -21, 5), mix(p.ink, frame, 0.2)),
    line('M-4 -21L1 -11M-2 -11h6', p.ink, 1.8),
  ].join('')
}

/** 62 tall, 108 wide: a round camper. */
export function van(canvas: Canvas): string {
  const { palette: p } = canvas
  const paint = coat(canvas, '#2f8f8c')
  return [
    fill(canvas, 'M-30 -56h46l4 -5h-54z', p.accent),
    fill(canvas, 'M-52 -8V-42q0 -14 14 -14H30q14 0 20 20q4 6 4 16v12z', mix(p.paper, p.glow, 0.15)),
    fill(canvas, 'M-52 -8V-31H52q2 6 2 11v12z', paint),
    fill(canvas, box(-45, -49, 20, 14) + box(-21, -49, 20, 14) + box(3, -49, 18, 14), p.window),
    fill(canvas, 'M25 -49h6q8 2 13 14H25z', p.window),
    tint('M-40 -49h6l-8 14h-3v-6zM9 -49h6l-9 14h-3v-3z', p.paper, 0.45),
    line('M1 -29V-10M22 -30V-10', darker(paint, 0.3), 0.9),
    fill(canvas, bar(0, -8, 114, 6), mix(p.paper, p.ink, 0.15)),
    tint(circle(49, -20, 4), p.sun, 1),
    p.isLit ? tint('M52 -20L120 -34V-2z', p.sun, 0.25) : '',
    wheels(canvas, [-30, 32], 11),
  ].join('')
}

/** 130 tall. */
export function balloon(canvas: Canvas): string {
  const { palette: p } = canvas
  const cloth = coat(canvas, '#dd5a3c')
  const second = canvas.palette.named === undefined ? p.second : lighter(canvas.palette.named, 0.5)
  return [
    fill(canvas, gore(44), cloth),
    fill(canvas, gore(31), second),
    fill(canvas, gore(20), mix(p.paper, p.glow, 0.1)),
    fill(canvas, gore(9), cloth),
    tint('M0 -130C59 -130 57 -70 11 -36H4C38 -70 40 -120 0 -130z', p.ink, 0.13),
    line('M-10 -36L-8 -16M10 -36L8 -16M-4 -36L-3 -16M4 -36L3 -16', p.ink, 0.7),
    fill(canvas, 'M-10 -17H10L8 -2Q0 1 -8 -2z', natural(canvas, '#9a6a42')),
    tint('M-9.5 -12H9.5v1.2H-9.5zM-9 -7H9v1.2H-9z', p.ink, 0.4),
    tint(circle(-3, -20, 2.6) + circle(4, -20, 2.6), p.ink, 0.9),
    p.isLit ? tint(ellipse(0, -60, 26, 40), p.window, 0.25) : '',
  ].join('')
}

/** 60 tall, 130 wide. */
export function plane(canvas: Canvas): string {
  const { palette: p } = canvas
  const paint = coat(canvas, '#e0563c')
  return [
    tint(bar(-130, -24, 120, 2) + bar(-110, -34, 80, 1.6), p.paper, 0.7),
    fill(canvas, 'M-60 -30L-72 -56H-58L-42 -32z', darker(paint, 0.15)),
    fill(
      canvas,
      'M-66 -28Q-30 -42 34 -40Q58 -38 60 -28Q56 -16 30 -15Q-30 -14 -66 -28z',
      mix(p.paper, p.glow, 0.1),
    ),
    fill(canvas, 'M-66 -28Q-30 -22 60 -26Q56 -16 30 -15Q-30 -14 -66 -28z', paint),
    fill(canvas, 'M4 -38Q10 -50 24 -46Q34 -42 34 -38z', p.window),
    fill(canvas, 'M-14 -24H24L0 -2H-22z', darker(paint, 0.28)),
    fill(canvas, circle(61, -28, 3.4), p.ink),
    tint(ellipse(63, -28, 2, 20), p.ink, 0.3),
  ].join('')
}

/** 110 tall, tail and all. */
export function kite(canvas: Canvas): string {
  const { palette: p } = canvas
  const cloth = coat(canvas, '#e0563c')
  return [
    line('M0 -40C14 -26 -14 -14 4 0C16 10 30 8 40 20', p.ink, 0.8),
    ...[
      [5, -29],
      [-4, -16],
      [5, 1],
    ].map(([x = 0, y = 0], at) =>
      fill(canvas, `M${x} ${y}l-8 -4v8zM${x} ${y}l8 -4v8z`, at % 2 === 0 ? p.second : p.accent),
    ),
    fill(canvas, 'M0 -110L32 -78L0 -40z', darker(cloth, 0.18)),
    fill(canvas, 'M0 -110L-32 -78L0 -40z', cloth),
    fill(canvas, 'M0 -78L32 -78L0 -40z', p.second),
    fill(canvas, 'M0 -78L-32 -78L0 -40z', lighter(p.second, 0.3)),
    line('M0 -110V-40M-32 -78H32', p.ink, 0.8),
  ].join('')
}

function wheels(canvas: Canvas, xs: readonly number[], radius: number): string {
  const { palette: p } = canvas
  return xs
    .map(
      (x) =>
        fill(canvas, circle(x, -radius + 0.6, radius), p.ink) +
        fill(canvas, circle(x, -radius + 0.6, radius * 0.5), mix(p.paper, p.ink, 0.25)),
    )
    .join('')
}

function gore(reach: number): string {
  return `M0 -130C${round(reach * 1.34)} -130 ${round(reach * 1.3)} -70 ${round(reach * 0.26)} -36H${round(-reach * 0.26)}C${round(-reach * 1.3)} -70 ${round(-reach * 1.34)} -130 0 -130z`
}
