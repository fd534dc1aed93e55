import sharp from 'sharp'
import { z } from 'zod'

import type { Answer, Making, Size } from '../../ports.ts'
import { decodeBase64 } from '../base64.ts'
import { headersFrom, toldBy } from './headers.ts'
import type { ImageModelResult } from './image-model.ts'

/**
 * Reads what a call answered. Without one whole picture it is `unknown`, as a model that stays silent for a reason of
 * moderation bills the words of it; of several pictures nobody knows which was asked for, or what they cost. A picture of
 * another size than `asked` says so in `making`.
 */
export async function readReply(result: ImageModelResult, asked: Size): Promise<Answer> {
  const images: readonly unknown[] = Array.isArray(result.images) ? result.images : []
  const received = images.flatMap((image) => bytesOf(image) ?? [])
  const [bytes] = received
  const told = toldBy(headersFrom(responseOf(result)))
  if (bytes === undefined || images.length > 1) {
    const what = images.length > 1 ? `${images.length} pictures for one` : 'no readable picture'
    const message = `The provider answered with ${what}; it may have billed`
    return { kind: 'unknown', message, ...(received.length > 0 && { received }), ...told }
  }
  const microUsd = costOf(result.providerMetadata)
  const making = await makingOf(bytes, asked, result.providerMetadata)
  return {
    kind: 'image',
    bytes,
    ...(microUsd !== undefined && { microUsd }),
    ...(making !== undefined && { making }),
    ...told,
  }
}

const responded = z.object({ headers: z.unknown() }).catch({ headers: undefined })

function responseOf({ response }: ImageModelResult): unknown {
  return responded.parse(response).headers
}

function bytesOf(image: unknown): Uint8Array | undefined {
  const bytes = typeof image === 'string' ? decodeBase64(image) : image
  return bytes instanceof Uint8Array && bytes.length > 0 ? bytes : undefined
}

/** Sizes are those of the bytes: what a vendor says of its reply is not believed. */
async function makingOf(
  bytes: Uint8Array,
  asked: Size,
  metadata: unknown,
): Promise<Making | undefined> {
  const came = await sizeOf(bytes)
  const isOther = came !== undefined && (came.width !== asked.width || came.height !== asked.height)
  const revisedPrompt = revisedPromptIn(metadata)
  if (!isOther && revisedPrompt === undefined) return undefined
  return { ...(isOther && { size: came }), ...(revisedPrompt !== undefined && { revisedPrompt }) }
}

async function sizeOf(bytes: Uint8Array): Promise<Size | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata()
    return { width, height }
  } catch {
    // Whoever checks the reply says what is wrong with it.
    return undefined
  }
}

const revised = z.record(
  z.string(),
  z.looseObject({ images: z.tuple([z.object({ revisedPrompt: z.string() })], z.unknown()) }),
)

function revisedPromptIn(metadata: unknown): string | undefined {
  const { data } = revised.safeParse(metadata)
  return Object.values(data ?? {})[0]?.images[0].revisedPrompt
}

/** A dollar is 10^10 ticks: https://docs.x.ai/developers/cost-tracking, read on 2026-11-24. */
const ticksInMicroUsd = 10_000
const ticks = z.object({
  xai: z.looseObject({ costInUsdTicks: z.int().min(0) }),
})

/** A bill is read where it is told in money; tokens are not, since their price is not known here. */
function costOf(metadata: unknown): number | undefined {
  const { data } = ticks.safeParse(metadata)
  return data === undefined ? undefined : Math.ceil(data.xai.costInUsdTicks / ticksInMicroUsd)
}
