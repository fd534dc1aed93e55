import type { PriceRow, Rates } from './price-row.ts'
import type { TokenRule } from './tokens.ts'

const asOf = '2026-11-22'
const calculator = 'OpenAI pricing page and image token calculator'
const guide = 'OpenAI pricing page and image generation guide'

const currentRates: Rates = {
  textInput: 5,
  imageInput: 8,
  cachedTextInput: 1.25,
  cachedImageInput: 2,
  imageOutput: 30,
}
const formerRates: Rates = { ...currentRates, textOutput: 10, imageOutput: 32 }
const formerBatchRates: Rates = {
  textInput: 2.5,
  imageInput: 4,
  cachedTextInput: 0.63,
  cachedImageInput: 1,
  textOutput: 5,
  imageOutput: 16,
}

const twoTokens = formula([
  ['low', 16],
  ['medium', 48],
  ['high', 96],
])

const twoFiveTokens = formula([
  ['low', 16],
  ['medium', 24],
  ['high', 48],
  ['xhigh', 64],
  ['max', 96],
])

const formerTokens: TokenRule = {
  kind: 'table',
  tokens: new Map([
    ['low', bySize([272, 400, 408])],
    ['medium', bySize([1056, 1568, 1584])],
    ['high', bySize([4160, 6208, 6240])],
  ]),
}

const twoFive = {
  rates: currentRates,
  tokens: twoFiveTokens,
  basis: 'upper-bound',
  source: calculator,
  asOf,
  confidence: 'high',
  unverified: 'a batch price: the table of October 2026 does not list the model',
} as const

const noTable =
  'tokens of a picture, GIF and SVG, and a batch price: nothing is published, one third party measured 664 for 1536x1024 low'

/** It bills text output, too, and nobody says how much of it there is. */
const oneFive = {
  rates: formerRates,
  batchRates: formerBatchRates,
  tokens: formerTokens,
  basis: 'rough',
  source: guide,
  asOf,
} as const

/**
 * What OpenAI charges: rates, batch rates, token tables and price list of its pricing page and image
 * generation guide. The models without rates, DALL·E, are retired; compatible servers may serve them.
 */
export const priceRows: readonly PriceRow[] = [
  {
    model: 'gpt-image-2-2026-04-21',
    rates: currentRates,
    batchRates: {
      textInput: 2.5,
      imageInput: 4,
      cachedTextInput: 0.625,
      cachedImageInput: 1,
      imageOutput: 15,
    },
    tokens: twoTokens,
    basis: 'upper-bound',
    source: calculator,
    asOf,
    confidence: 'high',
  },
  { ...twoFive, model: 'gpt-image-2.5-flare-2026-09-08' },
  { ...twoFive, model: 'gpt-image-2.5-sunburst-2026-09-08' },
  {
    model: 'gpt-image-2.6-sunburst',
    rates: currentRates,
    basis: 'rough',
    source: 'OpenAI model page of gpt-image-2.6-sunburst',
    asOf,
    confidence: 'high',
    unverified: noTable,
  },
  {
    model: 'gpt-image-2.6-flare',
    rates: currentRates,
    basis: 'rough',
    source: 'documents of two resellers, apiyi and apidog',
    asOf,
    confidence: 'medium',
    unverified: `the rates at OpenAI; ${noTable}`,
  },
  { ...oneFive, model: 'gpt-image-1.5-2025-12-16', confidence: 'high' },
  {
    ...oneFive,
    model: 'chatgpt-image-latest',
    confidence: 'medium',
    unverified: 'tokens of a picture: those of gpt-image-1.5 are taken for them',
  },
  {
    model: 'gpt-image-1-mini',
    rates: {
      textInput: 2,
      imageInput: 2.5,
      cachedTextInput: 0.2,
      cachedImageInput: 0.25,
      imageOutput: 8,
    },
    batchRates: {
      textInput: 1,
      imageInput: 1.25,
      cachedTextInput: 0.1,
      cachedImageInput: 0.13,
      imageOutput: 4,
    },
    tokens: formerTokens,
    listed: new Map([
      ['low', bySize([5000, 6000, 6000])],
      ['medium', bySize([11_000, 15_000, 15_000])],
      ['high', bySize([36_000, 52_000, 52_000])],
    ]),
    basis: 'rough',
    source: guide,
    asOf,
    confidence: 'medium',
    unverified:
      'why the listed dollars exceed the tokens by $0.0027 a picture, and whether a batch halves them',
  },
  {
    model: 'gpt-image-1',
    rates: {
      textInput: 5,
      imageInput: 10,
      cachedTextInput: 1.25,
      cachedImageInput: 2.5,
      imageOutput: 40,
    },
    batchRates: {
      textInput: 2.5,
      imageInput: 5,
      cachedTextInput: 0.63,
      cachedImageInput: 1.25,
      imageOutput: 20,
    },
    tokens: formerTokens,
    basis: 'upper-bound',
    source: guide,
    asOf,
    confidence: 'high',
  },
  {
    model: 'dall-e-3',
    listed: new Map([
      ['standard', wideBySize([40_000, 80_000])],
      ['hd', wideBySize([80_000, 120_000])],
    ]),
    basis: 'upper-bound',
    source: 'DALL·E API developer guide, historic',
    asOf: '2026-08-21',
    confidence: 'high',
  },
  {
    model: 'dall-e-2',
    listed: new Map([
      [
        'standard',
        new Map([
          ['256x256', 16_000],
          ['512x512', 18_000],
          ['1024x1024', 20_000],
        ]),
      ],
    ]),
    basis: 'upper-bound',
    source: 'DALL·E API developer guide, historic',
    asOf: '2026-08-21',
    confidence: 'high',
  },
]

function formula(factors: readonly (readonly [string, number])[]): TokenRule {
  return { kind: 'formula', factors: new Map(factors) }
}

/** Square, landscape, portrait. */
function bySize([square, landscape, portrait]: readonly [number, number, number]): ReadonlyMap<
  string,
  number
> {
  return new Map([
    ['1024x1024', square],
    ['1536x1024', landscape],
    ['1024x1536', portrait],
  ])
}

/** Square, and either wide shape. */
function wideBySize([square, wide]: readonly [number, number]): ReadonlyMap<string, number> {
  return new Map([
    ['1024x1024', square],
    ['1792x1024', wide],
    ['1024x1792', wide],
  ])
}
