import { round } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { Colour } from './colour.ts'
import { box, dots, line, times, trace } from './shape.ts'
import type { Point } from './shape.ts'

/** What the technique leaves over the whole sheet. */
export function textureOver(canvas: Canvas): string {
  const margin = canvas.medium.margin ? bareMargin(canvas) : ''
  switch (canvas.medium.texture) {
    case 'grain':
      return grain(canvas) + margin
    case 'wash':
      return blooms(canvas) + grain(canvas) + margin
    case 'hatch':
      return hatch(canvas) + grain(canvas) + margin
    case 'carve':
      return carve(canvas) + margin
    case 'halftone':
      return halftone(canvas) + margin
    case 'grid':
      return grid(canvas) + margin
    case 'none':
      return margin
  }
}

interface Tile {
  readonly id: string
  readonly size: number
  readonly body: string
}

function tiled(canvas: Canvas, { id, size, body }: Tile): string {
  const name = `${canvas.prefix}${id}`
  const definition = `<pattern id="${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse">${body}</pattern>`
  return `${definition}<path d="${box(0, 0, canvas.width, canvas.height)}" fill="url(#${name})"/>`
}

function grain(canvas: Canvas): string {
  const { random, palette } = canvas
  const size = 460
  const specks = (count: number): string =>
    dots(
      times(count * canvas.detail, (): Point => [
        random.between(2, size - 2),
        random.between(2, size - 2),
      ]),
    )
  const body = [
    trace(specks(900), palette.ink, { width: 1.8, opacity: 0.16 }),
    trace(specks(700), palette.paper, { width: 2, opacity: 0.2 }),
    trace(specks(90), palette.paper, { width: 3.4, opacity: 0.16 }),
  ]
  return tiled(canvas, { id: 'grain', size, body: body.join('') })
}

function blooms(canvas: Canvas): string {
  const { random, width, height, palette } = canvas
  return times(9, (at) => {
    const [x, y, reach] = [
      random.between(0, width),
      random.between(0, height),
      random.between(120, 360),
    ]
    const edge = times(26, (step) => {
      const angle = (step / 26) * 6.2832
      const swing = reach * random.between(0.86, 1.08)
      return `${round(x + Math.cos(angle) * swing)} ${round(y + Math.sin(angle) * swing * 0.7)}`
    })
    const colour = at % 2 === 0 ? palette.paper : palette.sky
    return `<path d="M${edge.join('L')}z" fill="${colour}" fill-opacity=".09" stroke="${colour}" stroke-opacity=".14" stroke-width="5" stroke-linejoin="round"/>`
  }).join('')
}

function hatch(canvas: Canvas): string {
  const { random } = canvas
  const size = 420
  const strokes = (count: number): string =>
    times(count, () => {
      const [x, y, reach] = [
        random.between(0, size),
        random.between(0, size),
        random.between(24, 64),
      ]
      return `M${round(x)} ${round(y)}l${round(reach)} ${round(-reach * 0.8)}`
    }).join('')
  const body =
    trace(strokes(190), '#3e3f46', { width: 1.6, opacity: 0.13 }) +
    trace(strokes(150), '#faf7f0', { width: 2, opacity: 0.24 })
  return tiled(canvas, { id: 'hatch', size, body })
}

function carve(canvas: Canvas): string {
  const { random, medium } = canvas
  const size = 380
  const cuts = times(46, () => {
    const [x, y, reach] = [
      random.between(20, size - 90),
      random.between(10, size - 10),
      random.between(18, 60),
    ]
    return `M${round(x)} ${round(y)}q${round(reach / 2)} ${round(random.between(-7, 7))} ${round(reach)} ${round(random.between(-4, 4))}`
  })
  const chips = times(120, (): Point => [random.between(2, size - 2), random.between(2, size - 2)])
  const body =
    trace(cuts.join(''), medium.lineColour, { width: 2.6, opacity: 0.55 }) +
    trace(dots(chips), medium.lineColour, { width: 2.4, opacity: 0.6 })
  return tiled(canvas, { id: 'carve', size, body })
}

function halftone(canvas: Canvas): string {
  const side = 24
  const points = times(side * side, (at): Point => [
    (at % side) * 18 + (Math.floor(at / side) % 2) * 9 + 4,
    Math.floor(at / side) * 18 + 9,
  ])
  const body = trace(dots(points), canvas.palette.paper, { width: 4.6, opacity: 0.3 })
  return tiled(canvas, { id: 'halftone', size: side * 18, body })
}

function grid(canvas: Canvas): string {
  const { lineColour } = canvas.medium
  const fine = trace(rules(canvas, 25), lineColour, { width: 0.8, opacity: 0.22 })
  const bold = trace(rules(canvas, 100), lineColour, { width: 2, opacity: 0.3 })
  return fine + bold + drawingFrame(canvas, lineColour)
}

function rules({ width, height }: Canvas, gap: number): string {
  const upright = times(width / gap, (at) => `M${at * gap} 0V${round(height)}`)
  const level = times(height / gap, (at) => `M0 ${at * gap}H${round(width)}`)
  return upright.join('') + level.join('')
}

function drawingFrame({ width, height }: Canvas, colour: Colour): string {
  const inner = `M26 26H${round(width - 26)}V${round(height - 26)}H26z`
  const ticks = times(
    width / 100,
    (at) => `M${at * 100} 26v12M${at * 100} ${round(height - 26)}v-12`,
  )
  return `<g opacity=".75">${line(inner + ticks.join(''), colour, 3)}</g>`
}

function bareMargin(canvas: Canvas): string {
  const { random, width, height, palette, medium } = canvas
  const rough =
    medium.texture === 'wash' || medium.texture === 'hatch' || medium.texture === 'carve' ? 5 : 0
  const inset = 42
  const side = (from: Point, to: Point): readonly string[] =>
    times(24, (at) => {
      const share = at / 24
      const swing = random.between(-rough, rough)
      const [x, y] = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
      return `${round(x + (from[0] === to[0] ? swing : 0))} ${round(y + (from[1] === to[1] ? swing : 0))}`
    })
  const [left, top, right, bottom] = [inset, inset, width - inset, height - inset]
  const edge = [
    ...side([left, top], [right, top]),
    ...side([right, top], [right, bottom]),
    ...side([right, bottom], [left, bottom]),
    ...side([left, bottom], [left, top]),
  ]
  return `<path d="${box(-10, -10, width + 20, height + 20)}M${edge.join('L')}z" fill-rule="evenodd" fill="${palette.paper}"/>`
}
