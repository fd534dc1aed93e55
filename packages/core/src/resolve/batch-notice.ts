import type { Settings } from '../config/settings.ts'
import { formatUsd } from '../config/usd.ts'
import { newImages } from '../plan/budget.ts'
import type { Plan, PlannedImage } from '../plan/plan.ts'
import { priceOf } from '../plan/price.ts'
import type { BatchRecord } from '../ports.ts'
import { count } from '../wording.ts'
import { basesOf } from './bases.ts'

/** What waits, what it may cost, and what to do: a line each; empty where nothing waits. */
export function noticeOf(plan: Plan, records: readonly BatchRecord[], settings: Settings): string {
  const waiting = plan.images.filter(isWaiting)
  const hashes = new Set(waiting.map(({ requestHash }) => requestHash))
  const known = new Set(plan.images.map(({ requestHash }) => requestHash))
  const requests = records.flatMap((record) => record.requests)
  const held = requests.filter(({ id }) => hashes.has(id))
  const batches = records.filter((record) => record.requests.some(({ id }) => hashes.has(id)))
  const strays = requests.filter(({ id }) => !known.has(id))
  const since = batches.map((record) => record.since).toSorted()[0]
  const { isStored } = basesOf(plan)
  const later = newImages(plan).filter((image) => !isStored(image)).length
  const undiscounted = waiting.filter((image) => !isDiscounted(image, settings)).length
  return [
    ...(waiting.length === 0
      ? []
      : [
          `Waiting in ${batches.length === 1 ? '1 batch' : `${batches.length} batches`} since ${since}: ${count(waiting.length, 'picture')}, up to ${formatUsd(worstOf(held))} in all. A batch takes up to 24 hours; run \`imprompt generate --batch\` again to collect`,
        ]),
    ...(later === 0
      ? []
      : [
          `Not handed in yet: ${count(later, 'picture')}, each a variation of one that is not stored yet; run \`imprompt generate --batch\` again once that is collected`,
        ]),
    ...(undiscounted === 0
      ? []
      : [
          `Priced and settled at the standard rates, as no batch price is known: ${count(undiscounted, 'picture')}`,
        ]),
    ...(strays.length === 0
      ? []
      : [
          `Handed in, and in no file of today's content: ${count(strays.length, 'picture')}, up to ${formatUsd(worstOf(strays))} in all; a run collects and stores them once a file asks for them again, as long as the provider keeps them`,
        ]),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function worstOf(requests: readonly { readonly worstMicroUsd: number }[]): number {
  return requests.reduce((sum, { worstMicroUsd }) => sum + worstMicroUsd, 0)
}

function isWaiting({ source }: PlannedImage): boolean {
  return source.kind === 'barred' && source.verdict.kind === 'submitted'
}

/** A provider that makes pictures in batches alone knows no other price. */
function isDiscounted({ request, source }: PlannedImage, settings: Settings): boolean {
  if (source.kind !== 'barred') return true
  if (settings.providers.get(request.provider)?.isBatchOnly === true) return true
  const standard = priceOf(request, settings)
  return standard === undefined || source.estimate.microUsd < standard.microUsd
}
