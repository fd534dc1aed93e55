import type { Settings } from '../config/settings.ts'
import { formatUsd } from '../config/usd.ts'
import type { Model, RecordedRequest } from '../ports.ts'
import type { Fault } from '../problem.ts'
import { coveringFrame } from '../size-rule.ts'
import { priceOf } from './price.ts'

/** How many days ahead a retirement is told. */
const noticeDays = 60

const dayMs = 86_400_000

/**
 * What is wrong with buying a request from its model: `model-retired` from the day on which that is shut down,
 * `model-retiring` in the 60 days before it. Answers nothing for a model that goes on.
 * @param today `YYYY-MM-DD`.
 */
export function retirementOf(
  request: RecordedRequest,
  settings: Settings,
  today: string,
): (Fault & { kind: 'model-retired' | 'model-retiring' }) | undefined {
  const { provider } = request
  const date = retirementDay(request, settings)
  if (date === undefined) return undefined
  const daysLeft = (Date.parse(date) - Date.parse(today)) / dayMs
  if (!(daysLeft <= noticeDays)) return undefined
  return {
    kind: daysLeft <= 0 ? 'model-retired' : 'model-retiring',
    model: request.model,
    provider,
    date,
    successor: successorOf(request, settings),
  }
}

/** The day on which the model of a request is shut down, as `YYYY-MM-DD`; nothing for one that goes on. */
export function retirementDay(
  { provider, model: id }: RecordedRequest,
  settings: Settings,
): string | undefined {
  const model = modelOf(provider, id, settings)
  return model && endOf(model, provider, settings)?.date
}

/** When a model is shut down, and who says so. */
export interface End {
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly by: 'table' | 'server'
}

/** A server's word outranks the table, which is as old as its release. Answers nothing for a model that goes on. */
export function endOf(model: Model, provider: string, settings: Settings): End | undefined {
  const named = settings.retirements?.get(provider)
  const [date] = [model.id, ...model.aliases].flatMap((name) => named?.get(name) ?? [])
  if (date !== undefined) return { date, by: 'server' }
  return model.retiresOn === undefined ? undefined : { date: model.retiresOn, by: 'table' }
}

/** The successor in backticks, with the price of the same picture where that is known. */
function successorOf(request: RecordedRequest, settings: Settings): string | undefined {
  const id = modelOf(request.provider, request.model, settings)?.successor
  const model = id === undefined ? undefined : modelOf(request.provider, id, settings)
  if (id === undefined || model === undefined) return id === undefined ? undefined : `\`${id}\``
  const size = coveringFrame(request.size, model.sizes, request.frames)
  const { quality, ...others } = request
  const isOffered = quality !== undefined && model.qualities.includes(quality)
  const asked = { ...others, model: id, ...(isOffered && { quality }) }
  const estimate = size && priceOf({ ...asked, size }, settings)
  return estimate === undefined ? `\`${id}\`` : `\`${id}\` (${formatUsd(estimate.microUsd)})`
}

function modelOf(provider: string, id: string, settings: Settings): Model | undefined {
  return settings.providers.get(provider)?.models.find((one) => one.id === id)
}
