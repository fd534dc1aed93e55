import type { Brief } from '../brief.ts'
import { round } from '../canvas.ts'
import type { Canvas } from '../canvas.ts'
import { mix } from '../colour.ts'
import { box, circle, fill, times, tint, trace } from '../shape.ts'
import { planSky, sky } from '../sky.ts'
import { fronts } from './fronts.ts'
import type { Stage } from './stage.ts'

/** A row of narrow house fronts along a pavement. */
export function street(canvas: Canvas, brief: Brief): Stage {
  const { random, width, height } = canvas
  const kerb = height * 0.8
  const plan = planSky(canvas, brief, kerb * 0.8)
  const x = width * random.pick(0.36, 0.5, 0.62)
  const tall = Math.min(height * 0.36, width * 0.46)
  const behind = [
    sky(canvas, brief, plan),
    fronts(canvas, kerb),
    ground(canvas, kerb),
    brief.weather === 'rain' ? puddles(canvas, kerb) : '',
  ]
  return {
    behind: behind.join(''),
    before: streetLamp(canvas, x > width / 2 ? width * 0.16 : width * 0.86, height * 0.94),
    hero: { x, y: height * 0.93, width: width * 0.5, height: tall },
    sides: [0.24, -0.22, 0.32].map((shift) => ({
      x: x + shift * width,
      y: height * 0.92,
      width: width * 0.2,
      height: tall * 0.7,
    })),
    guests: ['bicycle', 'cat', 'figure', 'van'],
  }
}

function ground(canvas: Canvas, kerb: number): string {
  const { palette: p, width, height, random } = canvas
  const stones = times((width / 22) * canvas.detail, () => {
    const y = random.between(kerb + 70, height)
    return `M${round(random.between(0, width))} ${round(y)}h${round(random.between(24, 70))}`
  })
  return [
    fill(canvas, box(-10, kerb, width + 20, height - kerb + 20), mix(p.near, p.far, 0.28)),
    fill(canvas, box(-10, kerb, width + 20, 46), mix(p.far, p.glow, 0.35)),
    tint(box(-10, kerb + 46, width + 20, 10), p.ink, 0.4),
    trace(stones.join(''), p.ink, { width: 4, opacity: 0.22 }),
  ].join('')
}

function puddles(canvas: Canvas, kerb: number): string {
  const { random, palette: p, width, height } = canvas
  const pools = times(width / 90, () => {
    const [x, y, reach] = [
      random.between(0, width),
      random.between(kerb + 70, height),
      random.between(40, 150),
    ]
    return `M${round(x - reach)} ${round(y)}a${round(reach)} 11 0 1 0 ${round(2 * reach)} 0a${round(reach)} 11 0 1 0 ${round(-2 * reach)} 0z`
  })
  return tint(pools.join(''), p.isLit ? mix(p.window, p.sky, 0.45) : p.glow, 0.42)
}

function streetLamp(canvas: Canvas, x: number, y: number): string {
  const { palette: p } = canvas
  const shift = `translate(${round(x)} ${round(y)})`
  const halo = p.isLit
    ? [150, 96, 56].map((reach) => tint(circle(0, -430, reach), p.window, 0.14)).join('')
    : ''
  const pole = fill(
    canvas,
    'M-7 0L-4 -390H4L7 0zM-20 4V-14H20V4zM-10 -96H10V-108H-10zM-26 -396H26L18 -388H-18zM-24 -466H24L0 -492z',
    p.ink,
  )
  return `<g transform="${shift}">${halo}${pole}${fill(canvas, 'M-20 -396L-26 -464H26L20 -396z', p.isLit ? p.window : mix(p.paper, p.sky, 0.3))}</g>`
}
