import type { Brief } from './brief.ts'
import { round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { mix } from './colour.ts'
import { bar, box, dots, fill, gradient, polygon, times, tint, trace } from './shape.ts'
import type { Point } from './shape.ts'

/** What falls or drifts between the viewer and an outdoor scene. */
export function weatherOver(canvas: Canvas, { weather }: Brief): string {
  switch (weather) {
    case 'rain':
      return rain(canvas, 1)
    case 'storm':
      return rain(canvas, 1.5)
    case 'snow':
      return snow(canvas)
    case 'fog':
      return fog(canvas)
    case 'clouds':
    case 'rainbow':
    case 'aurora':
    case undefined:
      return ''
  }
}

/** A stroke of lightning from the clouds to the horizon, behind the land. */
export function lightning(canvas: Canvas, horizon: number): string {
  const { random, palette } = canvas
  const x = canvas.width * random.pick(0.22, 0.3, 0.72, 0.8)
  const [top, step] = [horizon * 0.26, horizon * 0.19]
  const bolt: readonly Point[] = [
    [x, top],
    [x - 34, top + step * 1.6],
    [x - 4, top + step * 1.5],
    [x - 46, top + step * 3.7],
    [x + 34, top + step * 1.15],
    [x + 6, top + step * 1.2],
    [x + 40, top],
  ]
  return tint(bar(x, top, 620, 320), palette.sun, 0.08) + fill(canvas, polygon(bolt), palette.sun)
}

function rain(canvas: Canvas, force: number): string {
  const { random, width, height, palette } = canvas
  const count = ((width * height) / 7000) * force
  const streaks = (length: number): string =>
    times(count / 2, () => {
      const [x, y] = [random.between(0, width + 200), random.between(-60, height)]
      const fall = length * random.between(0.6, 1.2)
      return `M${round(x)} ${round(y)}l${round(-fall * 0.32)} ${round(fall)}`
    }).join('')
  return (
    trace(streaks(46), palette.paper, { width: 2, opacity: 0.42 }) +
    trace(streaks(76), palette.paper, { width: 3, opacity: 0.3 })
  )
}

function snow(canvas: Canvas): string {
  const { random, width, height } = canvas
  const flakes = (share: number): string =>
    dots(
      times(((width * height) / 7000) * share, () => [
        random.between(0, width),
        random.between(0, height),
      ]),
    )
  const white = mix(canvas.palette.paper, '#ffffff', 0.6)
  return [
    trace(flakes(1), white, { width: 5, opacity: 0.75 }),
    trace(flakes(0.45), white, { width: 9, opacity: 0.85 }),
    trace(flakes(0.12), white, { width: 16, opacity: 0.8 }),
  ].join('')
}

function fog(canvas: Canvas): string {
  const { random, width, height, palette } = canvas
  const { definition, paint } = gradient(`${canvas.prefix}fog`, [
    { at: 0, colour: palette.glow, opacity: 0 },
    { at: 0.5, colour: palette.glow, opacity: 0.5 },
    { at: 1, colour: palette.glow, opacity: 0 },
  ])
  const veils = times(4, (at) => {
    const top = height * (0.36 + at * 0.13) + random.between(-20, 20)
    return `<path d="${box(-10, top, width + 20, height * 0.2)}" fill="${paint}"/>`
  })
  const wisps = times(6 * (width / 1400), () =>
    bar(
      random.between(0, width),
      height * random.between(0.45, 0.85),
      random.between(240, 620),
      random.between(12, 26),
    ),
  )
  return definition + veils.join('') + tint(wisps.join(''), palette.paper, 0.3)
}
