import { z } from 'zod'
import { type LedgerAccount, groupings } from './ledger.ts'
import { monthSchema } from './month-schema.ts'

const count = z.int().nonnegative()
const microUsd = z.int().nonnegative()

const sum = {
  attempts: count,
  bought: count,
  boughtMicroUsd: microUsd,
  refused: count,
  refusedMicroUsd: microUsd,
  unknown: count,
  unknownMicroUsd: microUsd,
  unbounded: count,
  settledMicroUsd: microUsd,
  estimated: z.object({ pictures: count, expectedMicroUsd: microUsd, settledMicroUsd: microUsd }),
}

const schema: z.ZodType<LedgerAccount> = z.object({
  schema: z.literal(1),
  covers: z.string(),
  by: z.enum(groupings),
  since: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .exactOptional(),
  rows: z.array(z.object({ name: z.string().exactOptional(), ...sum })),
  totals: z.object(sum),
  month: monthSchema,
  faults: z.array(
    z.object({
      kind: z.enum(['corrupt', 'unverifiable']),
      path: z.string(),
      line: z.int().positive().exactOptional(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
})

/** The JSON schema of an account, as the command line publishes it. Fields may be added; a change of meaning raises `schema`. */
export function ledgerJsonSchema(): object {
  return z.toJSONSchema(schema)
}
