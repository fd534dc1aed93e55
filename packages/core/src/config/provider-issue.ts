import { z } from 'zod'
import { type ConfigIssue, issueOf } from './config-issue.ts'

const edge = z.number().int().positive()
const sizeSchema = z.object({ width: edge, height: edge })
const words = z.array(z.string())

/** The shape of the port: what lacks a part of it would fail after it was paid. */
const providerSchema = z
  .object({
    id: z.string().min(1),
    digitalSourceType: z.enum(['trainedAlgorithmicMedia', 'algorithmicMedia']),
    defaultModel: z.string(),
    models: z.array(
      z.object({
        id: z.string().min(1),
        aliases: words,
        qualities: words,
        backgrounds: words,
        honours: words,
        maxPromptCodePoints: z.number(),
        sizes: z.union(
          [
            z.object({ kind: z.literal('list'), sizes: z.array(sizeSchema) }),
            z.object({
              kind: z.literal('grid'),
              step: edge,
              maxEdge: edge,
              maxRatio: z.number().min(1),
              minPixels: z.number(),
              maxPixels: z.number(),
            }),
          ],
          "expected a rule such as `{ kind: 'list', sizes: [{ width: 1024, height: 1024 }] }`",
        ),
      }),
    ),
    credentials: words.optional(),
    estimate: z.function(),
    connect: z.function(),
  })
  .refine(({ models, defaultModel }) => models.some(({ id }) => id === defaultModel), {
    path: ['defaultModel'],
    message: 'expected the id of one of `models`',
  })

/** What keeps a value from being a provider, by its path; nothing where it is one. */
export function providerIssue(value: unknown): ConfigIssue | undefined {
  const [issue] = providerSchema.safeParse(value).error?.issues ?? []
  return issue && issueOf(issue, providerSchema)
}
