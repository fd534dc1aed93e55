import type { Brief } from '../brief.ts'
import { natural, round } from '../canvas.ts'
import type { Canvas, Draw } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { dots, ellipse, fill, line, times, tint, trace } from '../shape.ts'

/** A fir of three tiers, 100 tall; `snow` lies on it where asked for. */
export function fir(colour: Colour, snow?: Colour): Draw {
  return (canvas) => {
    const outline = 'M0 -100L11 -71H6L17 -44H10L25 -9H3V0H-3V-9H-25L-10 -44H-17L-6 -71H-11z'
    const shade = 'M0 -100L11 -71H6L17 -44H10L25 -9H3L-2 -60z'
    const caps =
      'M0 -100L8 -78L3 -82L0 -77L-4 -83L-8 -78zM-8 -66L-17 -44L-10 -50L-5 -44L0 -52L6 -45L10 -50L17 -44L8 -66zM-12 -36L-24 -10L-15 -19L-8 -11L0 -20L9 -11L15 -19L24 -10L12 -36z'
    return (
      fill(canvas, outline, colour) +
      (snow === undefined ? tint(shade, '#0b0a14', 0.14) : tint(caps, snow, 0.92))
    )
  }
}

/** A round-headed tree, 100 tall. */
export function leafy(colour: Colour): Draw {
  return (canvas) => {
    const { random, palette } = canvas
    const trunk = mix(palette.ink, natural(canvas, '#6b4a35'), 0.6)
    const crown = ellipse(0, -66, random.between(25, 30), random.between(31, 35))
    const marks = times(9, () => {
      const [x, y] = [random.between(-17, 15), random.between(-86, -46)]
      return `M${round(x)} ${round(y)}q3 -3.5 6 0`
    })
    return [
      fill(canvas, 'M-2.6 0L-1.6 -50H1.6L2.6 0z', trunk),
      fill(canvas, crown, colour),
      tint('M8 -98C36 -92 36 -44 6 -34C20 -52 22 -80 8 -98z', '#0b0a14', 0.12),
      line('M0 -28V-62M0 -44L9 -56M0 -50L-8 -60', trunk, 1.5),
      trace(marks.join(''), lighter(colour, 0.45), { width: 1.2, opacity: 0.7 }),
    ].join('')
  }
}

/** A slender tree, 100 tall. */
export function poplar(colour: Colour): Draw {
  return (canvas) =>
    fill(canvas, 'M-1.6 0V-20H1.6V0z', canvas.palette.ink) +
    fill(canvas, 'M0 -100C13 -74 15 -28 0 -11C-15 -28 -13 -74 0 -100z', colour) +
    tint('M0 -100C13 -74 15 -28 0 -11C6 -40 6 -70 0 -100z', '#0b0a14', 0.14)
}

/** A leafless tree, 100 tall. */
export function bare(colour: Colour): Draw {
  return ({ random }) => {
    const limbs: string[] = []
    const grow = (
      from: readonly [number, number],
      angle: number,
      length: number,
      depth: number,
    ): void => {
      const [x, y] = [from[0] + Math.sin(angle) * length, from[1] - Math.cos(angle) * length]
      limbs.push(
        line(
          `M${round(from[0])} ${round(from[1])}L${round(x)} ${round(y)}`,
          colour,
          0.7 + depth * depth * 0.22,
        ),
      )
      if (depth === 0) return
      for (const side of [-1, 1])
        grow(
          [x, y],
          angle + side * random.between(0.25, 0.55),
          length * random.between(0.66, 0.8),
          depth - 1,
        )
    }
    grow([0, 0], random.between(-0.06, 0.06), 32, 4)
    return limbs.join('')
  }
}

/** A palm, 100 tall. */
export function palm(colour: Colour): Draw {
  return (canvas) => {
    const trunk = natural(canvas, '#8a6242')
    const frond = (angle: number, size: number): string =>
      `<g transform="translate(14 -78) rotate(${angle}) scale(${size} 1)">${fill(canvas, 'M0 0C12 -16 32 -14 44 6C30 -3 14 -2 0 0z', colour)}</g>`
    return [
      fill(canvas, 'M-5 0C0 -30 4 -54 12 -79L16 -78C10 -52 6 -28 5 0z', trunk),
      trace('M-2 -12h7M0 -26h7M2 -40h7M6 -54h6', canvas.palette.ink, { width: 1, opacity: 0.35 }),
      ...[-8, 38, 70].map((angle) => frond(angle, 1)),
      ...[8, -38, -70].map((angle) => frond(angle, -1)),
      fill(canvas, ellipse(11, -75, 4, 4) + ellipse(18, -74, 4, 4), darker(trunk, 0.25)),
    ].join('')
  }
}

/** The tree that the season calls for; `colour` is that of the surrounding land. */
export function seasonal(canvas: Canvas, { season }: Brief, colour: Colour): Draw {
  const { random, palette } = canvas
  const leaf = (hue: Colour): Colour => mix(natural(canvas, hue), colour, 0.3)
  switch (season) {
    case 'autumn':
      return leafy(leaf(random.pick('#d9722e', '#e3a33a', '#b8452c', '#c98a2f')))
    case 'winter':
      return random.chance(0.6)
        ? fir(mix(palette.ink, palette.middle, 0.25), palette.paper)
        : bare(palette.ink)
    case 'spring':
      return random.chance(0.6) ? blossoming(leaf('#f2b3c1')) : leafy(leaf('#9cc66a'))
    case 'summer':
    case undefined:
      return random.pick(
        leafy(colour),
        leafy(darker(colour, 0.14)),
        poplar(darker(colour, 0.2)),
        fir(darker(colour, 0.3)),
      )
  }
}

function blossoming(colour: Colour): Draw {
  return (canvas) => {
    const petals = times(
      26,
      () => [canvas.random.between(-25, 25), canvas.random.between(-94, -40)] as const,
    )
    return leafy(colour)(canvas) + trace(dots(petals), '#fff4f2', { width: 3.4, opacity: 0.8 })
  }
}
