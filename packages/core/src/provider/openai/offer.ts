import type { Usd } from '../../config/config.ts'
import { microUsdOf } from '../../config/usd.ts'
import { ImpromptError } from '../../error.ts'
import type { Estimate, GenerateInput, Model } from '../../ports.ts'
import { defaultModel as ownDefault, modelOf, models as ownModels } from './models.ts'
import { estimate, estimateElsewhere } from './price.ts'
import { publishedPriceOf } from './tariff.ts'

/** What a server sells. */
export interface Offer {
  readonly isOwn: boolean
  readonly models: readonly Model[]
  readonly defaultModel: string
  /** OpenAI's prices, micro-dollars an image, or nothing that is known. */
  readonly price: 'openai' | number | undefined
}

interface Terms {
  readonly models?: readonly (Partial<Model> & { readonly id: string })[]
  readonly defaultModel?: string
  readonly price?: Usd
}

/** Limits of no server; each of them refuses for itself. */
const unknownModel: Omit<Model, 'id'> = {
  aliases: [],
  sizes: {
    kind: 'grid',
    step: 8,
    maxEdge: 4096,
    maxRatio: 8,
    minPixels: 64 * 64,
    maxPixels: 4096 * 4096,
  },
  qualities: [],
  backgrounds: [],
  honours: [],
  maxPromptCodePoints: 32_000,
}

/** Reads what a server offers; OpenAI's dates of retirement bind its own host alone. */
export function offerOf(terms: Terms, isOwn: boolean): Offer {
  const models = isOwn ? ownModels : foreignModels(terms.models)
  const [first] = models
  const fallback = models.some(({ id }) => id === ownDefault) ? ownDefault : first?.id
  const price = isOwn ? 'openai' : priceOf(terms.price)
  return {
    isOwn,
    models: price === 'openai' ? models.map(withPublishedPrice) : models,
    defaultModel: terms.defaultModel ?? fallback ?? ownDefault,
    price,
  }
}

/** What an image of an offer costs; nothing where no price is known, or not the model. */
export function estimateOf(
  { price, isOwn, models }: Offer,
  input: GenerateInput,
  partialImages = 0,
): Estimate | undefined {
  if (price === undefined) return undefined
  if (price === 'openai')
    return isOwn ? estimate(input, { partialImages }) : estimateElsewhere(input, { partialImages })
  if (!models.some(({ id, aliases }) => [id, ...aliases].includes(input.model))) return undefined
  return {
    microUsd: price,
    worstMicroUsd: price,
    basis: 'upper-bound',
    source: 'the configuration',
  }
}

function withPublishedPrice(model: Model): Model {
  const published = publishedPriceOf(model.id)
  return published === undefined ? model : { published, ...model }
}

function foreignModels(listed: Terms['models']): readonly Model[] {
  const named = listed ?? ownModels.map(({ id }) => ({ id }))
  return named.map((model) => {
    const { retiresOn: _, successor: __, ...known } = modelOf(model.id) ?? unknownModel
    return { ...known, ...model }
  })
}

function priceOf(price: Terms['price']): Offer['price'] {
  if (price === undefined || price === 'openai') return price
  const microUsd = microUsdOf(price)
  if (microUsd !== undefined) return microUsd
  const message = `Unexpected \`price\` \`${price}\` of a provider, expected dollars such as \`0.04\`, or \`openai\``
  throw new ImpromptError('CONFIG_INVALID', message)
}
