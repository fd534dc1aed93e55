import type { Settings } from '../config/settings.ts'
import type { Provider } from '../ports.ts'

/** A model, and the provider whose it is, as attributes name them. */
export interface NamedModel {
  readonly provider: string
  readonly model: string
}

/**
 * Reads `MODEL` or `PROVIDER/MODEL`. A model that several have is that of the default provider, else that of the first.
 * Answers nothing where nobody has it.
 */
export function namedModel(name: string, settings: Settings): NamedModel | undefined {
  const all = [settings.provider, ...settings.providers.values()]
  const bare = all.find((one) => has(one, name))
  if (bare !== undefined) return { provider: bare.id, model: name }
  return all.flatMap((one) => {
    const model = name.slice(one.id.length + 1)
    return name.startsWith(`${one.id}/`) && has(one, model) ? [{ provider: one.id, model }] : []
  })[0]
}

function has({ models }: Provider, name: string): boolean {
  return models.some(({ id, aliases }) => id === name || aliases.includes(name))
}
