import type { Brief } from '../brief.ts'
import { round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { mix } from '../colour.ts'
import type { Colour } from '../colour.ts'
import { box, circle, fill, line, polygon, times, tint } from '../shape.ts'
import { spray } from '../terrain.ts'
import type { Stage } from './stage.ts'

/** Shapes for their own sake, in one of three orders. */
export function abstract(canvas: Canvas, _brief: Brief): Stage {
  const { random, width, height, palette: p } = canvas
  const ground = p.isLit ? p.near : mix(p.paper, p.glow, 0.5)
  const base = `<path d="${box(-10, -10, width + 20, height + 20)}" fill="${ground}"/>`
  const dust = spray(canvas, {
    edge: () => 0,
    depth: height,
    colour: mix(ground, p.ink, 0.3),
    opacity: 0.2,
    density: 0.5,
  })
  const body = random.pick(tiles, arches, planes)(canvas)
  return {
    behind: base + dust + body,
    before: '',
    hero: {
      x: width / 2,
      y: height * 0.86,
      width: width * 0.5,
      height: Math.min(height, width) * 0.5,
    },
    sides: [],
    guests: [],
  }
}

/** Quarter circles, discs and leaves on a grid. */
export function tiles(canvas: Canvas): string {
  const { random, width, height } = canvas
  const across = Math.round(width / 250)
  const cell = width / across
  const down = Math.ceil(height / cell)
  return times(across * down, (at) => {
    const [x, y] = [(at % across) * cell, Math.floor(at / across) * cell]
    const turn = random.whole(0, 3) * 90
    return `<g transform="translate(${round(x + cell / 2)} ${round(y + cell / 2)}) rotate(${turn})">${tile(canvas, cell / 2)}</g>`
  }).join('')
}

function hue(canvas: Canvas): Colour {
  const { palette: p, random } = canvas
  return random.pick(
    p.accent,
    p.second,
    p.near,
    p.middle,
    p.sky,
    p.far,
    p.ink,
    mix(p.paper, p.glow, 0.3),
    p.glow,
  )
}

function tile(canvas: Canvas, half: number): string {
  const [ground, shape, mark] = [hue(canvas), hue(canvas), hue(canvas)]
  const h = round(half)
  const full = round(half * 2)
  const quarter = `M-${h} -${h}h${full}a${full} ${full} 0 0 1 -${full} ${full}z`
  const inner = `M-${h} -${h}h${h}a${h} ${h} 0 0 1 -${h} ${h}z`
  const leaf = `M-${h} -${h}A${full} ${full} 0 0 1 ${h} ${h}A${full} ${full} 0 0 1 -${h} -${h}z`
  const domes = `M-${h} 0a${h} ${h} 0 0 1 ${full} 0zM-${h} ${h}a${h} ${h} 0 0 1 ${full} 0z`
  const floor = fill(canvas, box(-half - 0.5, -half - 0.5, half * 2 + 1, half * 2 + 1), ground)
  switch (canvas.random.whole(0, 4)) {
    case 0:
      return floor + fill(canvas, quarter, shape) + fill(canvas, inner, mark)
    case 1:
      return (
        floor +
        fill(canvas, circle(0, 0, half * 0.78), shape) +
        fill(canvas, circle(0, 0, half * 0.36), mark)
      )
    case 2:
      return floor + fill(canvas, leaf, shape)
    case 3:
      return floor + fill(canvas, domes, shape)
    default:
      return (
        floor +
        fill(
          canvas,
          polygon([
            [-half, half],
            [half, half],
            [half, -half],
          ]),
          shape,
        ) +
        fill(canvas, circle(-half * 0.4, -half * 0.4, half * 0.3), mark)
      )
  }
}

function arches(canvas: Canvas): string {
  const { random, width, height, palette: p } = canvas
  const colours = [p.accent, p.second, p.near, p.middle, p.far]
  const start = random.whole(0, 4)
  const sun = circle(
    width * random.pick(0.24, 0.74),
    height * 0.27,
    Math.min(width, height) * random.between(0.11, 0.17),
  )
  const groups = times(Math.max(3, width / 420), (at) => {
    const x = (at + 0.5) * (width / Math.max(3, Math.floor(width / 420))) + random.between(-60, 60)
    const foot = height * 1.02
    const reach = random.between(170, 300)
    const rise = foot - height * random.between(0.34, 0.66)
    return times(5, (ring) => {
      const radius = reach * (1 - ring * 0.2)
      const arch = `M${round(x - radius)} ${round(foot)}V${round(foot - rise + (reach - radius) * 0.25 + radius)}a${round(radius)} ${round(radius)} 0 0 1 ${round(radius * 2)} 0V${round(foot)}z`
      return fill(canvas, arch, colours[(start + at + ring) % 5] ?? p.accent)
    }).join('')
  })
  return fill(canvas, sun, p.accent) + groups.join('') + sprigs(canvas)
}

function sprigs(canvas: Canvas): string {
  const { random, width, height, palette: p } = canvas
  return times(2, (side) => {
    const [x, y, tall] = [
      width * (side === 0 ? 0.07 : 0.93),
      height * 1.01,
      height * random.between(0.4, 0.6),
    ]
    const leaves = times(9, (at) => {
      const top = y - tall * (0.2 + at * 0.09)
      const way = at % 2 === 0 ? 1 : -1
      return `M${round(x)} ${round(top)}q${round(way * 26)} -46 ${round(way * 74)} -44q${round(way * -16)} 44 ${round(way * -74)} 44z`
    })
    return (
      line(`M${round(x)} ${round(y)}V${round(y - tall)}`, p.ink, 5) +
      fill(canvas, leaves.join(''), p.ink)
    )
  }).join('')
}

function planes(canvas: Canvas): string {
  const { random, width, height, palette: p } = canvas
  const reach = Math.min(width, height)
  const colours = [p.accent, p.near, p.second, p.middle, p.far, p.ink]
  const discs = times(5 + width / 600, (at) => {
    const [x, y, radius] = [
      random.between(0.12, 0.88) * width,
      random.between(0.15, 0.85) * height,
      reach * random.between(0.08, 0.3),
    ]
    const colour = colours[at % colours.length] ?? p.accent
    const half = `M${round(x - radius)} ${round(y)}a${round(radius)} ${round(radius)} 0 0 1 ${round(radius * 2)} 0z`
    return random.chance(0.5)
      ? fill(canvas, circle(x, y, radius), colour)
      : `<g transform="rotate(${random.whole(0, 7) * 45} ${round(x)} ${round(y)})">${fill(canvas, half, colour)}</g>`
  })
  const sticks = times(6, () => {
    const [x, y] = [random.between(0.05, 0.9) * width, random.between(0.1, 0.9) * height]
    return line(
      `M${round(x)} ${round(y)}l${round(random.between(-0.3, 0.3) * width)} ${round(random.between(-0.4, 0.4) * height)}`,
      p.ink,
      random.pick(4, 4, 12),
    )
  })
  const beads = times(12, (at) =>
    circle(width * 0.1 + (at % 4) * 34, height * 0.78 + Math.floor(at / 4) * 34, 7),
  )
  return discs.join('') + sticks.join('') + tint(beads.join(''), p.ink, 1)
}
