import { z } from 'zod'
import { servers } from './dialect.ts'

const aFunction = z.custom((value) => typeof value === 'function', 'expected a function')

/** What `openai()` may be given; what the values mean together is checked where they are used. */
export const optionsSchema: z.ZodType = z
  .strictObject({
    id: z.string().min(1),
    baseURL: z.string(),
    apiKey: z.union([z.string(), aFunction]),
    timeoutMs: z.number(),
    api: z.enum(['images', 'responses', 'batch']),
    driver: z.string(),
    server: z.enum(servers),
    apiVersion: z.string(),
    models: z.array(z.looseObject({ id: z.string() })),
    defaultModel: z.string(),
    price: z.union([z.string(), z.number()]),
    pictureHosts: z.array(z.string()),
    partialImages: z.literal([1, 2, 3]),
    imagesPerMinute: z.int().min(1),
  })
  .partial()
