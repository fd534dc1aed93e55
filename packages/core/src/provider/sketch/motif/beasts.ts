import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** 120 tall with its antlers. */
export function deer(canvas: Canvas): string {
  const { palette: p } = canvas
  const fur = coat(canvas, '#b0703f')
  const dark = darker(fur, 0.3)
  return [
    fill(canvas, 'M-24 0L-21 -40H-14L-19 0zM22 0L18 -40H27L27 0z', dark),
    fill(
      canvas,
      'M-36 -80C-34 -66 -34 -52 -26 -42L-31 0H-25L-17 -36C-4 -32 10 -32 20 -36L31 0H36L33 -44C38 -54 34 -64 26 -66C10 -70 -6 -66 -16 -70C-20 -76 -22 -82 -22 -88z',
      fur,
    ),
    fill(canvas, 'M33 -62q8 -2 7 8q-5 2 -8 -1z', p.paper),
    fill(
      canvas,
      'M-20 -92C-22 -84 -28 -80 -36 -78C-44 -76 -52 -78 -52 -82C-50 -86 -42 -88 -38 -94C-34 -99 -22 -100 -20 -92z',
      fur,
    ),
    fill(canvas, 'M-24 -96Q-10 -102 -8 -96Q-14 -90 -22 -92z', fur),
    fill(canvas, ellipse(-51, -81, 2.6, 2), p.ink),
    fill(canvas, circle(-36, -89, 1.6), p.ink),
    line(
      'M-28 -97C-24 -108 -12 -108 -10 -122M-22 -106C-24 -114 -22 -120 -20 -124M-33 -97C-38 -106 -52 -106 -54 -120M-41 -105C-42 -112 -40 -118 -42 -124',
      mix(p.paper, dark, 0.35),
      2.2,
    ),
    tint(
      circle(4, -58, 2) + circle(13, -60, 2) + circle(20, -55, 2) + circle(10, -52, 2),
      p.paper,
      0.7,
    ),
    tint('M-33 -56C-30 -46 -20 -38 -16 -36C-22 -46 -24 -60 -22 -72z', p.paper, 0.35),
  ].join('')
}

/** 96 tall, 110 wide. */
export function horse(canvas: Canvas): string {
  const { palette: p } = canvas
  const coatColour = coat(canvas, '#8a4f35')
  const mane = mix(p.ink, coatColour, 0.2)
  return [
    line('M42 -58C56 -54 52 -34 56 -22', mane, 6),
    fill(canvas, 'M-18 0L-16 -34H-8L-12 0zM26 0L24 -34H32L31 0z', darker(coatColour, 0.3)),
    fill(
      canvas,
      'M-40 -86C-34 -72 -34 -54 -26 -42L-28 0H-21L-16 -32C0 -28 14 -28 26 -32L36 0H43L41 -40C48 -50 46 -62 34 -64C16 -68 2 -62 -8 -66C-14 -74 -18 -82 -24 -92z',
      coatColour,
    ),
    fill(
      canvas,
      'M-26 -96C-22 -88 -26 -82 -34 -80C-42 -74 -50 -66 -56 -68C-60 -72 -54 -80 -48 -86C-44 -94 -38 -100 -26 -96z',
      coatColour,
    ),
    fill(canvas, 'M-33 -98L-30 -108L-25 -97z', coatColour),
    fill(
      canvas,
      'M-28 -100C-12 -94 -10 -78 -2 -66C-8 -62 -16 -66 -20 -76C-24 -84 -26 -92 -36 -97z',
      mane,
    ),
    fill(canvas, circle(-40, -87, 1.7), p.ink),
    tint('M-59 -70q5 5 10 0q-4 -4 -8 -4z', p.paper, 0.4),
  ].join('')
}

/** 100 tall, 130 wide. */
export function elephant(canvas: Canvas): string {
  const { palette: p } = canvas
  const hide = coat(canvas, '#8b95a1')
  const dark = darker(hide, 0.22)
  return [
    line('M56 -60Q64 -50 62 -36', dark, 3),
    fill(canvas, 'M-12 0V-36H6V0zM32 0V-36H50V0z', dark),
    fill(
      canvas,
      'M-24 -86C10 -98 54 -90 58 -56C60 -36 58 -18 58 0H40V-26C24 -20 6 -20 -4 -26V0H-24V-40z',
      hide,
    ),
    fill(
      canvas,
      'M-14 -88C-26 -104 -54 -98 -60 -78C-64 -60 -62 -40 -66 -22C-68 -14 -76 -12 -80 -18L-85 -14C-80 0 -62 0 -56 -14C-52 -26 -50 -36 -46 -42C-30 -40 -12 -54 -14 -88z',
      hide,
    ),
    fill(
      canvas,
      'M-30 -92C-12 -96 2 -82 0 -62C-2 -46 -14 -44 -22 -54C-28 -64 -34 -82 -30 -92z',
      dark,
    ),
    tint(
      'M-26 -86C-14 -88 -6 -78 -7 -64C-8 -54 -14 -52 -19 -58C-24 -66 -29 -78 -26 -86z',
      natural(canvas, '#d8a39a'),
      0.45,
    ),
    fill(canvas, 'M-52 -44C-58 -40 -66 -42 -70 -48C-66 -38 -58 -32 -50 -36z', p.paper),
    fill(canvas, circle(-47, -74, 2.2), p.ink),
  ].join('')
}

/** 58 tall, 74 wide. */
export function sheep(canvas: Canvas): string {
  const { palette: p } = canvas
  const wool = coat(canvas, '#f6efe2')
  const dark = mix(p.ink, natural(canvas, '#5a4a42'), 0.4)
  const curls = times(11, (at) => {
    const angle = (at / 11) * 6.283
    return circle(6 + Math.cos(angle) * 25, -32 + Math.sin(angle) * 14, 11)
  })
  return [
    line('M-10 0V-16M-2 0V-16M16 0V-16M24 0V-16', dark, 4),
    fill(canvas, `${curls.join('')}${ellipse(6, -32, 27, 17)}`, wool),
    tint('M-14 -24a27 17 0 0 0 46 0q-24 10 -46 0z', p.ink, 0.1),
    fill(
      canvas,
      'M-18 -50C-10 -48 -12 -32 -18 -26C-24 -22 -32 -26 -32 -34C-32 -44 -26 -52 -18 -50z',
      dark,
    ),
    fill(canvas, 'M-14 -48q10 -4 12 4q-6 4 -12 0z', dark),
    fill(canvas, `${circle(-20, -50, 6)}${circle(-14, -52, 6)}`, wool),
    fill(canvas, circle(-25, -40, 1.7), p.paper),
  ].join('')
}

/** 110 tall, 140 wide. */
export function dragon(canvas: Canvas): string {
  const { palette: p } = canvas
  const scale = coat(canvas, '#3f8f6b')
  const belly = mix(p.second, p.paper, 0.3)
  return [
    fill(
      canvas,
      'M6 -62C14 -96 40 -112 70 -108C60 -100 62 -92 66 -84C56 -86 52 -80 52 -70C44 -76 36 -72 34 -62C28 -66 22 -62 20 -54z',
      p.accent,
    ),
    line('M8 -62L66 -106M14 -60L64 -85M20 -58L51 -71', darker(p.accent, 0.3), 1.2),
    fill(
      canvas,
      'M-16 -46C-6 -66 26 -62 36 -40C44 -22 58 -12 78 -18C66 0 40 4 26 -6C24 -2 24 0 24 0H8L10 -14H-4L-6 0H-20C-20 -16 -22 -30 -16 -46z',
      scale,
    ),
    fill(canvas, 'M78 -18L92 -28L88 -10z', p.accent),
    fill(
      canvas,
      'M-20 -34C-22 -50 -20 -64 -24 -74C-28 -80 -38 -76 -48 -76C-58 -76 -64 -82 -60 -88C-52 -92 -44 -98 -34 -100C-14 -104 -2 -90 -2 -70C-2 -56 -4 -48 -2 -40z',
      scale,
    ),
    fill(canvas, 'M-18 -6C-20 -24 -18 -44 -16 -60C-10 -44 -10 -24 -8 -6z', belly),
    fill(
      canvas,
      'M-30 -100L-22 -114L-20 -99zM-20 -98L-8 -108L-11 -92zM-5 -84L6 -88L-1 -74zM-2 -66L10 -66L0 -56z',
      p.second,
    ),
    fill(canvas, circle(-33, -89, 3.4), p.second),
    fill(canvas, circle(-34, -89, 1.5), p.ink),
    tint(circle(-57, -84, 1.3), p.ink, 0.8),
    line('M-58 -79Q-46 -80 -38 -84', darker(scale, 0.4), 1.2),
    tint(
      `${circle(-72, -86, 4)}${circle(-82, -92, 6)}${circle(-95, -96, 8)}`,
      lighter(p.glow, 0.4),
      0.6,
    ),
  ].join('')
}
