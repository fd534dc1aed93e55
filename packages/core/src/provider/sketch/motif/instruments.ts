import { coat, natural, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { bar, box, circle, ellipse, fill, line, polygon, times, tint } from '../shape.ts'
import type { Point } from '../shape.ts'

/** 64 tall, 96 wide. */
export function camera(canvas: Canvas): string {
  const { palette: p } = canvas
  const body = coat(canvas, '#2f3a46')
  return [
    fill(canvas, box(-18, -64, 34, 14) + box(26, -56, 12, 8), mix(p.paper, p.ink, 0.25)),
    fill(
      canvas,
      'M-44 -52H44q4 0 4 4V-4q0 4 -4 4H-44q-4 0 -4 -4V-48q0 -4 4 -4z',
      mix(p.paper, p.ink, 0.15),
    ),
    fill(canvas, box(-48, -40, 96, 28), body),
    fill(canvas, circle(2, -26, 23), p.ink),
    fill(canvas, circle(2, -26, 18), mix(p.paper, p.ink, 0.4)),
    fill(canvas, circle(2, -26, 14), mix(p.ink, p.sky, 0.4)),
    tint(`${circle(-3, -31, 4.5)}${circle(7, -21, 2)}`, p.paper, 0.8),
    fill(canvas, box(-11, -61, 20, 8), p.window),
    fill(canvas, circle(-35, -46, 3.4), p.accent),
  ].join('')
}

/** 84 tall: an alarm clock. */
export function clock(canvas: Canvas): string {
  const { palette: p, random } = canvas
  const shell = coat(canvas, '#d9573c')
  const marks = times(12, (at) => `M0 -24v${at % 3 === 0 ? 5 : 2.5}`).map(
    (path, at) =>
      `<path d="${path}" transform="translate(0 -38) rotate(${at * 30})" stroke="${p.ink}" stroke-width="${at % 3 === 0 ? 2 : 1.2}"/>`,
  )
  const hand = (turn: number, reach: number, width: number): string =>
    `<path d="M0 3V-${reach}" transform="translate(0 -38) rotate(${turn})" stroke="${p.ink}" stroke-width="${width}" stroke-linecap="round"/>`
  return [
    line('M-22 -10L-30 0M22 -10L30 0M0 -74V-80', p.ink, 4.5),
    fill(canvas, 'M-34 -62A17 17 0 0 1 -10 -80zM34 -62A17 17 0 0 0 10 -80z', p.second),
    fill(canvas, bar(0, -83, 14, 5), p.ink),
    fill(canvas, circle(0, -38, 35), shell),
    fill(canvas, circle(0, -38, 28), mix(p.paper, p.glow, 0.1)),
    ...marks,
    hand(random.whole(0, 11) * 30 + 10, 13, 3),
    hand(random.whole(0, 59) * 6, 20, 2),
    fill(canvas, circle(0, -38, 2.6), p.accent),
  ].join('')
}

/** 76 tall, 104 wide: a wireless with its dial. */
export function radio(canvas: Canvas): string {
  const { palette: p } = canvas
  const wood = coat(canvas, '#b06a42')
  const grille = times(8, (at) => bar(-24, -44 + at * 5, 38, 2))
  return [
    line('M34 -56L50 -92', mix(p.paper, p.ink, 0.4), 1.8),
    fill(canvas, 'M-44 -56H44q8 0 8 8V-4H-52V-48q0 -8 8 -8z', wood),
    fill(canvas, box(-48, -50, 48, 42), mix(p.paper, p.second, 0.3)),
    tint(grille.join(''), p.ink, 0.5),
    fill(canvas, circle(26, -32, 16), mix(p.paper, p.glow, 0.1)),
    line('M26 -32L35 -41', p.accent, 2),
    tint(circle(26, -32, 2.6), p.ink, 1),
    fill(canvas, circle(12, -11, 3.6) + circle(26, -11, 3.6) + circle(40, -11, 3.6), p.second),
    fill(canvas, box(-42, -4, 12, 4) + box(30, -4, 12, 4), p.ink),
  ].join('')
}

/** 120 tall, leaning a little. */
export function guitar(canvas: Canvas): string {
  const { palette: p } = canvas
  const wood = coat(canvas, '#c9793c')
  return [
    '<g transform="rotate(9)">',
    fill(canvas, 'M-3.4 -60H3.4V-112H-3.4z', natural(canvas, '#5b3f2e')),
    fill(canvas, 'M-6 -112H6L7 -126H-7z', p.ink),
    fill(
      canvas,
      'M0 -64C14 -64 20 -56 17 -46C15 -40 17 -36 23 -30C32 -18 24 0 0 0C-24 0 -32 -18 -23 -30C-17 -36 -15 -40 -17 -46C-20 -56 -14 -64 0 -64z',
      wood,
    ),
    tint(
      'M6 -63C16 -62 20 -55 17 -46C15 -40 17 -36 23 -30C32 -18 24 0 4 0C22 -10 20 -26 12 -34C6 -42 12 -54 6 -63z',
      p.ink,
      0.15,
    ),
    fill(canvas, circle(0, -36, 8.5), p.ink),
    fill(canvas, box(-9, -15, 18, 4), natural(canvas, '#5b3f2e')),
    line('M-1.5 -13V-118M1.5 -13V-118', mix(p.paper, p.ink, 0.2), 0.6),
    '</g>',
  ].join('')
}

/** 92 tall: a rose of eight points in a ring. */
export function compass(canvas: Canvas): string {
  const { palette: p } = canvas
  const metal = coat(canvas, '#c99a3f')
  const points = times(8, (at) => {
    const reach = at % 2 === 0 ? 32 : 18
    return `<g transform="translate(0 -44) rotate(${at * 45})">${fill(canvas, `M0 0L-5 -7L0 -${reach}z`, at === 0 ? p.accent : p.ink)}${fill(canvas, `M0 0L5 -7L0 -${reach}z`, at === 0 ? lighter(p.accent, 0.35) : mix(p.paper, p.ink, 0.25))}</g>`
  })
  return [
    fill(canvas, circle(0, -44, 44), metal),
    fill(canvas, circle(0, -44, 37), mix(p.paper, p.glow, 0.12)),
    ...points.filter((_, at) => at % 2 === 1),
    ...points.filter((_, at) => at % 2 === 0),
    fill(canvas, circle(0, -44, 3.4), metal),
  ].join('')
}

/** 90 tall: three wheels that mesh. */
export function gear(canvas: Canvas): string {
  const { palette: p } = canvas
  const main = coat(canvas, '#d9a23a')
  return (
    cog(canvas, { spot: [-14, -36], radius: 34, teeth: 12, colour: main }) +
    cog(canvas, { spot: [36, -66], radius: 22, teeth: 9, colour: p.accent }) +
    cog(canvas, { spot: [36, -18], radius: 16, teeth: 8, colour: mix(p.middle, p.sky, 0.3) })
  )
}

interface Cog {
  readonly spot: Point
  readonly radius: number
  readonly teeth: number
  readonly colour: string
}

function cog(canvas: Canvas, { spot: [x, y], radius, teeth, colour }: Cog): string {
  const rim = times(teeth * 4, (at): Point => {
    const angle = ((at - 0.5) / (teeth * 4)) * 6.2832
    const reach = at % 4 < 2 ? radius : radius * 0.8
    return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach]
  })
  const spokes = times(5, (at) => {
    const angle = (at / 5) * 6.2832
    return circle(
      x + Math.cos(angle) * radius * 0.5,
      y + Math.sin(angle) * radius * 0.5,
      radius * 0.14,
    )
  })
  return [
    fill(canvas, polygon(rim), colour),
    tint(spokes.join(''), canvas.palette.ink, 0.55),
    fill(canvas, circle(x, y, radius * 0.26), darker(colour, 0.3)),
    tint(ellipse(Number(round(x)), y, radius * 0.1, radius * 0.1), canvas.palette.paper, 0.9),
  ].join('')
}
