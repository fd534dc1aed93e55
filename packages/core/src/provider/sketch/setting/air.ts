import type { Brief } from '../brief.ts'
import type { Canvas } from '../canvas.ts'
import { lighter, mix } from '../colour.ts'
import { times, tint } from '../shape.ts'
import { cloud, planSky, sky } from '../sky.ts'
import { hills, land } from '../terrain.ts'
import { grove } from './meadow.ts'
import type { Stage } from './stage.ts'

/** High above the land, among clouds. */
export function air(canvas: Canvas, brief: Brief): Stage {
  const { random, palette: p, width, height } = canvas
  const plan = planSky(canvas, brief, height * 0.8)
  const x = width * random.pick(0.36, 0.5, 0.64)
  const far = hills(random, { base: height * 0.83, swing: 44, length: 900 })
  const near = hills(random, { base: height * 0.92, swing: 30, length: 1200 })
  const tall = Math.min(height * 0.62, width * 0.72)
  const drift = (share: number, opacity: number): string =>
    times(2 + width / 900, () =>
      tint(
        cloud(
          canvas,
          [random.between(0, 1) * width, height * (share + random.between(-0.08, 0.08))],
          random.between(0.9, 1.5),
        ),
        mix(p.paper, p.glow, 0.3),
        opacity,
      ),
    ).join('')
  return {
    behind: [
      sky(canvas, brief, plan),
      drift(0.6, p.isLit ? 0.25 : 0.6),
      land(canvas, { edge: far, colour: mix(p.far, p.glow, 0.2), bloom: p.glow }),
      grove(canvas, brief, { edge: far, size: [24, 46], colour: p.middle, count: 16 }),
      land(canvas, { edge: near, colour: p.middle, bloom: lighter(p.middle, 0.4) }),
      grove(canvas, brief, { edge: near, size: [40, 70], colour: p.near, count: 12 }),
    ].join(''),
    before: drift(0.78, p.isLit ? 0.3 : 0.7),
    hero: { x, y: height * 0.74, width: width * 0.66, height: tall },
    sides: [0.28, -0.28, 0.38].map((shift, at) => ({
      x: x + shift * width,
      y: height * (0.36 + at * 0.12),
      width: width * 0.16,
      height: tall * 0.3,
    })),
    guests: ['balloon', 'kite', 'plane'],
  }
}
