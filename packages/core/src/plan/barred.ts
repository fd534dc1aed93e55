import { type Terms, commandOf } from '../config/terms.ts'
import { formatUsd } from '../config/usd.ts'
import type { Objection } from '../error.ts'
import type { Verdict } from '../ports.ts'
import { count, withoutStop } from '../wording.ts'
import { newImages, worstOf } from './budget.ts'
import { noConsent } from './consent.ts'
import { placesOf } from './places.ts'
import type { Plan, PlannedImage } from './plan.ts'

/** Ids of providers that no build waits for, or all, where the plan is that of a batch. */
export type BatchOnly = ReadonlySet<string> | 'all'

type BarredImage = PlannedImage & { readonly source: { readonly kind: 'barred' } }

/** Images that are not asked for again for what became of an earlier attempt, each with what a person may do. */
export function barredObjections(
  plan: Plan,
  terms: Terms,
  batchOnly: BatchOnly,
): readonly Objection[] {
  const buys = (image: BarredImage): string => {
    const isInBatch = batchOnly === 'all' || batchOnly.has(image.request.provider)
    return isInBatch ? 'imprompt generate --batch' : commandOf(terms)
  }
  const images = barredIn(plan)
  const kinds = new Set(images.map(({ source }) => source.verdict.kind))
  return images.map((image) => {
    const { verdict } = image.source
    const { code, message } = objectionOn(verdict, commandOn(image, kinds, plan, buys(image)))
    return { code, message: `${placesOf(image)}  ${message}` }
  })
}

/** That what is new waits for those images as well. */
export function waitingObjections(plan: Plan): readonly Objection[] {
  const images = newImages(plan)
  if (images.length === 0 || barredIn(plan).length === 0) return []
  const message = `${count(images.length, 'new picture')} for up to ${formatUsd(worstOf(images))} not bought either: nothing is before each of the above is settled, changed or taken out`
  return [{ code: 'IMAGES_MISSING', message }]
}

function barredIn({ images }: Plan): readonly BarredImage[] {
  return images.filter((image): image is BarredImage => image.source.kind === 'barred')
}

function objectionOn(verdict: Verdict, command: string): Objection {
  switch (verdict.kind) {
    case 'refused':
      return {
        code: 'PROVIDER_REFUSED',
        message: `The provider refused this prompt earlier: ${withoutStop(verdict.message)}. It was not asked again; change the prompt, or run \`${command}\``,
      }
    case 'submitted':
      return {
        code: 'IMAGES_MISSING',
        message: `Not made so far: ${verdict.message}. Up to ${formatUsd(verdict.worstMicroUsd)} is reserved for it; \`${command}\` collects it`,
      }
    case 'unknown':
      return {
        code: 'OUTCOME_UNKNOWN',
        message: `An earlier request may have been billed, ${extentOf(verdict)}: ${withoutStop(verdict.message)}. It was not sent again; \`${command}\` does so`,
      }
  }
}

/**
 * What settles an image, with everything that was consented to before, and that bars others: without it the next build
 * stops at that again.
 * @param kinds What bars the images of the plan.
 */
function commandOn(
  { source }: BarredImage,
  kinds: ReadonlySet<Verdict['kind']>,
  { consent = noConsent }: Plan,
  buys: string,
): string {
  if (source.verdict.kind === 'submitted') return 'imprompt generate --batch'
  return [
    buys,
    ...(consent.keepsStyle ? ['--keep-style'] : []),
    ...(consent.refused || kinds.has('refused') ? ['--retry-refused'] : []),
    ...(consent.unknown || kinds.has('unknown') ? ['--retry-unknown'] : []),
  ].join(' ')
}

function extentOf({ worstMicroUsd }: { readonly worstMicroUsd?: number }): string {
  return worstMicroUsd === undefined
    ? 'at a price that its record no longer tells'
    : `up to ${formatUsd(worstMicroUsd)}`
}
