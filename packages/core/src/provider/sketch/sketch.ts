import type { Answer, Estimate, GenerateInput, Model, Provider } from '../../ports.ts'
import { drawAnimation, drawSketch, drawVector } from './draw.ts'

/** Draws pictures on this machine, for nothing and without a network; each is marked as a sketch. */
export function sketch(): Provider {
  return {
    id: 'sketch',
    digitalSourceType: 'algorithmicMedia',
    models: [model],
    defaultModel: model.id,
    estimate: () => free,
    connect: () => ({ kind: 'ready', generate: draw }),
  }
}

const model: Model = {
  id: 'sketch-1',
  aliases: [],
  sizes: {
    kind: 'grid',
    step: 1,
    maxEdge: 4096,
    maxRatio: 8,
    minPixels: 1,
    maxPixels: 16_777_216,
  },
  qualities: ['low', 'medium', 'high'],
  backgrounds: ['auto', 'opaque', 'transparent'],
  honours: ['quality', 'background', 'seed', 'animated', 'vector'],
  frames: { min: 2, max: 16 },
  maxPromptCodePoints: 32_000,
}

const free: Estimate = {
  microUsd: 0,
  worstMicroUsd: 0,
  basis: 'exact',
  asOf: '2026-11-23',
  source: 'drawn locally',
}

async function draw(input: GenerateInput, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted()
  const { quality = 'low', background = 'auto' } = input
  if (!model.qualities.includes(quality) || !model.backgrounds.includes(background)) {
    const message = 'A sketch knows no such quality or background; nothing was drawn'
    return { kind: 'refused', scope: 'image', code: 'invalid_value', message }
  }
  return { kind: 'image', bytes: await drawn(input), microUsd: 0 }
}

async function drawn(input: GenerateInput): Promise<Uint8Array> {
  if (input.vector === true) return drawVector(input)
  return input.frames === undefined
    ? drawSketch(input, 'sketch')
    : drawAnimation(input, input.frames)
}
