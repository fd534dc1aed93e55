import { formatUsd } from '../config/usd.ts'
import { type Objection } from '../error.ts'
import { describePlace } from '../place.ts'
import type { NewImage } from '../plan/budget.ts'
import type { Key } from '../ports.ts'
import type { Outcome } from './purchase.ts'
import { isOverrun } from './resolve.ts'

/** What went wrong while the images of a plan were bought, with the state that money is in. */
export function setbacksOf(
  images: readonly NewImage[],
  outcomes: ReadonlyMap<Key, Outcome>,
): readonly Objection[] {
  return images.flatMap((image) => {
    const outcome = outcomes.get(image.key)
    const setback = outcome && setbackOf(outcome, image.source.estimate.worstMicroUsd)
    if (setback === undefined) return []
    const [place] = image.places
    const where = place === undefined ? image.key : describePlace(place)
    return [{ code: setback.code, message: `${where}  ${setback.message}` }]
  })
}

function chargeOf(microUsd: number): string {
  if (microUsd === 0) return 'Nothing was charged for this picture'
  return `${formatUsd(microUsd)} was charged all the same, and no picture was made`
}

function setbackOf(outcome: Outcome, worstMicroUsd: number): Objection | undefined {
  switch (outcome.kind) {
    case 'bought':
      if (!isOverrun(outcome, worstMicroUsd)) return undefined
      return {
        code: 'COST_OVERRUN',
        message: `The picture cost ${formatUsd(outcome.entry.cost.microUsd)}, more than its worst case of ${formatUsd(worstMicroUsd)}. It is stored; nothing further was bought`,
      }
    case 'found':
      return undefined
    case 'refused':
      return {
        code: 'PROVIDER_REFUSED',
        message: `${outcome.message} (\`${outcome.code}\`). ${chargeOf(outcome.microUsd ?? 0)}`,
      }
    case 'failed':
      return {
        code: 'IMAGES_MISSING',
        message: `Not bought: ${outcome.message}. Nothing was charged for this picture; build again to ask for it`,
      }
    case 'unknown':
      return {
        code: 'OUTCOME_UNKNOWN',
        message: `The outcome is unknown, and up to ${formatUsd(outcome.worstMicroUsd)} may have been charged: ${outcome.message}. It is not asked again before \`imprompt generate --retry-unknown\``,
      }
  }
}
