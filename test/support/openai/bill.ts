/** What the double charges, worked out apart from the provider that it tests. */

/** One charge, as it would stand on the invoice. */
export interface Bill {
  readonly model: string
  readonly size: string
  readonly quality: string
  readonly prompt: string
  readonly microUsd: number
}

export interface Order {
  readonly model: string
  readonly width: number
  readonly height: number
  readonly quality: string
  readonly prompt: string
  readonly n: number
  /** Pixels of each picture that came along. */
  readonly images?: readonly number[]
  /** Pictures in the making that are shown. */
  readonly partials?: number
  readonly frames?: number
  readonly isVector?: boolean
}

interface Tokens {
  readonly input: number
  readonly imageInput: number
  readonly output: number
}

const factors: Readonly<Record<string, Readonly<Record<string, bigint>>>> = {
  '2': { low: 16n, medium: 48n, high: 96n },
  '2.5': { low: 16n, medium: 24n, high: 48n, xhigh: 64n, max: 96n },
  // Measured at three to four times a 2.5 in the low qualities, alike in the others.
  '2.6': { low: 64n, medium: 96n, high: 48n, xhigh: 64n, max: 96n },
}

const fixed: Readonly<Record<string, readonly [number, number, number]>> = {
  low: [272, 408, 400],
  medium: [1056, 1584, 1568],
  high: [4160, 6240, 6208],
}

export function tokensOf(order: Order): Tokens {
  return {
    input: Math.ceil(Buffer.byteLength(order.prompt) / 4),
    imageInput: (order.images ?? []).reduce((sum, pixels) => sum + shownTokens(pixels), 0),
    output: order.n * (order.frames ?? 1) * drawn(order) + 100 * (order.partials ?? 0),
  }
}

/** As bills of three 1024x1024 pictures and more were measured: 1,536 for each. */
function shownTokens(pixels: number): number {
  return Math.ceil((pixels * 3) / 2048)
}

export function microUsdOf(order: Order): number {
  const { input, imageInput, output } = tokensOf(order)
  const listed = dallE[order.model]?.[order.quality]?.[`${order.width}x${order.height}`]
  if (listed !== undefined) return order.n * listed
  if (order.model === 'gpt-image-1-mini') {
    const column = order.width === order.height ? 0 : 1
    const partials = order.n * 100 * (order.partials ?? 0)
    const picture = mini[order.quality]?.[column] ?? 0
    return input * 2 + imageInput * 2.5 + order.n * picture + partials * 8
  }
  const picture = input * 5 + imageInput * 8 + output * (isFixed(order.model) ? 32 : 30)
  return picture + (order.isVector === true ? authorMicroUsd : 0)
}

/** Micro-dollars a square and a wide picture, as listed. */
const mini: Readonly<Record<string, readonly [number, number]>> = {
  low: [5000, 6000],
  medium: [11_000, 15_000],
  high: [36_000, 52_000],
}

/** What the author of a drawing reads, thinks and writes. */
export const authorUsage = {
  model: 'gpt-6.1-terra',
  input_tokens: 40,
  reasoning_tokens: 30,
  output_tokens: 100,
  total_tokens: 140,
} as const

/** 40 in and 100 out of gpt-6.1-terra, what it thought among them. */
export const authorMicroUsd: number = 40 + 100 * 5

/** Micro-dollars a picture, by model, quality and size. */
const dallE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> =
  {
    'dall-e-2': { standard: { '256x256': 16_000, '512x512': 18_000, '1024x1024': 20_000 } },
    'dall-e-3': {
      standard: { '1024x1024': 40_000, '1792x1024': 80_000, '1024x1792': 80_000 },
      hd: { '1024x1024': 80_000, '1792x1024': 120_000, '1024x1792': 120_000 },
    },
  }

function drawn({ model, width, height, quality }: Order): number {
  if (isFixed(model)) {
    const column = width === height ? 0 : width < height ? 1 : 2
    return fixed[quality]?.[column] ?? 0
  }
  const generation = /^gpt-image-(2(?:\.\d)?)/.exec(model)?.[1] ?? ''
  const factor = factors[generation]?.[quality] ?? 0n
  return Number(drawnTokens(factor, BigInt(width), BigInt(height)))
}

function isFixed(model: string): boolean {
  return !model.startsWith('gpt-image-2')
}

/** In whole numbers throughout, so that no tie is lost to a floating point. */
function drawnTokens(factor: bigint, width: bigint, height: bigint): bigint {
  const [long, short] = width > height ? [width, height] : [height, width]
  const quotient = (factor * short) / long
  const twice = 2n * ((factor * short) % long)
  const up = twice > long || (twice === long && quotient % 2n === 1n)
  const side = up ? quotient + 1n : quotient
  return (factor * side * (2_000_000n + width * height) + 3_999_999n) / 4_000_000n
}
