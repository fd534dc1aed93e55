import { join } from 'node:path'
import { z } from 'zod'
import type { RequestHash, Verdict } from '../ports.ts'
import { recordsIn } from './attempt-record.ts'
import { unsealed } from './record-files.ts'

const refusalSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().exactOptional(),
  /** ISO 8601; a refusal of no known day never expires. */
  at: z.string().optional(),
})

/** What a provider's filters refuse changes with them: after this time a refused prompt is asked for again. */
const refusalLifeMs = 30 * 24 * 3_600_000

/**
 * The final refusals that a folder remembers.
 * @param request First digits of a request: all of them, or none for every one.
 * @param now Without it no refusal is too old.
 */
export function refusalsIn(
  folder: string,
  request: string,
  now: Date | undefined,
): readonly (readonly [RequestHash, Verdict])[] {
  return recordsIn(join(folder, 'refusals'), request).flatMap(({ request: hash, name, text }) => {
    const refusal = refusalSchema.safeParse(unsealed(text)).data
    if (refusal === undefined) return [[hash, illegible(name)] as const]
    const { at, ...told } = refusal
    const ageMs = now === undefined ? Number.NaN : now.getTime() - Date.parse(at ?? '')
    return ageMs > refusalLifeMs ? [] : [[hash, { kind: 'refused', ...told }] as const]
  })
}

/** Whatever a refusal said, asking again without consent may cost. */
function illegible(name: string): Verdict {
  const message = `what it said in \`refusals/${name}\` cannot be read any more`
  return { kind: 'refused', code: 'record_illegible', message }
}
