import { coat, natural, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** 46 tall, 120 wide: an open book. */
export function book(canvas: Canvas): string {
  const { palette: p } = canvas
  const cover = coat(canvas, '#b8402f')
  const page = mix(p.paper, p.glow, 0.15)
  const lines = times(
    5,
    (at) =>
      `M-48 ${-29 + at * 5}Q-30 ${-35 + at * 5} -10 ${-30 + at * 5}M10 ${-30 + at * 5}Q30 ${-35 + at * 5} ${at === 4 ? 34 : 48} ${-29 + at * 5}`,
  )
  return [
    fill(canvas, 'M-62 -36L-66 0H-4Q0 3 4 0H66L62 -36z', cover),
    fill(canvas, 'M0 -36C-18 -46 -40 -44 -58 -38L-61 -4C-42 -9 -18 -9 0 -2z', page),
    fill(canvas, 'M0 -36C18 -46 40 -44 58 -38L61 -4C42 -9 18 -9 0 -2z', mix(page, p.ink, 0.06)),
    tint(
      'M0 -36C-6 -40 -10 -41 -14 -42V-7Q-6 -6 0 -2zM0 -36C6 -40 10 -41 14 -42V-7Q6 -6 0 -2z',
      p.ink,
      0.12,
    ),
    line(lines.join(''), mix(page, p.ink, 0.5), 1.3),
    fill(canvas, 'M18 -43L19 -8L23 -13L28 -9L27 -43z', p.accent),
  ].join('')
}

/** 46 tall: a pile of three. */
export function books(canvas: Canvas): string {
  const { palette: p } = canvas
  const one = (x: number, y: number, wide: number, colour: string): string =>
    fill(canvas, box(x - wide / 2, y - 13, wide, 13), colour) +
    fill(canvas, box(x + wide / 2 - 7, y - 11, 7, 9), p.paper) +
    tint(box(x - wide / 2 + 7, y - 13, 3, 13), p.second, 0.9)
  return (
    one(0, 0, 74, p.accent) +
    one(4, -13, 62, mix(p.near, p.middle, 0.3)) +
    one(-3, -26, 66, mix(p.second, p.paper, 0.15))
  )
}

/** 110 tall: a jointed desk lamp. */
export function lamp(canvas: Canvas): string {
  const { palette: p } = canvas
  const shade = coat(canvas, '#d9a23a')
  return [
    p.isLit
      ? tint('M-62 -78L-20 -72L26 0H-104z', p.window, 0.28)
      : tint('M-60 -78L-24 -72L12 0H-92z', p.sun, 0.22),
    line('M18 -4L34 -56L-8 -98', p.ink, 4),
    fill(canvas, circle(34, -56, 5), p.second),
    fill(
      canvas,
      'M-4 -106C-20 -106 -34 -96 -38 -88L-64 -84L-20 -58L-12 -78C-2 -84 4 -94 -4 -106z',
      shade,
    ),
    tint(
      'M-4 -106C4 -94 -2 -84 -12 -78L-20 -58L-34 -66L-20 -84C-10 -90 -6 -98 -4 -106z',
      p.ink,
      0.18,
    ),
    fill(canvas, 'M-58 -81L-26 -62Q-42 -54 -52 -64Q-58 -72 -58 -81z', lighter(p.sun, 0.3)),
    fill(canvas, 'M-6 0Q-4 -9 18 -9T42 0z', mix(p.ink, shade, 0.15)),
  ].join('')
}

/** 74 tall, 110 wide. */
export function typewriter(canvas: Canvas): string {
  const { palette: p } = canvas
  const body = coat(canvas, '#3f7b74')
  const keys = times(24, (at) =>
    circle(-33 + (at % 8) * 9.5 - Math.floor(at / 8) * 2, -20 + Math.floor(at / 8) * 7, 2.9),
  )
  return [
    fill(canvas, 'M-28 -82H28V-46H-28z', mix(p.paper, p.glow, 0.1)),
    line('M-20 -75H18M-20 -69H12M-20 -63H20M-20 -57H4', mix(p.paper, p.ink, 0.5), 1.3),
    fill(canvas, bar(0, -50, 104, 11), p.ink),
    fill(canvas, circle(-54, -50, 6) + circle(54, -50, 6), mix(p.paper, p.ink, 0.35)),
    fill(canvas, 'M-42 -48H42L48 -28H-48z', body),
    tint('M-28 -44H28L30 -34H-30z', p.ink, 0.35),
    fill(canvas, 'M-46 -30H46L58 0H-58z', darker(body, 0.14)),
    fill(canvas, keys.join(''), mix(p.paper, p.glow, 0.15)),
    fill(canvas, bar(-3, -1.5, 40, 3), p.second),
    fill(canvas, 'M40 -56L62 -64L64 -60L44 -52z', mix(p.paper, p.ink, 0.3)),
  ].join('')
}

/** 80 tall, 124 wide: a laptop with a page of code. */
export function computer(canvas: Canvas): string {
  const { palette: p } = canvas
  const shell = coat(canvas, '#c9ced2')
  const hues = [p.accent, p.second, mix(p.sky, p.paper, 0.4), mix(p.middle, p.paper, 0.3)]
  const rows = times(7, (at) => {
    const [indent, reach] = [((at * 5) % 3) * 7, 18 + ((at * 13) % 26)]
    return (
      tint(bar(-38 + indent + reach / 2, -66 + at * 7.5, reach, 3), hues[at % 4] ?? p.accent, 1) +
      tint(
        bar(-30 + indent + reach + 9, -66 + at * 7.5, 18, 3),
        hues[(at + 1) % 4] ?? p.second,
        0.8,
      )
    )
  })
  return [
    p.isLit ? tint(ellipse(0, -40, 90, 70), p.window, 0.12) : '',
    fill(canvas, 'M-52 -80H52q4 0 4 4V-8H-56V-76q0 -4 4 -4z', shell),
    fill(canvas, box(-50, -75, 100, 62), mix(p.ink, p.near, 0.2)),
    ...rows,
    fill(canvas, 'M-70 -8H70L62 0H-62z', lighter(shell, 0.15)),
    fill(canvas, bar(0, -6.5, 30, 3), darker(shell, 0.25)),
  ].join('')
}

/** 84 tall. */
export function candle(canvas: Canvas): string {
  const { palette: p } = canvas
  const wax = canvas.palette.named ?? mix(p.paper, p.glow, 0.2)
  return [
    ...[44, 30, 18].map((reach) => tint(circle(0, -72, reach), p.sun, p.isLit ? 0.17 : 0.09)),
    fill(canvas, ellipse(0, -2, 30, 5), p.second),
    `<path d="${circle(31, -8, 7)}" fill="none" stroke="${p.second}" stroke-width="3"/>`,
    fill(canvas, 'M-10 -4V-52Q0 -58 10 -52V-4Q0 0 -10 -4z', wax),
    fill(canvas, 'M-10 -52Q0 -58 10 -52V-40Q7 -34 5 -42T-2 -44T-6 -38T-10 -46z', lighter(wax, 0.4)),
    tint('M3 -55Q8 -54 10 -52V-4Q6 -2 3 -2z', p.ink, 0.14),
    line('M0 -54V-62', p.ink, 1.4),
    fill(canvas, 'M0 -86C8 -74 8 -66 0 -60C-8 -66 -8 -74 0 -86z', p.accent),
    fill(canvas, 'M0 -76C4 -70 4 -66 0 -62C-4 -66 -4 -70 0 -76z', p.second),
  ].join('')
}

/** 90 tall: an old key, upright. */
export function key(canvas: Canvas): string {
  const { palette: p } = canvas
  const metal = coat(canvas, '#d9a23a')
  const ring = `M0 -90a22 22 0 1 1 -0.1 0zM0 -80a12 12 0 1 0 0.1 0z`
  return [
    `<g transform="rotate(18 0 -45)"><path d="${ring}" fill="${metal}" fill-rule="evenodd"/>`,
    fill(canvas, 'M-4 -48H4V2H-4zM4 -16H20V-8H14V-3H4zM4 -2H16V4H-4z', metal),
    fill(canvas, bar(0, -44, 18, 6), lighter(metal, 0.25)),
    tint('M1 -48H4V2H1z', p.ink, 0.25),
    '</g>',
  ].join('')
}

/** 66 tall, 90 wide: a crate or gift with a ribbon. */
export function chest(canvas: Canvas): string {
  const { palette: p } = canvas
  const card = coat(canvas, '#c9925c')
  return [
    fill(canvas, box(-40, -46, 80, 46), card),
    tint(box(14, -46, 26, 46), p.ink, 0.12),
    fill(canvas, box(-45, -56, 90, 14), lighter(card, 0.12)),
    fill(canvas, box(-8, -56, 16, 56), p.accent),
    tint(box(-45, -42, 90, 4), p.ink, 0.15),
    fill(
      canvas,
      'M0 -56C-10 -78 -34 -76 -30 -64C-26 -56 -12 -56 0 -56zM0 -56C10 -78 34 -76 30 -64C26 -56 12 -56 0 -56z',
      p.accent,
    ),
    fill(canvas, circle(0, -57, 5), darker(p.accent, 0.2)),
  ].join('')
}

/** 96 tall: an easy chair on thin legs. */
export function chair(canvas: Canvas): string {
  const { palette: p } = canvas
  const cloth = coat(canvas, '#d0663f')
  const leg = natural(canvas, '#6b4a35')
  return [
    line('M-30 -26L-36 0M30 -26L36 0M-20 -26V-4M20 -26V-4', leg, 3.6),
    fill(canvas, 'M-30 -34C-34 -70 -28 -94 0 -94C28 -94 34 -70 30 -34z', cloth),
    tint('M8 -93C30 -90 33 -66 30 -34H16C22 -60 20 -82 8 -93z', p.ink, 0.14),
    fill(
      canvas,
      'M-34 -40H34q4 0 4 6v4q0 6 -6 6H-32q-6 0 -6 -6v-4q0 -6 4 -6z',
      lighter(cloth, 0.14),
    ),
    fill(
      canvas,
      `M-44 -58q8 -4 10 4v24h-8q-4 -14 -2 -28zM44 -58q-8 -4 -10 4v24h8q4 -14 2 -28z`,
      darker(cloth, 0.16),
    ),
    fill(canvas, `M-16 -64l24 -4l4 ${round(24)}l-24 4z`, p.second),
  ].join('')
}
