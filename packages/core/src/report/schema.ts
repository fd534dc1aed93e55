import { z } from 'zod'
import { monthSchema } from './month-schema.ts'
import { type Report, imageStates } from './report.ts'

const count = z.number().int().nonnegative()
const microUsd = z.number().int()
const place = {
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  field: z.string().exactOptional(),
  draft: count.exactOptional(),
}

const ruleState = z.enum(['pass', 'warn', 'fail'])
const ruleHead = {
  id: z.enum(['build', 'image', 'page', 'pages', 'newImages', 'increase', 'day', 'month']),
  glob: z.string().exactOptional(),
  level: z.enum(['warn', 'error']),
  state: ruleState,
  page: z.string().exactOptional(),
  fault: z.string().exactOptional(),
  unknownMicroUsd: microUsd.exactOptional(),
}
const rule = z.union([
  z.object({ ...ruleHead, limitMicroUsd: microUsd, actualMicroUsd: microUsd }),
  z.object({ ...ruleHead, limitImages: count, actualImages: count }),
])

const compared = {
  key: z.string(),
  prompt: z.string(),
  place: z.object(place).exactOptional(),
  microUsd,
}
const comparison = z.object({
  ref: z.string(),
  commit: z.string(),
  added: z.array(z.object(compared)),
  changed: z.array(
    z.object({
      ...compared,
      from: z.string(),
      fromMicroUsd: microUsd,
      attributes: z.array(z.string()),
    }),
  ),
  removed: z.array(z.object(compared)),
  orphaned: z.array(z.object(compared)),
  costMicroUsd: microUsd,
})

/** The published form of a report. Fields may be added; a change of meaning raises `schema`. */
export const reportSchema: z.ZodType<Report> = z.object({
  schema: z.literal(1),
  content: z.object({ globs: z.array(z.string()), files: count }),
  images: z.array(
    z.object({
      key: z.string().regex(/^[0-9a-f]{64}$/),
      state: z.enum(imageStates),
      isDraft: z.literal(true).exactOptional(),
      places: z.array(z.object(place)),
      prompt: z.string(),
      provider: z.string(),
      model: z.string(),
      size: z.string().regex(/^\d+x\d+$/),
      quality: z.string().exactOptional(),
      estimate: z
        .object({
          microUsd,
          worstMicroUsd: microUsd,
          basis: z.enum(['exact', 'upper-bound', 'rough']),
          asOf: z.string().exactOptional(),
          source: z.string(),
        })
        .exactOptional(),
      spentMicroUsd: microUsd,
      earlierMicroUsd: microUsd.exactOptional(),
      substitutions: z
        .array(
          z.object({
            name: z.enum(['provider', 'model', 'size', 'quality', 'background']),
            asked: z.string(),
            made: z.string(),
          }),
        )
        .exactOptional(),
      replaces: z
        .object({
          provider: z.string(),
          model: z.string(),
          size: z.string(),
          quality: z.string().exactOptional(),
          microUsd,
          retiresOn: z.string().exactOptional(),
          differs: z.array(z.string()),
        })
        .exactOptional(),
      adopted: z.object({ file: z.string(), at: z.string() }).exactOptional(),
      original: z
        .object({
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
          width: count,
          height: count,
          bytes: count,
        })
        .exactOptional(),
    }),
  ),
  totals: z.object({
    directives: count,
    images: count,
    stored: count,
    pinned: count,
    shared: count,
    new: count,
    bought: count,
    refused: count,
    failed: count,
    unknown: count,
    placeholder: count,
    drafts: count,
    requests: count,
    encoded: count,
    estimateMicroUsd: microUsd,
    worstMicroUsd: microUsd,
    spentMicroUsd: microUsd,
    savedMicroUsd: microUsd,
  }),
  budget: z.object({ state: ruleState, rules: z.array(rule) }),
  problems: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning']),
      message: z.string(),
      ...place,
      expected: z.string().exactOptional(),
      nearest: z.string().exactOptional(),
      excerpt: z.string().exactOptional(),
      url: z.string(),
      isFixable: z.literal(true).exactOptional(),
    }),
  ),
  changedStyles: z.array(
    z.object({
      style: z.string(),
      images: count,
      estimateMicroUsd: microUsd,
      worstMicroUsd: microUsd,
    }),
  ),
  incidents: z.array(
    z.object({
      kind: z.enum(['refused', 'unpushed', 'duplicate', 'uncoordinated']),
      where: z.string(),
      message: z.string(),
    }),
  ),
  month: monthSchema.exactOptional(),
  comparison: comparison.exactOptional(),
})

/** The JSON schema of a report, as the command line publishes it. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema)
}
