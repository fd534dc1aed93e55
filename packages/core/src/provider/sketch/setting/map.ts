import type { Brief } from '../brief.ts'
import { place, round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { darker, lighter, mix } from '../colour.ts'
import { compass } from '../motif/instruments.ts'
import { fir } from '../motif/trees.ts'
import { box, circle, fill, line, polygon, times, tint, trace } from '../shape.ts'
import type { Point } from '../shape.ts'
import type { Random } from '../random.ts'
import type { Stage } from './stage.ts'

/** An island chart: contours, firs, peaks, a dashed route and a rose. */
export function map(canvas: Canvas, _brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const sea = p.isLit ? mix(p.sky, p.near, 0.4) : mix(p.sky, p.paper, 0.35)
  const coastline = outline(random)
  const centre: Point = [width * random.between(0.44, 0.54), height * 0.5]
  const reach: Point = [width * 0.36, height * 0.36]
  const ring = (share: number): string =>
    polygon(
      coastline.map(([angle, swing]): Point => [
        centre[0] + Math.cos(angle) * reach[0] * share * swing,
        centre[1] + Math.sin(angle) * reach[1] * share * swing,
      ]),
    )
  const soil = p.isLit ? p.middle : mix(p.paper, p.second, 0.25)
  const shallows = [1.22, 1.13, 1.05].map((share) => tint(ring(share), p.paper, 0.15))
  const heights = [0.78, 0.56, 0.36].map((share, at) =>
    fill(canvas, ring(share), mix(soil, at === 2 ? p.accent : p.middle, 0.2 + at * 0.16)),
  )
  const behind = [
    `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${sea}"/>`,
    graticule(canvas),
    ...shallows,
    fill(canvas, ring(1), soil),
    ...heights,
    trace([0.9, 0.68, 0.46, 0.24].map(ring).join(''), darker(soil, 0.5), {
      width: 2.5,
      opacity: 0.45,
    }),
    woods(canvas, centre, reach),
    route(canvas, centre, reach),
  ]
  const rose = place(canvas, compass, { x: width - 150, y: height - 70, scale: 1.9 })
  return {
    behind: behind.join(''),
    before: rose,
    hero: {
      x: centre[0],
      y: centre[1] + height * 0.14,
      width: width * 0.22,
      height: height * 0.24,
    },
    sides: [],
    guests: [],
  }
}

type Turn = readonly [angle: number, swing: number]

function outline(random: Random): readonly Turn[] {
  const phases = times(4, () => random.between(0, 6.28))
  return times(120, (at): Turn => {
    const angle = (at / 120) * 2 * Math.PI
    const swing = phases.reduce(
      (sum, phase, wave) => sum + Math.sin(angle * (wave + 2) + phase) * (0.13 / (wave + 1)),
      1,
    )
    return [angle, swing]
  })
}

function graticule({ width, height, palette: p }: Canvas): string {
  const lines = [
    ...times(width / 200, (at) => `M${(at + 1) * 200} -10V${round(height + 10)}`),
    ...times(height / 200, (at) => `M-10 ${(at + 1) * 200}H${round(width + 10)}`),
  ]
  return trace(lines.join(''), p.paper, { width: 2.5, opacity: 0.4 })
}

function woods(canvas: Canvas, [x, y]: Point, [across, down]: Point): string {
  const { random, palette: p } = canvas
  const copses = times(
    4,
    () => [x + random.between(-0.62, 0.62) * across, y + random.between(-0.6, 0.6) * down] as const,
  )
  return copses
    .flatMap(([left, high]) =>
      times(6, (): Point => [left + random.between(-60, 60), high + random.between(-34, 34)]),
    )
    .toSorted((a, b) => a[1] - b[1])
    .map(([left, high]) =>
      place(canvas, fir(mix(p.near, p.ink, 0.1)), {
        x: left,
        y: high,
        scale: random.between(0.4, 0.62),
      }),
    )
    .join('')
}

function route(canvas: Canvas, [x, y]: Point, [across, down]: Point): string {
  const { random, palette: p } = canvas
  const at = (share: number, rise: number): string =>
    `${round(x + across * share)} ${round(y + down * rise)}`
  const way = random.pick(-1, 1)
  const curve = `M${at(-1.2 * way, 0.75)}C${at(-0.8 * way, -0.1)} ${at(-0.2 * way, 1)} ${at(0, 0.2)}S${at(0.3 * way, -0.5)} ${at(0.55 * way, -0.32)}`
  const [left, high] = [x + across * 0.55 * way, y - down * 0.32]
  const pin = `M${round(left)} ${round(high)}c-14 -34 -40 -46 -40 -76a40 40 0 0 1 80 0c0 30 -26 42 -40 76z`
  const dashed = `<path d="${curve}" fill="none" stroke="${p.accent}" stroke-width="9" stroke-dasharray="26 18" stroke-linecap="round"/>`
  const cross = line(
    `M${round(x - across * 1.2 * way - 20)} ${round(y + down * 0.75 - 20)}l40 40m0 -40l-40 40`,
    p.accent,
    10,
  )
  return (
    dashed +
    cross +
    fill(canvas, pin, p.accent) +
    tint(circle(left, high - 76, 16), lighter(p.paper, 0.5), 1)
  )
}
