import { z } from 'zod'
import { ImpromptError } from '../error.ts'

/**
 * Holds the options of a provider against their schema: a configuration in JavaScript has no types that would.
 *
 * @param name The function that takes them, such as `openai()`.
 * @throws ImpromptError `CONFIG_INVALID`, which names every option that does not fit
 */
export function checkOptions(name: string, schema: z.ZodType, options: unknown): void {
  const { error } = schema.safeParse(options)
  if (error === undefined) return
  const faults = error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `\`${path.join('.')}\`: ${message}`,
  )
  throw new ImpromptError('CONFIG_INVALID', `\`${name}\`: ${faults.join('; ')}. Nothing was sent`)
}
