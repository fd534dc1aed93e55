import { z } from 'zod'
import { parseJson } from '../json.ts'
import { readRequestHash } from '../key/key.ts'
import type {
  Intent,
  LedgerEnd,
  LedgerLine,
  ReleasedLine,
  RequestHash,
  SharedLine,
} from '../ports.ts'
import { subject } from './subject.ts'
import { vendorWord } from './vendor-word.ts'

const amount = z.int().min(0)

const common = {
  schema: z.literal(1),
  attempt: z.string(),
  at: z.iso.datetime(),
  requestHash: z.custom<RequestHash>((value) => readRequestHash(value) !== undefined),
  ...subject,
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  expectedMicroUsd: amount.exactOptional(),
  worstMicroUsd: amount.exactOptional(),
  requestId: z.string().exactOptional(),
}

const schema: z.ZodType<LedgerLine> = z.discriminatedUnion('end', [
  z.object({
    ...common,
    end: z.literal('bought'),
    microUsd: amount,
    basis: z.enum(['usage', 'estimate']),
  }),
  z.object({
    ...common,
    end: z.literal('refused'),
    microUsd: amount,
    basis: z.literal('usage'),
    code: z.string(),
  }),
  z.object({ ...common, end: z.literal('unknown') }),
])

const released: z.ZodType<ReleasedLine> = z.object({
  schema: common.schema,
  attempt: common.attempt,
  at: common.at,
  requestHash: common.requestHash,
  end: z.literal('released'),
})

/** A line as it stands in a file, or as it was written by a version that this one does not know; nothing for any other text. */
export function readLine(text: string): LedgerLine | 'newer' | undefined {
  return readAs(schema, text)
}

/** A line of a ledger that machines share, like `readLine`. */
export function readSharedLine(text: string): SharedLine | 'newer' | undefined {
  return readAs(z.union([schema, released]), text)
}

function readAs<Line>(expected: z.ZodType<Line>, text: string): Line | 'newer' | undefined {
  const value = parseJson(text)
  const { data } = expected.safeParse(value)
  if (data !== undefined) return data
  return z.object({ schema: z.int().min(2) }).safeParse(value).success ? 'newer' : undefined
}

/** Of lines of the same attempt that of a purchase stands, and else the last. */
export function standing<Line extends SharedLine>(lines: readonly Line[]): readonly Line[] {
  const byAttempt = new Map<string, Line>()
  for (const line of lines) {
    const name = `${line.requestHash}.${line.attempt}`
    if (byAttempt.get(name)?.end !== 'bought') byAttempt.set(name, line)
  }
  return [...byAttempt.values()]
}

/** An attempt that began at a time, and how it ended. */
export function lineOf(
  intent: Partial<Intent> & Pick<Intent, 'id' | 'requestHash'> & { readonly at: string },
  end: LedgerEnd,
  requestId?: string,
): LedgerLine {
  const { id, at, requestHash, provider, model, microUsd, worstMicroUsd } = intent
  const { key, place, page } = intent
  const vendorId = vendorWord(requestId)
  return {
    schema: 1,
    attempt: id,
    at,
    requestHash,
    ...(key !== undefined && { key }),
    ...(place !== undefined && { place }),
    ...(page !== undefined && { page }),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(microUsd !== undefined && { expectedMicroUsd: microUsd }),
    ...(worstMicroUsd !== undefined && { worstMicroUsd }),
    ...(end.end === 'refused' ? { ...end, code: vendorWord(end.code) ?? 'unnamed' } : end),
    ...(vendorId !== undefined && { requestId: vendorId }),
  }
}
