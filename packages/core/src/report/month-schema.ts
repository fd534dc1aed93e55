import { z } from 'zod'
import type { MonthSpent } from './month.ts'

const microUsd = z.int().nonnegative()

/** The published form of a month. */
export const monthSchema: z.ZodType<MonthSpent> = z.object({
  name: z.string().regex(/^\d{4}-\d{2}$/),
  settledMicroUsd: microUsd,
  unknownMicroUsd: microUsd,
  projectedMicroUsd: microUsd.exactOptional(),
})
