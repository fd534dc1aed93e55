import type { Settings } from '../config/settings.ts'
import { openai } from '../provider/openai/openai.ts'
import { type Bucket, type Unread, readBuckets, readDefaults } from './bucket.ts'
import { type Amount, type PricedBucket, pricedBucket, times } from './price-bucket.ts'

/** How often the pictures are made. */
export type Per = 'once' | 'day' | 'month'

/** A question such as what 600 pictures a month would cost. */
export interface Question {
  /** Buckets in words, such as `600 x dall-e-2 512x512`; see `readBuckets`. */
  readonly words: readonly string[]
  /** What buckets take that do not say; the configuration's where left out. */
  readonly model?: string
  readonly size?: string
  readonly quality?: string
  readonly per: Per
  /** Whether they are handed in for batches. */
  readonly inBatch: boolean
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** Pictures and what they come to. */
export interface Sum extends Amount {
  readonly images: number
}

/** The answer to a question; amounts are integer micro-dollars, without prompts and pictures that go along. */
export interface WhatIf {
  readonly per: Per
  readonly buckets: readonly PricedBucket[]
  readonly total: Sum
  /** Of 30 days; absent where pictures are not counted by the day. */
  readonly month?: Sum
}

/** How many days a month is taken to have. */
export const daysOfMonth = 30

/**
 * Prices a question without a key or a network, or answers everything that is wrong with it. OpenAI's models are known
 * also where the configuration has other providers, and retired ones at what they last cost.
 */
export function whatIf(
  question: Question,
  configured: Settings,
): { readonly whatIf: WhatIf } | { readonly unread: readonly Unread[] } {
  const settings = withOpenAi(configured)
  const defaults = readDefaults(question, settings)
  const read = readBuckets(question.words, settings)
  if ('unread' in defaults) return { unread: [...defaults.unread, ...read.filter(isUnread)] }
  const answers = read.map((bucket) =>
    isUnread(bucket) ? bucket : pricedBucket(bucket, defaults.choices, { ...question, settings }),
  )
  const unread = answers.filter(isUnread)
  if (unread.length > 0) return { unread }
  const buckets = answers.flatMap((one) => (isUnread(one) ? [] : [one]))
  return { whatIf: { per: question.per, buckets, ...totalsOf(buckets, question.per) } }
}

function isUnread(answer: Bucket | PricedBucket | Unread): answer is Unread {
  return 'faults' in answer
}

/** Whoever draws sketches asks what pictures would cost. */
function withOpenAi(settings: Settings): Settings {
  const vendor = openai()
  if (settings.providers.has(vendor.id)) return settings
  return { ...settings, providers: new Map([...settings.providers, [vendor.id, vendor]]) }
}

function totalsOf(buckets: readonly PricedBucket[], per: Per): Pick<WhatIf, 'total' | 'month'> {
  const add = (amountOf: (bucket: PricedBucket) => number): number =>
    buckets.reduce((sum, bucket) => sum + amountOf(bucket), 0)
  const total = {
    images: add(({ count }) => count),
    microUsd: add(({ sum }) => sum.microUsd),
    worstMicroUsd: add(({ sum }) => sum.worstMicroUsd),
  }
  if (per !== 'day') return { total }
  return {
    total,
    month: { images: total.images * daysOfMonth, ...times(total, daysOfMonth) },
  }
}
