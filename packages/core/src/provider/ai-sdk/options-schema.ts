import { z } from 'zod'

const checkedLater = z.unknown()

/** What `aiSdk()` may be given; values that mean something together are checked where that is known. */
export const optionsSchema: z.ZodType = z
  .strictObject({
    price: checkedLater,
    id: checkedLater,
    sizes: checkedLater,
    aspectRatios: checkedLater,
    timeoutMs: checkedLater,
    imagesPerMinute: checkedLater,
    providerOptions: z.record(z.string(), z.looseObject({})),
    credential: z.string().min(1),
    account: z.string().min(1),
    maxReferences: z.int().min(0),
    mask: z.boolean(),
    seed: z.boolean(),
    maxPromptCodePoints: z.int().min(1),
  })
  .partial()
