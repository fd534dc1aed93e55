import type { Settings } from '../config/settings.ts'
import { priceOf } from '../plan/price.ts'
import { type End, endOf } from '../plan/retirement.ts'
import type { Basis, Capability, Entry, Model, Provider, Size, SizeRule } from '../ports.ts'
import type { PublishedPrice } from '../ports.ts'
import { coveringSize, formatSize } from '../size-rule.ts'
import { type Seen, seenOf } from './seen.ts'

/** What a picture costs at one quality, in integer micro-dollars. */
export interface ModelPrice {
  /** Absent for a model that has no qualities. */
  readonly quality?: string
  readonly microUsd: number
  readonly worstMicroUsd: number
  readonly basis: Basis
  /** Whether it is no price, but what the configuration allows a picture to cost at most. */
  readonly isCeiling?: true
  /** Expected in a batch, where that is another price. */
  readonly batchMicroUsd?: number
  /** The day (`YYYY-MM-DD`) on which the price was read; absent where nobody dated it. */
  readonly asOf?: string
  readonly source: string
}

/** One model of a configured provider, as a person chooses by. */
export interface ModelFacts {
  readonly provider: string
  readonly id: string
  readonly aliases: readonly string[]
  /** Whether directives that name no model go to it. */
  readonly isDefault: boolean
  readonly status: 'active' | 'retiring' | 'retired'
  /** `YYYY-MM-DD`. */
  readonly retiresOn?: string
  /** Who named the day: the table of the provider, or its server. */
  readonly retirementBy?: End['by']
  /** Days from today to the retirement; negative after it. */
  readonly daysLeft?: number
  readonly successor?: string
  readonly sizes: SizeRule
  readonly qualities: readonly string[]
  readonly honours: readonly Capability[]
  /** Most reference pictures of one request; absent where it takes none. */
  readonly maxReferences?: number
  readonly frames?: { readonly min: number; readonly max: number }
  /** The size that `prices` are for; absent where the model makes no square that is priced here. */
  readonly pricedSize?: string
  /** Empty where no price is known. */
  readonly prices: readonly ModelPrice[]
  /** How well its vendor's price is known, and what of it nobody could verify; absent where nobody says. */
  readonly published?: PublishedPrice
  /** What pictures in the store took; empty for a model whose provider publishes a price. */
  readonly seen: readonly Seen[]
}

/** What the models of a configuration are told by. */
export interface ModelsInput {
  readonly settings: Settings
  readonly entries: readonly Entry[]
  /** `YYYY-MM-DD`. */
  readonly today: string
}

const dayMs = 86_400_000

/** Edges of the squares that are priced, the wanted one first. */
const edges = [1024, 512, 256]

/** The models of every configured provider, in the order in which they are configured. Needs no key and no network. */
export function modelFactsOf(input: ModelsInput): readonly ModelFacts[] {
  return [...input.settings.providers.values()].flatMap((provider) =>
    provider.models.map((model) => factsOf(model, provider, input)),
  )
}

function factsOf(model: Model, provider: Provider, input: ModelsInput): ModelFacts {
  const { settings, entries } = input
  const { id, aliases, sizes, qualities, honours, maxReferences, frames } = model
  const { successor, published } = model
  const size = edges.flatMap((edge) => coveringSize({ width: edge, height: edge }, sizes) ?? [])[0]
  const isDefault =
    provider.id === settings.provider.id && [id, ...aliases].includes(settings.model)
  const prices = size === undefined ? [] : pricesOf(model, provider, size, settings)
  const hasPrice = prices.some(({ isCeiling }) => isCeiling !== true)
  return {
    provider: provider.id,
    id,
    aliases,
    isDefault,
    ...statusOf(endOf(model, provider.id, settings), input.today),
    ...(successor !== undefined && { successor }),
    sizes,
    qualities,
    honours,
    ...(maxReferences !== undefined && { maxReferences }),
    ...(frames !== undefined && { frames }),
    ...(size !== undefined && { pricedSize: formatSize(size) }),
    prices,
    ...(published !== undefined && { published }),
    seen: hasPrice ? [] : seenOf(model, provider.id, entries),
  }
}

function statusOf(
  end: End | undefined,
  today: string,
): Pick<ModelFacts, 'status' | 'retiresOn' | 'retirementBy' | 'daysLeft'> {
  if (end === undefined) return { status: 'active' }
  const daysLeft = Math.round((Date.parse(end.date) - Date.parse(today)) / dayMs)
  return {
    status: daysLeft <= 0 ? 'retired' : 'retiring',
    retiresOn: end.date,
    retirementBy: end.by,
    ...(Number.isFinite(daysLeft) && { daysLeft }),
  }
}

function pricesOf(
  model: Model,
  provider: Provider,
  size: Size,
  settings: Settings,
): readonly ModelPrice[] {
  return qualitiesOf(model).flatMap((quality) => {
    const asked = requestOf(model, size, quality)
    const estimate = priceOf({ ...asked, provider: provider.id }, settings)
    if (estimate === undefined) return []
    const batchMicroUsd = provider.estimateInBatch?.(asked)?.microUsd
    const isOther = batchMicroUsd !== undefined && batchMicroUsd !== estimate.microUsd
    const isCeiling = provider.estimate(asked) === undefined
    return [
      {
        ...quality,
        ...estimate,
        ...(isCeiling && { isCeiling }),
        ...(isOther && { batchMicroUsd }),
      },
    ]
  })
}

/** Of a picture without its words. */
function requestOf(model: Model, size: Size, quality: { readonly quality?: string }) {
  return { model: model.id, prompt: '', size, ...quality, take: 1 }
}

/** What a model chooses for itself is priced by nobody. */
function qualitiesOf({ qualities }: Model): readonly { readonly quality?: string }[] {
  const named = qualities.filter((quality) => quality !== 'auto')
  return named.length === 0 ? [{}] : named.map((quality) => ({ quality }))
}
