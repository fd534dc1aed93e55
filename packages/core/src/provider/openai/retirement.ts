import type { ClientOptions } from 'openai'

import { reasonOf } from '../../error.ts'
import { redact } from '../redact.ts'
import type { Access } from './access.ts'
import { clientFor, apiKeyOf } from './client.ts'
import { successorInWords } from './price-in-words.ts'

/**
 * Why a model is not asked for on OpenAI's own host. DALL·E alone: for other models the server has the last word. Its
 * day is that of the model's entry, by https://developers.openai.com/api/docs/deprecations.
 */
export function retirementOf({ models }: Access, name: string): string | undefined {
  const model = models.find(({ id }) => id === name)
  if (model?.retiresOn === undefined || !name.startsWith('dall-e-')) return undefined
  const successor = successorInWords(name)
  const advice = successor === undefined ? 'another model' : `its successor, ${successor}`
  return `OpenAI shut \`${name}\` down on ${model.retiresOn}; ask for ${advice}`
}

/**
 * The day on which each model is shut down, by its id, as the server's list of models has it. What it rejects with shows
 * no key.
 */
export async function retirements(
  access: Access,
  fetch: NonNullable<ClientOptions['fetch']>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const key = await apiKeyOf(access)
  if (key === undefined) throw new Error('The API key cannot be read')
  const dates = new Map<string, string>()
  try {
    for await (const model of clientFor(access, key, fetch).models.list({ signal })) {
      if (typeof model.shutdown_date === 'string') dates.set(model.id, model.shutdown_date)
    }
  } catch (cause) {
    throw unreadable(cause, key)
  }
  return dates
}

/** Without its causes: they may quote the reply, which may echo the key. */
function unreadable(cause: unknown, key: string): Error {
  return new Error(redact(reasonOf(cause), key))
}
