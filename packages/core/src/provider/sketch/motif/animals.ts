import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { circle, ellipse, fill, line, tint } from '../shape.ts'

/** 84 tall: it sits, its tail about its feet. */
export function fox(canvas: Canvas): string {
  const { palette: p } = canvas
  const fur = coat(canvas, '#dd6a2c')
  const white = mix(p.paper, p.glow, 0.15)
  const dark = mix(p.ink, fur, 0.12)
  return [
    fill(canvas, 'M12 -2C44 4 58 -14 50 -40C46 -30 40 -26 30 -24C20 -20 14 -12 12 -2z', fur),
    fill(canvas, 'M50 -40C56 -22 50 -10 42 -6C46 -16 40 -22 36 -25C42 -28 47 -32 50 -40z', white),
    fill(canvas, 'M-10 -54C-22 -34 -24 -14 -22 0H26C32 -14 26 -38 10 -54z', fur),
    fill(canvas, 'M-9 -48C-15 -34 -14 -22 -6 -12C2 -20 4 -34 4 -48z', white),
    fill(canvas, 'M-19 0C-21 -14 -16 -26 -12 -28L-8 0zM-4 0L0 -28C5 -24 8 -12 8 0z', dark),
    tint('M10 0C10 -18 18 -26 27 -22C29 -12 28 -6 26 0z', p.ink, 0.14),
    fill(canvas, 'M-30 -86L-27 -62L-10 -70zM22 -86L20 -62L3 -70z', fur),
    fill(canvas, 'M-27 -80L-24.5 -66L-16 -70zM19 -80L17 -66L9 -70z', dark),
    fill(
      canvas,
      'M-4 -74C14 -74 24 -62 26 -54C18 -50 8 -42 -4 -36C-16 -42 -26 -50 -34 -54C-32 -62 -22 -74 -4 -74z',
      fur,
    ),
    fill(
      canvas,
      'M-34 -54C-24 -56 -14 -54 -9 -48L-4 -42L1 -48C6 -54 16 -56 26 -54C18 -50 8 -42 -4 -36C-16 -42 -26 -50 -34 -54z',
      white,
    ),
    fill(canvas, ellipse(-4, -40, 4, 3), p.ink),
    line('M-18 -59q3 3 6 1M4 -58q3 2 6 -1', p.ink, 1.8),
  ].join('')
}

/** 80 tall: it sits with its back straight. */
export function cat(canvas: Canvas): string {
  const { palette: p, random } = canvas
  const fur = coat(canvas, random.pick('#2f3442', '#d98b4a', '#8d8f98', '#e9dcc6'))
  const dark = mix(fur, p.ink, 0.55)
  return [
    line('M20 -5C42 -2 46 -22 38 -36', fur, 7),
    fill(canvas, 'M-12 -52C-22 -34 -24 -12 -20 0H24C30 -14 24 -40 12 -52z', fur),
    tint(
      'M-18 0C-14 -10 -10 -10 -8 0zM2 0C4 -10 10 -10 12 0zM14 0C14 -18 20 -24 25 -20C28 -10 26 -4 24 0z',
      p.ink,
      0.18,
    ),
    fill(canvas, 'M-20 -82L-19 -62L-6 -70zM20 -82L19 -62L6 -70z', fur),
    tint('M-17.5 -77L-16.5 -66L-9 -70zM17.5 -77L16.5 -66L9 -70z', natural(canvas, '#e79a8c'), 0.75),
    fill(canvas, ellipse(0, -59, 21, 17), fur),
    line('M-6 -75v6M0 -76v7M6 -75v6', dark, 1.8),
    fill(canvas, ellipse(-8, -60, 4, 4.6) + ellipse(8, -60, 4, 4.6), p.second),
    fill(canvas, ellipse(-8, -60, 1.3, 4) + ellipse(8, -60, 1.3, 4), p.ink),
    fill(canvas, 'M-2.5 -53.5h5L0 -51z', natural(canvas, '#e08a80')),
    line('M0 -51q-3 4 -6 2M0 -51q3 4 6 2', dark, 1),
    line(
      'M-12 -53L-27 -56M-12 -51L-27 -49M12 -53L27 -56M12 -51L27 -49',
      mix(p.paper, dark, 0.4),
      0.6,
    ),
    tint('M-10 -48C-8 -34 8 -34 10 -48Q0 -42 -10 -48z', p.accent, 0.95),
    tint(circle(0, -40, 2.6), p.second, 1),
  ].join('')
}

/** 76 tall: it sits and looks up. */
export function dog(canvas: Canvas): string {
  const { palette: p } = canvas
  const fur = coat(canvas, '#c98d58')
  const dark = mix(fur, p.ink, 0.45)
  return [
    line('M26 -8C38 -12 42 -24 40 -32', fur, 6),
    fill(canvas, 'M-12 -48C-18 -30 -18 -10 -16 0H28C34 -18 24 -40 8 -50z', fur),
    fill(canvas, 'M-14 -42C-16 -28 -12 -18 -6 -14C2 -22 2 -36 0 -46z', mix(p.paper, fur, 0.2)),
    tint('M10 0C8 -18 18 -28 28 -20C31 -12 30 -6 28 0zM-6 0L-4 -14L-1 0z', p.ink, 0.18),
    fill(
      canvas,
      'M-14 -74C4 -80 18 -70 16 -54C14 -44 4 -42 -6 -44C-14 -45 -30 -44 -34 -50C-36 -56 -28 -59 -23 -61C-22 -68 -20 -72 -14 -74z',
      fur,
    ),
    fill(canvas, 'M2 -75C14 -78 24 -64 22 -46C14 -44 8 -54 2 -75z', dark),
    fill(canvas, ellipse(-32, -55, 4.4, 3.4), p.ink),
    fill(canvas, circle(-13, -63, 2.2), p.ink),
    line('M-30 -49q8 3 14 -1', p.ink, 1.2),
    line('M-11 -43Q0 -36 12 -44', p.accent, 4.6),
    tint(circle(-2, -36, 3), p.second, 1),
  ].join('')
}

/** 84 tall, 120 wide: it walks. */
export function bear(canvas: Canvas): string {
  const { palette: p } = canvas
  const fur = coat(canvas, '#7a4d33')
  const dark = darker(fur, 0.28)
  return [
    fill(canvas, 'M-34 0L-30 -34H-14L-18 0zM28 0L24 -34H42L42 0z', dark),
    fill(
      canvas,
      'M-62 -48C-66 -70 -40 -78 -18 -74C10 -84 46 -78 54 -48C58 -30 56 -14 56 0H36C38 -14 34 -24 26 -26C6 -20 -8 -20 -22 -24C-26 -14 -26 -6 -26 0H-48C-46 -16 -50 -28 -54 -34z',
      fur,
    ),
    fill(canvas, circle(-60, -72, 7) + circle(-40, -76, 7), fur),
    fill(canvas, circle(-60, -72, 3.4) + circle(-40, -76, 3.4), dark),
    fill(
      canvas,
      'M-52 -76C-38 -76 -32 -64 -34 -54C-38 -42 -54 -36 -66 -38C-76 -40 -78 -48 -72 -54C-68 -58 -68 -62 -66 -68C-64 -74 -58 -76 -52 -76z',
      fur,
    ),
    fill(
      canvas,
      'M-78 -48C-78 -54 -70 -58 -62 -54C-56 -50 -58 -40 -66 -38C-74 -38 -78 -42 -78 -48z',
      lighter(fur, 0.3),
    ),
    fill(canvas, ellipse(-75, -50, 4, 3), p.ink),
    fill(canvas, circle(-58, -61, 2), p.ink),
    tint('M-18 -74C10 -84 46 -78 54 -48C30 -66 6 -66 -18 -74z', p.sun, 0.16),
  ].join('')
}

/** 74 tall: it sits upright. */
export function rabbit(canvas: Canvas): string {
  const { palette: p } = canvas
  const fur = coat(canvas, '#b99a7c')
  const pink = mix(natural(canvas, '#e79a8c'), fur, 0.3)
  return [
    fill(canvas, circle(25, -8, 7), p.paper),
    fill(canvas, 'M-8 -36C-18 -22 -18 -8 -14 0H24C32 -14 22 -34 6 -40z', fur),
    fill(
      canvas,
      'M-12 -50C-22 -68 -18 -84 -12 -86C-6 -82 -4 -66 -5 -52zM0 -52C0 -70 8 -82 15 -82C18 -74 12 -60 6 -50z',
      fur,
    ),
    fill(
      canvas,
      'M-12 -56C-16 -68 -14 -78 -12 -80C-9 -76 -8 -66 -9 -56zM3 -56C5 -68 10 -75 13 -76C14 -70 10 -62 6 -55z',
      pink,
    ),
    fill(
      canvas,
      'M-4 -56C8 -56 14 -48 12 -40C8 -32 -4 -31 -12 -33C-20 -35 -22 -42 -17 -46C-14 -50 -12 -56 -4 -56z',
      fur,
    ),
    fill(canvas, 'M-20 -38C-18 -34 -10 -32 -4 -33C-6 -38 -14 -40 -20 -38z', lighter(fur, 0.5)),
    fill(canvas, circle(-6, -46, 2.4), p.ink),
    fill(canvas, ellipse(-19.5, -42, 2, 1.6), pink),
    tint('M6 0C6 -14 16 -20 24 -14C28 -8 26 -2 24 0zM-12 0C-12 -5 -4 -6 -2 0z', p.ink, 0.16),
  ].join('')
}
