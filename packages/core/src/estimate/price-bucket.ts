import type { Settings } from '../config/settings.ts'
import { priceOf } from '../plan/price.ts'
import { endOf } from '../plan/retirement.ts'
import type { Basis, Estimate, Model, Provider, RecordedRequest, Size } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { qualityOf, targetOf } from '../request/target.ts'
import { formatSize } from '../size-rule.ts'
import { type Bucket, type BucketFault, type Choice, type Unread, asProblem } from './bucket.ts'

/** What something costs, in integer micro-dollars. */
export interface Amount {
  readonly microUsd: number
  /** No bill is expected above it. */
  readonly worstMicroUsd: number
}

/** A bucket with its price. Amounts of its own are those of one picture. */
export interface PricedBucket extends Amount {
  readonly count: number
  /** Id of the provider. */
  readonly provider: string
  readonly model: string
  /** The size that is made and paid for, such as `1024x1024`. */
  readonly size: string
  /** The size that was asked for and is cut from it; absent where that is the same. */
  readonly cutTo?: string
  /** Absent for a model that knows none. */
  readonly quality?: string
  /** Of all pictures of the bucket. */
  readonly sum: Amount
  readonly basis: Basis
  readonly source: string
  /** The day (`YYYY-MM-DD`) on which the price was read at its source; absent where nobody dated it. */
  readonly asOf?: string
  /** Whether batches are cheaper, or counted in full as no such price is known; absent where none is asked for. */
  readonly batch?: 'reduced' | 'full'
  /** What 1000 UTF-8 bytes of prompt add to a picture. */
  readonly promptOf1000Bytes: Amount
  /** The day (`YYYY-MM-DD`) on which the model is or was shut down. */
  readonly retiresOn?: string
  readonly isRetired: boolean
  /** Id of the model that takes its place. */
  readonly successor?: string
}

/** How a bucket is priced. */
export interface PriceContext {
  readonly settings: Settings
  readonly inBatch: boolean
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/**
 * Prices a bucket as a plan would price its directives, or answers everything that is wrong with it.
 * @param defaults What it takes where it does not say.
 */
export function pricedBucket(
  bucket: Bucket,
  defaults: ReadonlyMap<Choice, string>,
  context: PriceContext,
): PricedBucket | Unread {
  const { text, count, choices } = bucket
  const asked = askedBy(new Map([...defaults, ...choices]), context.settings)
  if ('faults' in asked) return { text, faults: asked.faults }
  const { provider, model, request } = asked
  const price = priceIn(request, context)
  if (price === undefined) return { text, faults: [asProblem(unpriced(request, model))] }
  const { microUsd, worstMicroUsd, basis, source, asOf, batch } = price
  const quality = request.quality ?? soleOf(model.qualities)
  const end = endOf(model, provider.id, context.settings)
  return {
    count,
    provider: provider.id,
    model: model.id,
    size: formatSize(request.size),
    ...(asked.cutTo !== undefined && { cutTo: asked.cutTo }),
    ...(quality !== undefined && { quality }),
    microUsd,
    worstMicroUsd,
    sum: times(price, count),
    basis,
    source,
    ...(asOf !== undefined && { asOf }),
    ...(batch !== undefined && { batch }),
    promptOf1000Bytes: promptPrice(request, price, context),
    ...(end !== undefined && { retiresOn: end.date }),
    isRetired: end !== undefined && end.date <= context.today,
    ...(model.successor !== undefined && { successor: model.successor }),
  }
}

/** An amount that many times. */
export function times({ microUsd, worstMicroUsd }: Amount, count: number): Amount {
  return { microUsd: microUsd * count, worstMicroUsd: worstMicroUsd * count }
}

interface Asked {
  readonly provider: Provider
  readonly model: Model
  readonly request: RecordedRequest
  readonly cutTo?: string
}

/** Choices become a request as the attributes of a directive do. */
function askedBy(
  choices: ReadonlyMap<Choice, string>,
  settings: Settings,
): Asked | { readonly faults: readonly BucketFault[] } {
  const { provider, model, size, wanted, faults: all } = targetOf(choices, settings)
  const named = choices.get('quality')
  // A model with one quality is not asked for it, and may be told all the same.
  const isSole = named !== undefined && named === soleOf(model?.qualities ?? [])
  const faults = all
    .filter(({ kind }) => kind !== 'attribute-unsupported' || !isSole)
    .map((fault) => (choices.has('size') ? asProblem(fault) : unnamedSize(fault)))
  if (!provider || !model || !size || !wanted || faults.length > 0) return { faults }
  const quality = qualityOf(choices, model, settings)
  const request = {
    provider: provider.id,
    model: model.id,
    prompt: '',
    size,
    ...(quality !== undefined && { quality }),
    take: 1,
  }
  return { provider, model, request, ...(isCut(wanted, size) && { cutTo: formatSize(wanted) }) }
}

/** Whoever named no size is not told that it is unexpected. */
function unnamedSize(fault: Fault): BucketFault {
  return fault.kind === 'size-impossible' ? { ...fault, kind: 'size-unnamed' } : asProblem(fault)
}

function isCut(wanted: Size, size: Size): boolean {
  return wanted.width !== size.width || wanted.height !== size.height
}

type Price = Estimate & Pick<PricedBucket, 'batch'>

/** What a plan would take; of a model that is served no longer its last price; in a batch the price of that. */
function priceIn(request: RecordedRequest, { settings, inBatch }: PriceContext): Price | undefined {
  const full = priceOf(request, withLastPrices(settings))
  const provider = settings.providers.get(request.provider)
  // Whoever makes pictures in batches alone has no other price.
  if (full === undefined || !inBatch || provider?.isBatchOnly === true) return full
  const reduced = provider?.estimateInBatch?.(request)
  return reduced !== undefined && reduced.microUsd < full.microUsd
    ? { ...reduced, batch: 'reduced' }
    : { ...full, batch: 'full' }
}

function withLastPrices(settings: Settings): Settings {
  const providers = [...settings.providers].map(([id, provider]) => {
    const estimate = (input: RecordedRequest): Estimate | undefined =>
      provider.estimate(input) ?? provider.estimateRetired?.(input)
    return [id, { ...provider, estimate }] as const
  })
  return { ...settings, providers: new Map(providers) }
}

function promptPrice(request: RecordedRequest, bare: Amount, context: PriceContext): Amount {
  const worded = priceIn({ ...request, prompt: 'x'.repeat(1000) }, context) ?? bare
  return {
    microUsd: worded.microUsd - bare.microUsd,
    worstMicroUsd: worded.worstMicroUsd - bare.worstMicroUsd,
  }
}

/** A quality that the model chooses has no price, and is no fault of the price list. */
function unpriced({ quality, provider, model }: RecordedRequest, { qualities }: Model): Fault {
  if (quality !== 'auto') return { kind: 'price-unknown', provider, model }
  const named = qualities.filter((one) => one !== 'auto').map((one) => `\`${one}\``)
  return { kind: 'unpriceable', name: 'quality', expected: named.join(', ') }
}

function soleOf(qualities: readonly string[]): string | undefined {
  return qualities.length === 1 ? qualities[0] : undefined
}
