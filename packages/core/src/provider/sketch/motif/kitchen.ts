import { coat, natural, place } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, times, tint } from '../shape.ts'
import { bloom, fern, poppy, tulip } from './plants.ts'

/** 74 tall, 120 wide. */
export function teapot(canvas: Canvas): string {
  const { palette: p } = canvas
  const clay = coat(canvas, '#2f7f86')
  return [
    steam(canvas, -62, -62),
    `<path d="M34 -46C66 -56 66 -10 30 -14" fill="none" stroke="${darker(clay, 0.2)}" stroke-width="7" stroke-linecap="round"/>`,
    fill(
      canvas,
      'M-34 -18C-48 -20 -50 -42 -62 -50L-52 -54C-40 -48 -40 -38 -28 -36z',
      darker(clay, 0.14),
    ),
    fill(
      canvas,
      'M0 -58C30 -58 42 -38 40 -22C38 -6 24 0 0 0C-24 0 -38 -6 -40 -22C-42 -38 -30 -58 0 -58z',
      clay,
    ),
    tint('M10 -57C32 -54 42 -38 40 -22C38 -6 24 0 6 0C28 -10 30 -40 10 -57z', p.ink, 0.17),
    fill(canvas, 'M-22 -53Q0 -70 22 -53Q0 -47 -22 -53z', lighter(clay, 0.12)),
    fill(canvas, circle(0, -66, 5), p.second),
    tint(ellipse(-20, -38, 6, 9), p.paper, 0.4),
    tint(
      times(5, (at) => `M${-30 + at * 14} -22q7 -8 14 0q-7 8 -14 0z`).join(''),
      mix(p.paper, p.second, 0.3),
      0.85,
    ),
    fill(canvas, bar(0, 0, 46, 5), darker(clay, 0.3)),
  ].join('')
}

/** 56 tall with its steam. */
export function cup(canvas: Canvas): string {
  const { palette: p } = canvas
  const glaze = coat(canvas, '#e7dccb')
  return [
    steam(canvas, 0, -44),
    fill(canvas, ellipse(0, -1, 36, 4.5), darker(glaze, 0.15)),
    `<path d="M20 -30C38 -34 38 -8 16 -12" fill="none" stroke="${darker(glaze, 0.1)}" stroke-width="5" stroke-linecap="round"/>`,
    fill(canvas, 'M-24 -38H24C24 -16 18 -3 8 -2H-8C-18 -3 -24 -16 -24 -38z', glaze),
    tint('M8 -38H24C24 -16 18 -3 8 -2H0C10 -8 12 -24 8 -38z', p.ink, 0.14),
    fill(canvas, ellipse(0, -38, 24, 5), darker(glaze, 0.2)),
    fill(canvas, ellipse(0, -37.5, 20.5, 3.6), natural(canvas, '#6b3f2a')),
    tint('M-23.5 -30H23.5L22.5 -24H-22.5z', p.accent, 0.9),
  ].join('')
}

/** 52 tall, 100 wide: a loaf on a board. */
export function bread(canvas: Canvas): string {
  const { palette: p } = canvas
  const crust = coat(canvas, '#c07a3c')
  return [
    fill(canvas, bar(6, -2, 132, 7), natural(canvas, '#8a5738')),
    fill(canvas, 'M-48 -6C-56 -30 -36 -48 0 -48C36 -48 56 -30 48 -6z', crust),
    tint('M14 -47C42 -44 54 -28 48 -6H26C36 -20 32 -38 14 -47z', p.ink, 0.16),
    line(
      'M-26 -40Q-16 -30 -22 -18M-4 -44Q6 -32 0 -20M18 -42Q28 -32 23 -20',
      lighter(crust, 0.55),
      4.5,
    ),
    tint(
      times(14, (at) => circle(-36 + ((at * 37) % 72), -14 - ((at * 23) % 26), 1)).join(''),
      p.paper,
      0.7,
    ),
    fill(canvas, 'M56 -5V-16a11 9 0 0 1 22 0V-5z', lighter(crust, 0.1)),
    fill(canvas, 'M59 -7V-15a8 7 0 0 1 16 0V-7z', mix(p.paper, crust, 0.25)),
  ].join('')
}

/** 78 tall. */
export function cake(canvas: Canvas): string {
  const { palette: p } = canvas
  const icing = canvas.palette.named ?? natural(canvas, '#ef9fae')
  const sponge = natural(canvas, '#e3b878')
  return [
    fill(canvas, ellipse(0, -1, 50, 5), mix(p.paper, p.ink, 0.12)),
    fill(canvas, 'M-38 -2V-24H38V-2Q0 3 -38 -2z', sponge),
    fill(
      canvas,
      'M-40 -20V-30Q0 -38 40 -30V-20Q34 -12 28 -20T14 -19T0 -18T-14 -19T-28 -20Q-34 -12 -40 -20z',
      icing,
    ),
    fill(canvas, 'M-27 -31V-48H27V-31Q0 -26 -27 -31z', lighter(sponge, 0.2)),
    fill(
      canvas,
      'M-29 -44V-52Q0 -60 29 -52V-44Q24 -37 19 -44T8 -43T-4 -43T-16 -44Q-24 -37 -29 -44z',
      p.paper,
    ),
    tint('M16 -56Q26 -54 29 -52V-36L40 -30V-2Q28 1 14 1z', p.ink, 0.1),
    fill(canvas, [-14, 0, 14].map((x) => box(x - 1.4, -68, 2.8, 13)).join(''), p.accent),
    fill(
      canvas,
      [-14, 0, 14].map((x) => `M${x} -78Q${x + 4} -72 ${x} -68Q${x - 4} -72 ${x} -78z`).join(''),
      p.second,
    ),
    fill(canvas, [-30, -10, 10, 30].map((x) => circle(x, -27, 3)).join(''), p.accent),
  ].join('')
}

/** 80 tall, for its neck and belly. */
export function bottle(canvas: Canvas): string {
  const { palette: p } = canvas
  const glass = coat(canvas, '#3f6f5c')
  return [
    fill(
      canvas,
      'M-6 -80H6V-60C6 -52 17 -50 17 -38V-2Q0 2 -17 -2V-38C-17 -50 -6 -52 -6 -60z',
      glass,
    ),
    tint('M2 -80H6V-60C6 -52 17 -50 17 -38V-2Q12 0 6 0C10 -20 10 -44 2 -56z', p.ink, 0.2),
    tint(bar(-11, -26, 3, 34), p.paper, 0.5),
    fill(canvas, box(-17, -32, 34, 18), mix(p.paper, p.second, 0.2)),
    tint(bar(0, -26, 18, 2) + bar(0, -21, 12, 2), p.ink, 0.6),
    fill(canvas, box(-6.5, -86, 13, 8), natural(canvas, '#b98a56')),
  ].join('')
}

/** 130 tall: a vase with its bunch. */
export function vase(canvas: Canvas): string {
  const { palette: p } = canvas
  const clay = coat(canvas, '#2f68a0')
  const green = mix(natural(canvas, '#4f8f5b'), p.near, 0.3)
  const hues = [p.accent, p.second, natural(canvas, '#e88fa2'), p.paper]
  const kinds = [bloom, poppy, tulip, bloom, bloom]
  const stems = times(5, (at) =>
    place(canvas, (kinds[at] ?? bloom)(hues[at % 4] ?? p.accent, green), {
      x: 0,
      y: -46,
      scale: 0.72 + ((at * 7) % 3) * 0.08,
      turn: -38 + at * 19,
    }),
  )
  const ferns = [-52, -22, 26, 54].map((turn) =>
    place(canvas, fern(mix(green, p.ink, 0.15)), { x: 0, y: -46, scale: 0.62, turn }),
  )
  return [
    ...ferns,
    ...stems,
    fill(
      canvas,
      'M-11 -56H11C9 -48 11 -44 18 -38C28 -28 26 -6 13 0H-13C-26 -6 -28 -28 -18 -38C-11 -44 -9 -48 -11 -56z',
      clay,
    ),
    tint(
      'M4 -56H11C9 -48 11 -44 18 -38C28 -28 26 -6 13 0H6C18 -10 18 -32 8 -40C4 -46 4 -50 4 -56z',
      p.ink,
      0.17,
    ),
    line('M-22 -24q5.5 6 11 0t11 0t11 0t11 0', lighter(clay, 0.6), 2),
    fill(canvas, bar(0, -56, 25, 4), lighter(clay, 0.3)),
  ].join('')
}

function steam({ palette: p }: Canvas, x: number, y: number): string {
  return `<g opacity=".55">${line(`M${x - 5} ${y}q-7 -9 0 -17t0 -17M${x + 6} ${y - 2}q7 -9 0 -17t0 -17`, p.paper, 2.8)}</g>`
}
