import { modelOf } from './models.ts'
import type { TokenRule } from './tokens.ts'

/** Micro-dollars a token, which is the published number of dollars a million tokens. */
interface Rates {
  readonly textInput: number
  readonly imageInput: number
  readonly textOutput: number
  readonly imageOutput: number
}

export interface Tariff {
  readonly rates: Rates
  /** Absent where OpenAI publishes none. */
  readonly tokens?: TokenRule
  /** Micro-dollars by quality, then size, of the published price list where it outranks the tokens. */
  readonly listed?: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** `rough` where part of the bill has no published bound. */
  readonly basis: 'upper-bound' | 'rough'
}

const currentRates: Rates = { textInput: 5, imageInput: 8, textOutput: 30, imageOutput: 30 }
const formerRates: Rates = { textInput: 5, imageInput: 8, textOutput: 10, imageOutput: 32 }
const miniRates: Rates = { textInput: 2, imageInput: 2.5, textOutput: 8, imageOutput: 8 }

const gptImage2: Tariff = {
  rates: currentRates,
  tokens: {
    kind: 'formula',
    factors: new Map([
      ['low', 16],
      ['medium', 48],
      ['high', 96],
    ]),
  },
  basis: 'upper-bound',
}

const gptImage25: Tariff = {
  rates: currentRates,
  tokens: {
    kind: 'formula',
    factors: new Map([
      ['low', 16],
      ['medium', 24],
      ['high', 48],
      ['xhigh', 64],
      ['max', 96],
    ]),
  },
  basis: 'upper-bound',
}

const gptImage26: Tariff = { rates: currentRates, basis: 'rough' }

const gptImage15: Tariff = {
  rates: formerRates,
  tokens: {
    kind: 'table',
    tokens: new Map([
      ['low', bySize([272, 400, 408])],
      ['medium', bySize([1056, 1568, 1584])],
      ['high', bySize([4160, 6208, 6240])],
    ]),
  },
  // It bills text output, too, and nobody says how much of it there is.
  basis: 'rough',
}

const gptImageMini: Tariff = {
  rates: miniRates,
  listed: new Map([
    ['low', bySize([5000, 6000, 6000])],
    ['medium', bySize([11_000, 15_000, 15_000])],
    ['high', bySize([36_000, 52_000, 52_000])],
  ]),
  basis: 'upper-bound',
}

const tariffs: ReadonlyMap<string, Tariff> = new Map([
  ['gpt-image-2.5-flare-2026-09-08', gptImage25],
  ['gpt-image-2.5-sunburst-2026-09-08', gptImage25],
  ['gpt-image-2.6-flare', gptImage26],
  ['gpt-image-2.6-sunburst', gptImage26],
  ['gpt-image-2-2026-04-21', gptImage2],
  ['gpt-image-1.5-2025-12-16', gptImage15],
  ['chatgpt-image-latest', gptImage15],
  ['gpt-image-1-mini', gptImageMini],
])

/**
 * What OpenAI charges for a model, by id or alias; nothing for a retired or foreign one. Rates, token
 * tables and price list are those of OpenAI's pricing page and image generation guide. The list's
 * figures for gpt-image-1-mini exceed its tokens times its rate at every size and quality, so they
 * bound the bill. chatgpt-image-latest has no table of its own and is taken for a gpt-image-1.5.
 */
export function tariffOf(model: string): Tariff | undefined {
  const id = modelOf(model)?.id
  return id === undefined ? undefined : tariffs.get(id)
}

/** Square, landscape, portrait. */
function bySize(figures: readonly [number, number, number]): ReadonlyMap<string, number> {
  const [square, landscape, portrait] = figures
  return new Map([
    ['1024x1024', square],
    ['1536x1024', landscape],
    ['1024x1536', portrait],
  ])
}
