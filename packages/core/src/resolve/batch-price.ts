import type { Settings } from '../config/settings.ts'
import type { Objection } from '../error.ts'
import type { NewImage } from '../plan/budget.ts'
import type { BatchRecord, Provider } from '../ports.ts'
import { attemptedOf } from './attempted.ts'

/** Settings whose providers price what is made in a batch. */
export function settingsInBatch(settings: Settings): Settings {
  const providers = [...settings.providers].map(
    ([id, provider]) => [id, inBatch(provider)] as const,
  )
  return { ...settings, providers: new Map(providers) }
}

function inBatch(provider: Provider): Provider {
  const { estimateInBatch } = provider
  return estimateInBatch === undefined
    ? provider
    : { ...provider, estimate: (request) => estimateInBatch.call(provider, request) }
}

/** An image as the record of its batch names it, at the price of the day. */
export function batchedAs(image: NewImage): BatchRecord['requests'][number] {
  return { id: image.requestHash, ...attemptedOf(image) }
}

/** Why images cannot be handed in for a batch; nothing where they can. */
export function unableToBatch(
  images: readonly NewImage[],
  { providers }: Settings,
): Objection | undefined {
  const ids = new Set(images.map(({ request }) => request.provider))
  const unable = [...ids].filter((id) => providers.get(id)?.estimateInBatch === undefined)
  if (unable.length === 0) return undefined
  const names = unable.map((id) => `\`${id}\``).join(' and ')
  const verb = unable.length === 1 ? 'takes' : 'take'
  const message = `Unexpected \`--batch\`: ${names} ${verb} no batches. Nothing was handed in; \`imprompt generate\` buys these pictures once no batch is waited for`
  return { code: 'USAGE', message }
}
