import { z } from 'zod'
import { parseJson } from '../json.ts'
import { readRequestHash } from '../key/key.ts'
import type { LedgerLine, RequestHash } from '../ports.ts'
import { subject } from './subject.ts'

const microUsd = z.int().min(0)

const common = {
  schema: z.literal(1),
  attempt: z.string(),
  at: z.iso.datetime(),
  requestHash: z.custom<RequestHash>((value) => readRequestHash(value) !== undefined),
  ...subject,
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  expectedMicroUsd: microUsd.exactOptional(),
  worstMicroUsd: microUsd.exactOptional(),
  requestId: z.string().exactOptional(),
}

const schema: z.ZodType<LedgerLine> = z.discriminatedUnion('end', [
  z.object({
    ...common,
    end: z.literal('bought'),
    microUsd,
    basis: z.enum(['usage', 'estimate']),
  }),
  z.object({
    ...common,
    end: z.literal('refused'),
    microUsd,
    basis: z.literal('usage'),
    code: z.string(),
  }),
  z.object({ ...common, end: z.literal('unknown') }),
])

/** A line as it stands in a file, or as it was written by a version that this one does not know; nothing for any other text. */
export function readLine(text: string): LedgerLine | 'newer' | undefined {
  const value = parseJson(text)
  const { data } = schema.safeParse(value)
  if (data !== undefined) return data
  return z.object({ schema: z.int().min(2) }).safeParse(value).success ? 'newer' : undefined
}

/** Of lines of the same attempt that of a purchase stands, and else the last. */
export function standing(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const byAttempt = new Map<string, LedgerLine>()
  for (const line of lines) {
    const name = `${line.requestHash}.${line.attempt}`
    if (byAttempt.get(name)?.end !== 'bought') byAttempt.set(name, line)
  }
  return [...byAttempt.values()]
}
