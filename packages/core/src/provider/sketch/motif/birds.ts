import { coat, natural } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** 76 tall: on a twig with leaves. */
export function bird(canvas: Canvas): string {
  const { palette: p } = canvas
  const plume = coat(canvas, '#3f7aa6')
  const breast =
    canvas.palette.named === undefined ? p.accent : mix(p.paper, canvas.palette.named, 0.2)
  const leaf = mix(p.near, p.middle, 0.3)
  return [
    line('M-70 -6C-30 -14 20 0 74 -14', natural(canvas, '#6b4a35'), 4),
    fill(
      canvas,
      'M-52 -9q-12 -18 -28 -14q6 18 28 14zM46 -6q6 20 24 18q0 -18 -24 -18zM-34 -9q2 18 -14 22q-6 -16 14 -22zM58 -10q4 -18 22 -18q0 16 -22 18z',
      leaf,
    ),
    line('M-4 -10V-20M6 -8V-20', p.ink, 1.6),
    fill(canvas, 'M26 -30L62 -10L54 -4L14 -18z', darker(plume, 0.3)),
    fill(
      canvas,
      'M-18 -70C2 -76 14 -62 18 -50C28 -40 30 -28 22 -20C8 -10 -18 -14 -26 -32C-32 -46 -34 -64 -18 -70z',
      plume,
    ),
    fill(
      canvas,
      'M-29 -50C-16 -48 -6 -38 -4 -16C-16 -16 -24 -24 -27 -34C-29 -40 -30 -46 -29 -50z',
      breast,
    ),
    fill(canvas, 'M0 -50C20 -50 36 -34 38 -20C24 -18 2 -22 -2 -38z', darker(plume, 0.22)),
    line('M6 -40q12 4 22 14M6 -33q10 4 18 10', lighter(plume, 0.35), 1.3),
    fill(canvas, 'M-28 -60L-42 -55L-28 -52z', p.second),
    fill(canvas, circle(-18, -59, 3), p.paper),
    fill(canvas, circle(-18.5, -59, 1.9), p.ink),
  ].join('')
}

/** 120 tall, on one leg. */
export function heron(canvas: Canvas): string {
  const { palette: p } = canvas
  const plume = coat(canvas, '#8fa3b5')
  return [
    line('M4 0V-46M4 -44L18 -30L6 -24', mix(p.second, p.ink, 0.35), 2),
    fill(
      canvas,
      'M-22 -62C-6 -72 20 -66 44 -40C26 -38 0 -38 -14 -46C-20 -50 -24 -56 -22 -62z',
      plume,
    ),
    fill(canvas, 'M-8 -60C14 -62 30 -52 48 -36C30 -32 6 -42 -8 -60z', darker(plume, 0.3)),
    line('M-18 -58C-34 -70 -2 -84 -12 -104', lighter(plume, 0.4), 7),
    fill(
      canvas,
      'M-4 -108C-4 -114 -16 -118 -22 -111L-52 -102L-18 -102C-10 -100 -4 -102 -4 -108z',
      lighter(plume, 0.4),
    ),
    fill(canvas, 'M-21 -110L-54 -102L-19 -104z', p.second),
    fill(canvas, 'M-16 -115Q0 -118 12 -106Q-2 -108 -14 -109z', p.ink),
    fill(canvas, circle(-15, -108, 1.4), p.ink),
    line('M-16 -46l-4 14M-10 -44l-2 14M-5 -42v12', lighter(plume, 0.5), 1.4),
  ].join('')
}

/** 86 tall, on a branch. */
export function owl(canvas: Canvas): string {
  const { palette: p } = canvas
  const plume = coat(canvas, '#8a6240')
  const pale = mix(p.paper, plume, 0.25)
  const flecks = times(12, (at) => {
    const [x, y] = [
      -15 + (at % 4) * 10 + (Math.floor(at / 4) % 2) * 4,
      -40 + Math.floor(at / 4) * 10,
    ]
    return `M${x - 3} ${y}q3 4 6 0`
  })
  return [
    line('M-70 -4C-20 -10 20 2 72 -8', natural(canvas, '#5b3f2e'), 7),
    fill(
      canvas,
      'M52 -6q4 -18 22 -16q0 16 -22 16zM-56 -7q-14 -16 -26 -6q8 14 26 6z',
      mix(p.near, p.middle, 0.3),
    ),
    fill(canvas, 'M-8 -6L-12 14H12L8 -6z', darker(plume, 0.35)),
    fill(
      canvas,
      'M0 -80C26 -80 32 -60 30 -36C28 -14 14 -4 0 -4C-14 -4 -28 -14 -30 -36C-32 -60 -26 -80 0 -80z',
      plume,
    ),
    fill(canvas, 'M-26 -88L-22 -66L-4 -78zM26 -88L22 -66L4 -78z', plume),
    fill(
      canvas,
      'M0 -50C14 -50 18 -36 16 -26C14 -12 6 -7 0 -7C-6 -7 -14 -12 -16 -26C-18 -36 -14 -50 0 -50z',
      pale,
    ),
    line(flecks.join(''), darker(plume, 0.2), 1.6),
    fill(
      canvas,
      'M-28 -54C-38 -40 -34 -20 -20 -10C-18 -26 -20 -42 -28 -54zM28 -54C38 -40 34 -20 20 -10C18 -26 20 -42 28 -54z',
      darker(plume, 0.3),
    ),
    fill(canvas, circle(-11.5, -62, 12.5) + circle(11.5, -62, 12.5), pale),
    fill(canvas, circle(-11, -62, 8) + circle(11, -62, 8), p.second),
    fill(canvas, circle(-11, -62, 4.6) + circle(11, -62, 4.6), p.ink),
    tint(circle(-9, -64, 1.6) + circle(13, -64, 1.6), p.paper, 1),
    fill(canvas, 'M-4 -56H4L0 -46z', p.accent),
    line('M-12 -5v4M-7 -5v4M7 -5v4M12 -5v4', p.second, 2.4),
  ].join('')
}

/** 86 tall. */
export function penguin(canvas: Canvas): string {
  const { palette: p } = canvas
  const coatColour = canvas.palette.named ?? mix(p.ink, natural(canvas, '#33404f'), 0.4)
  return [
    fill(canvas, 'M-16 2q0 -7 9 -7q8 0 8 7zM2 2q0 -7 9 -7q8 0 8 7z', p.second),
    fill(
      canvas,
      'M-24 -50C-36 -40 -40 -24 -36 -14C-30 -20 -24 -28 -22 -36zM26 -50C38 -40 42 -24 38 -14C32 -20 26 -28 24 -36z',
      darker(coatColour, 0.25),
    ),
    fill(
      canvas,
      'M1 -86C20 -86 22 -70 24 -58C30 -40 30 -16 18 -4C10 0 -10 0 -17 -4C-29 -16 -28 -40 -22 -58C-20 -70 -18 -86 1 -86z',
      coatColour,
    ),
    fill(
      canvas,
      'M1 -56C16 -58 20 -44 19 -30C18 -14 12 -5 1 -5C-10 -5 -17 -14 -18 -30C-18 -44 -14 -58 1 -56z',
      p.paper,
    ),
    fill(canvas, ellipse(-6, -68, 7, 8) + ellipse(8, -68, 7, 8), p.paper),
    fill(canvas, circle(-4, -69, 2.2) + circle(6, -69, 2.2), p.ink),
    fill(canvas, 'M-4 -64H6L1 -56z', p.accent),
  ].join('')
}
