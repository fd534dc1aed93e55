import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { box, circle, ellipse, fill, line, polygon, tint } from '../shape.ts'

/** 100 tall, with a keeper's cottage. */
export function lighthouse(canvas: Canvas): string {
  const { palette: p } = canvas
  const band = canvas.palette.named ?? p.accent
  const roof = mix(band, p.ink, 0.25)
  const white = mix(p.paper, p.glow, 0.12)
  const beams = p.isLit
    ? tint('M0 -83L-460 -146V-34zM0 -83L460 -122V-10z', p.sun, 0.15) +
      tint(circle(0, -82, 17) + circle(0, -82, 11), p.sun, 0.28)
    : ''
  return [
    fill(canvas, box(9, -15, 27, 15), white),
    fill(canvas, 'M6 -14L12 -25H33L39 -14z', roof),
    fill(canvas, box(28, -30, 4, 9), darker(white, 0.3)),
    fill(canvas, box(15, -10, 5, 6) + box(25, -10, 5, 6), p.window),
    beams,
    fill(canvas, 'M-10 0L-6 -72H6L10 0z', white),
    fill(canvas, 'M-9.1 -16L-8.2 -32H8.2L9.1 -16zM-7.3 -48L-6.4 -64H6.4L7.3 -48z', band),
    tint('M2 -72H6L10 0H3.4z', p.ink, 0.2),
    fill(canvas, box(-1.8, -43, 3.6, 6) + box(-1.6, -60, 3.2, 5), p.window),
    fill(canvas, 'M-3 0V-7a3 3 0 0 1 6 0V0z', p.ink),
    fill(canvas, box(-9, -75, 18, 3.6), p.ink),
    line('M-8.4 -75v-4M-4.2 -75v-4M4.2 -75v-4M8.4 -75v-4M-8.4 -79H8.4', p.ink, 0.8),
    fill(canvas, box(-4.8, -87, 9.6, 12), p.isLit ? p.sun : mix(p.sky, p.paper, 0.4)),
    line('M0 -87V-75', p.ink, 0.9),
    fill(canvas, 'M-6.6 -86.6C-6 -92 -3 -95 0 -96C3 -95 6 -92 6.6 -86.6z', roof),
    line('M0 -96v-5', p.ink, 1),
    fill(canvas, ellipse(14, 0, 30, 2.2), mix(p.near, p.ink, 0.25)),
  ].join('')
}

/** 80 tall, 100 wide. */
export function house(canvas: Canvas): string {
  const { palette: p } = canvas
  const wall = mix(p.paper, p.glow, 0.2)
  const roof = coat(canvas, '#c4573b')
  return [
    smoke(p.paper, 22, -78),
    fill(canvas, box(17, -74, 9, 22), darker(roof, 0.35)),
    fill(canvas, box(-42, -38, 84, 38), wall),
    tint(box(20, -38, 22, 38), p.ink, 0.1),
    fill(canvas, 'M-50 -36L-34 -66H34L50 -36z', roof),
    tint('M-47 -42H47M-44 -48H44L50 -36H-50z', p.ink, 0.12),
    fill(canvas, 'M-24 -36V-58L-10 -74L4 -58V-36z', wall),
    line('M-28 -53L-10 -75L8 -53', darker(roof, 0.2), 4),
    pane(canvas, [-15, -58, 10, 13]),
    pane(canvas, [-34, -28, 13, 14]),
    pane(canvas, [20, -28, 13, 14]),
    fill(canvas, 'M-10 0V-22a8 8 0 0 1 16 0V0z', p.near),
    tint(circle(3, -11, 1.1), p.second, 1),
    fill(canvas, ellipse(-40, -3, 13, 8) + ellipse(38, -2, 11, 7), mix(p.near, p.middle, 0.4)),
  ].join('')
}

/** 70 tall, of logs. */
export function cabin(canvas: Canvas): string {
  const { palette: p } = canvas
  const log = natural(canvas, '#8a5738')
  const roof = canvas.palette.named ?? mix(p.ink, natural(canvas, '#9a4a38'), 0.45)
  return [
    smoke(p.paper, 21, -74),
    fill(canvas, box(16, -70, 9, 26), natural(canvas, '#8d8a86')),
    fill(canvas, 'M-36 0V-32L0 -60L36 -32V0z', log),
    tint(
      box(-36, -7, 72, 1.4) +
        box(-36, -14, 72, 1.4) +
        box(-36, -21, 72, 1.4) +
        box(-36, -28, 72, 1.4) +
        box(-28, -35, 56, 1.4) +
        box(-18, -42, 36, 1.4),
      p.ink,
      0.32,
    ),
    fill(canvas, 'M-46 -24L0 -66L46 -24L41 -19L0 -57L-41 -19z', roof),
    pane(canvas, [-27, -25, 14, 13]),
    pane(canvas, [13, -25, 14, 13]),
    fill(canvas, circle(0, -43, 4.6), p.window),
    fill(canvas, box(-7, -24, 14, 24), p.ink),
    fill(canvas, box(-5.5, -22.5, 11, 22.5), mix(p.accent, p.ink, 0.25)),
    fill(canvas, box(-14, -2, 28, 4), lighter(log, 0.2)),
  ].join('')
}

/** 100 tall. */
export function windmill(canvas: Canvas): string {
  const { palette: p, random } = canvas
  const wall = mix(p.paper, p.glow, 0.2)
  const cap = coat(canvas, '#b8503a')
  const sail = `${fill(canvas, box(-1, -46, 2, 46), p.ink)}${fill(canvas, box(1, -45, 9, 36), mix(p.paper, p.second, 0.25))}${tint('M1 -38h9v1.4h-9zM1 -30h9v1.4h-9zM1 -22h9v1.4h-9zM5 -45h1.4v36h-1.4z', p.ink, 0.4)}`
  const turn = random.whole(10, 80)
  const sails = [0, 90, 180, 270].map(
    (angle) => `<g transform="translate(0 -66) rotate(${turn + angle})">${sail}</g>`,
  )
  return [
    fill(canvas, 'M-19 0L-11 -60H11L19 0z', wall),
    tint('M4 -60H11L19 0H7z', p.ink, 0.13),
    fill(canvas, 'M-13 -59Q-11 -78 0 -80Q11 -78 13 -59z', cap),
    pane(canvas, [-4, -48, 8, 9]),
    pane(canvas, [-4, -30, 8, 9]),
    fill(canvas, 'M-5.5 0V-13a5.5 5.5 0 0 1 11 0V0z', mix(p.accent, p.ink, 0.4)),
    ...sails,
    fill(canvas, circle(0, -66, 3.4), p.ink),
  ].join('')
}

/** 100 tall. */
export function castle(canvas: Canvas): string {
  const { palette: p } = canvas
  const stone = mix(coat(canvas, '#cdbda4'), p.glow, 0.15)
  const roof = canvas.palette.named === undefined ? p.accent : darker(canvas.palette.named, 0.3)
  const tower = (x: number, top: number, wide: number): string =>
    [
      fill(canvas, box(x - wide / 2, top, wide, -top), stone),
      tint(box(x + wide * 0.14, top, wide * 0.36, -top), p.ink, 0.14),
      fill(
        canvas,
        polygon([
          [x - wide * 0.66, top + 1],
          [x, top - wide * 1.5],
          [x + wide * 0.66, top + 1],
        ]),
        roof,
      ),
      tint(
        polygon([
          [x + wide * 0.08, top + 1],
          [x, top - wide * 1.5],
          [x + wide * 0.66, top + 1],
        ]),
        p.ink,
        0.16,
      ),
      fill(canvas, `M${x - 1.8} ${top + 14}v-5a1.8 1.8 0 0 1 3.6 0v5z`, p.window),
    ].join('')
  return [
    tower(-12, -62, 15),
    tower(15, -72, 13),
    fill(canvas, 'M-34 0V-38h5v-4h6v4h6v-4h6v4h6v-4h6v4h6v-4h6v4h6v-4h6v4h9V0z', stone),
    tint('M4 -38H34V0H4z', p.ink, 0.07),
    tower(-36, -44, 16),
    tower(37, -52, 17),
    fill(canvas, 'M-8 0V-16a8 8 0 0 1 16 0V0z', p.ink),
    fill(canvas, box(-20, -26, 4, 7) + box(16, -26, 4, 7), p.window),
    line('M15 -91v-9M-12 -84v-7', p.ink, 0.9),
    fill(canvas, 'M15 -100l10 3l-10 3z', p.second),
  ].join('')
}

/** 100 tall. */
export function church(canvas: Canvas): string {
  const { palette: p } = canvas
  const wall = mix(p.paper, p.glow, 0.2)
  const roof = coat(canvas, '#4b5d6b')
  return [
    fill(canvas, box(-6, -30, 46, 30), wall),
    fill(canvas, 'M-8 -28L0 -48H36L44 -28z', roof),
    fill(canvas, box(-26, -56, 22, 56), wall),
    tint(box(-11, -56, 7, 56) + box(28, -30, 12, 30), p.ink, 0.12),
    fill(canvas, 'M-29 -55L-15 -94L-1 -55z', roof),
    line('M-15 -93v-8M-18 -98h6', p.ink, 1.2),
    fill(canvas, circle(-15, -46, 4.4), p.window),
    fill(canvas, 'M-19 0V-15a4 4 0 0 1 8 0V0z', p.accent),
    fill(
      canvas,
      [6, 18, 30].map((x) => `M${x - 2.6} -8v-9a2.6 2.6 0 0 1 5.2 0v9z`).join(''),
      p.window,
    ),
  ].join('')
}

/** 56 tall, with a fire. */
export function tent(canvas: Canvas): string {
  const { palette: p } = canvas
  const cloth = coat(canvas, '#e0703c')
  const glow = p.isLit
    ? [30, 20, 12].map((reach) => tint(circle(44, -7, reach), p.window, 0.16)).join('')
    : ''
  return [
    fill(canvas, 'M-40 0L-8 -50L14 0z', cloth),
    fill(canvas, 'M-8 -50L36 0H14z', darker(cloth, 0.22)),
    fill(canvas, 'M-22 0L-8 -44L-3 0z', p.isLit ? p.window : mix(p.ink, cloth, 0.3)),
    line('M-8 -50L-50 2M-8 -50L44 2M-8 -50v-4', p.ink, 0.8),
    glow,
    line('M37 0L51 -4M37 -4L51 0', p.ink, 2.4),
    fill(canvas, 'M44 -22C51 -14 51 -8 49 -4H39C37 -9 41 -13 44 -22z', p.accent),
    fill(canvas, 'M44 -13C47 -9 47 -6 46 -4H42C41 -7 43 -9 44 -13z', p.second),
  ].join('')
}

/** 60 tall, 200 wide, on two piers. */
export function bridge(canvas: Canvas): string {
  const { palette: p } = canvas
  const steel = coat(canvas, '#c1452f')
  const hangers = Array.from({ length: 19 }, (_, at) => {
    const x = -54 + at * 6
    const sag = -22 - ((x * x) / (54 * 54)) * 38
    return `M${x} -18V${Math.round(sag)}`
  })
  const tower = (x: number): string =>
    fill(canvas, `M${x - 4} 8V-64H${x + 4}V8zM${x - 7} 8V0H${x + 7}V8z`, steel) +
    tint(box(x, -64, 4, 64), p.ink, 0.2)
  return [
    line(
      `${hangers.join('')}M-82 -18V-34M-72 -18V-45M-64 -18V-55M82 -18V-34M72 -18V-45M64 -18V-55`,
      steel,
      0.8,
    ),
    line('M-100 -18Q-74 -36 -54 -62Q0 20 54 -62Q74 -36 100 -18', steel, 1.8),
    tower(-54),
    tower(54),
    fill(canvas, box(-112, -18, 224, 5), mix(steel, p.ink, 0.35)),
    tint(box(-112, -18, 224, 1.4), p.sun, 0.6),
  ].join('')
}

function pane(
  canvas: Canvas,
  [x, y, wide, tall]: readonly [number, number, number, number],
): string {
  const { palette: p } = canvas
  const cross = box(x + wide / 2 - 0.6, y, 1.2, tall) + box(x, y + tall / 2 - 0.6, wide, 1.2)
  return (
    fill(canvas, box(x - 1.4, y - 1.4, wide + 2.8, tall + 2.8), mix(p.paper, p.ink, 0.12)) +
    fill(canvas, box(x, y, wide, tall), p.window) +
    tint(cross, p.ink, 0.45)
  )
}

function smoke(colour: string, x: number, y: number): string {
  return tint(
    `${circle(x, y, 3)}${circle(x + 4, y - 7, 4.4)}${circle(x + 2, y - 16, 5.6)}${circle(x + 9, y - 27, 7)}`,
    colour,
    0.45,
  )
}
