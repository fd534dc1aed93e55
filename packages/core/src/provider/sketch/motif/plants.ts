import { coat, natural, place, round } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { box, circle, ellipse, fill, line, times, tint } from '../shape.ts'

/** A daisy-like flower, 100 tall. */
export function bloom(petal: Colour, green: Colour): Draw {
  return (canvas) => {
    const { palette: p, random } = canvas
    const count = random.pick(7, 9, 11)
    const petals = times(
      count,
      (at) =>
        `<g transform="translate(0 -82) rotate(${round((360 / count) * at)})">${fill(canvas, 'M0 0C-9 -8 -6 -20 0 -21C6 -20 9 -8 0 0z', petal)}</g>`,
    )
    const heart = petal === p.second ? mix(p.ink, natural(canvas, '#7a4d33'), 0.5) : p.second
    return (
      stalk(canvas, green) +
      petals.join('') +
      fill(canvas, circle(0, -82, 6.5), heart) +
      tint(circle(1.5, -80.5, 4), p.ink, 0.16)
    )
  }
}

/** A tulip, 100 tall. */
export function tulip(petal: Colour, green: Colour): Draw {
  return (canvas) =>
    [
      stalk(canvas, green),
      fill(
        canvas,
        'M-13 -96C-4 -92 4 -92 13 -96C18 -80 12 -70 0 -70C-12 -70 -18 -80 -13 -96z',
        darker(petal, 0.16),
      ),
      fill(canvas, 'M0 -100C9 -90 9 -76 0 -70C-9 -76 -9 -90 0 -100z', petal),
      tint('M-13 -96C-8 -88 -8 -76 0 -70C-12 -70 -18 -80 -13 -96z', lighter(petal, 0.4), 0.5),
    ].join('')
}

/** A poppy, 100 tall. */
export function poppy(petal: Colour, green: Colour): Draw {
  return (canvas) =>
    [
      stalk(canvas, green),
      fill(canvas, ellipse(0, -90, 17, 11), darker(petal, 0.18)),
      fill(
        canvas,
        'M-20 -88C-20 -70 -6 -66 0 -70C6 -66 20 -70 20 -88C12 -80 6 -84 0 -80C-6 -84 -12 -80 -20 -88z',
        petal,
      ),
      fill(canvas, ellipse(0, -87, 6, 4), canvas.palette.ink),
    ].join('')
}

/** A feathered leaf, 100 tall. */
export function fern(green: Colour): Draw {
  return (canvas) => {
    const leaves = times(16, (at) => {
      const y = -14 - Math.floor(at / 2) * 10.5
      const reach = (26 - Math.floor(at / 2) * 2.4) * (at % 2 === 0 ? 1 : -1)
      return `M0 ${round(y)}C${round(reach * 0.3)} ${round(y - 14)} ${round(reach * 0.8)} ${round(y - 14)} ${round(reach)} ${round(y - 11)}C${round(reach * 0.8)} ${round(y - 2)} ${round(reach * 0.3)} ${round(y + 1)} 0 ${round(y)}z`
    })
    return (
      line('M0 0V-94', green, 2.4) +
      fill(canvas, leaves.join(''), green) +
      fill(canvas, 'M0 -86C5 -92 4 -100 0 -106C-4 -100 -5 -92 0 -86z', green)
    )
  }
}

/** 110 tall: one flower as large as a portrait. */
export function flower(canvas: Canvas): string {
  const { palette: p } = canvas
  const petal = coat(canvas, '#e0563c')
  const green = mix(p.near, p.middle, 0.3)
  const ring = (count: number, reach: number, colour: Colour, shift: number): string =>
    times(
      count,
      (at) =>
        `<g transform="translate(0 -82) rotate(${round((360 / count) * at + shift)}) scale(${reach})">${fill(canvas, 'M0 0C-11 -10 -10 -26 0 -30C10 -26 11 -10 0 0z', colour)}</g>`,
    ).join('')
  return [
    fill(canvas, 'M-1.8 0Q2 -40 -1 -80H1.8Q5 -40 2 0z', green),
    fill(
      canvas,
      'M1 -18C20 -20 34 -34 38 -50C20 -48 4 -38 1 -18zM0 -8C-18 -8 -34 -22 -40 -40C-20 -38 -4 -28 0 -8z',
      green,
    ),
    line('M1 -18Q16 -30 30 -44M0 -8Q-16 -20 -30 -34', lighter(green, 0.3), 1),
    ring(9, 1.12, darker(petal, 0.2), 0),
    ring(9, 0.9, petal, 20),
    ring(7, 0.58, lighter(petal, 0.25), 8),
    fill(canvas, circle(0, -82, 8), p.second),
    tint(
      times(8, (at) => circle(Math.cos(at * 0.785) * 5, -82 + Math.sin(at * 0.785) * 5, 1.1)).join(
        '',
      ),
      p.ink,
      0.6,
    ),
  ].join('')
}

/** 110 tall: a spray of broad leaves. */
export function leaf(canvas: Canvas): string {
  const green = coat(canvas, '#4f8f5b')
  const one: Draw = (inner) =>
    fill(inner, 'M0 0C-22 -22 -20 -58 0 -80C20 -58 22 -22 0 0z', green) +
    tint('M0 0C22 -22 20 -58 0 -80z', canvas.palette.ink, 0.14) +
    line('M0 6V-74M0 -20L10 -34M0 -20L-10 -34M0 -38L9 -50M0 -38L-9 -50', lighter(green, 0.4), 1)
  return [
    [-52, 0.72],
    [52, 0.72],
    [-27, 0.96],
    [27, 0.96],
    [0, 1.3],
  ]
    .map(([turn = 0, scale = 1]) => place(canvas, one, { x: 0, y: -4, scale, turn }))
    .join('')
}

/** 84 tall: a large cap with two small ones. */
export function mushroom(canvas: Canvas): string {
  const { palette: p } = canvas
  const cap = coat(canvas, '#cf4634')
  const stem = mix(p.paper, natural(canvas, '#e6d2b0'), 0.4)
  const one: Draw = (inner) =>
    [
      fill(inner, 'M-8 0C-10 -18 -7 -32 -6 -42H7C7 -32 11 -18 10 0z', stem),
      tint('M2 -42H7C7 -32 11 -18 10 0H4C5 -18 3 -32 2 -42z', p.ink, 0.14),
      fill(inner, 'M-32 -42Q0 -34 33 -42Q0 -28 -32 -42z', darker(stem, 0.2)),
      fill(inner, 'M-36 -42C-34 -70 -14 -84 0 -84C16 -84 36 -70 37 -42Q0 -50 -36 -42z', cap),
      tint('M0 -84C16 -84 36 -70 37 -42Q28 -45 18 -45.5C20 -62 12 -76 0 -84z', p.ink, 0.14),
      fill(
        inner,
        ellipse(-12, -66, 6, 5) +
          ellipse(8, -72, 5, 4) +
          ellipse(18, -56, 6, 5) +
          ellipse(-24, -52, 4, 3.5) +
          ellipse(-1, -54, 4, 3.5),
        p.paper,
      ),
    ].join('')
  return (
    place(canvas, one, { x: -34, y: 1, scale: 0.42, turn: -8 }) +
    place(canvas, one, { x: 0, y: 0, scale: 1 }) +
    place(canvas, one, { x: 38, y: 2, scale: 0.54, turn: 7 })
  )
}

/** 100 tall. */
export function cactus(canvas: Canvas): string {
  const { palette: p } = canvas
  const skin = coat(canvas, '#4d8a61')
  const body =
    'M-9 0V-86a9 9 0 0 1 18 0V-40H18V-62a6.5 6.5 0 0 1 13 0V-34q0 8 -8 8H9V0zM-9 -28H-22q-9 0 -9 -9V-56a6.5 6.5 0 0 1 13 0V-42H-9z'
  return [
    fill(canvas, body, skin),
    tint(
      'M3 -94a9 9 0 0 1 6 8V0H3zM24 -68a6.5 6.5 0 0 1 7 6V-34q0 8 -8 8H9v-4H20q4 0 4 -6z',
      p.ink,
      0.16,
    ),
    line('M-3 -6V-84M-26 -40V-56M24 -40V-60', lighter(skin, 0.35), 0.9),
    fill(canvas, `${circle(0, -96, 4)}${circle(-24, -63, 3)}`, p.accent),
    fill(canvas, circle(0, -96, 1.7), p.second),
  ].join('')
}

/** 92 tall, in a pot. */
export function houseplant(canvas: Canvas): string {
  const { palette: p } = canvas
  const green = mix(natural(canvas, '#3f7d56'), p.near, 0.25)
  const pot = coat(canvas, '#c9683f')
  const one: Draw = (inner) =>
    fill(inner, 'M0 0C-13 -14 -12 -40 0 -56C12 -40 13 -14 0 0z', green) +
    line('M0 4V-50', lighter(green, 0.35), 1)
  const leaves = [
    [-62, 0.8],
    [60, 0.8],
    [-34, 1],
    [32, 1.05],
    [0, 1.15],
  ].map(([turn = 0, scale = 1]) => place(canvas, one, { x: 0, y: -28, scale, turn }))
  return [
    ...leaves,
    fill(canvas, 'M-17 -30H17L13 0H-13z', pot),
    fill(canvas, box(-19, -34, 38, 7), lighter(pot, 0.12)),
    tint('M5 -27H17L13 0H4z', p.ink, 0.15),
  ].join('')
}

function stalk(canvas: Canvas, green: Colour): string {
  return (
    line('M0 0Q4 -40 0 -78', green, 2.2) +
    fill(
      canvas,
      'M1 -20C14 -24 20 -36 20 -48C8 -44 2 -34 1 -20zM2 -34C-10 -38 -16 -50 -16 -60C-4 -56 2 -48 2 -34z',
      green,
    )
  )
}
