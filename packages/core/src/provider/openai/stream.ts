import type OpenAI from 'openai'

import type { PartialListener } from '../../ports.ts'
import { decodeBase64 } from '../base64.ts'

type Event = OpenAI.Images.ImageGenStreamEvent | OpenAI.Images.ImageEditStreamEvent

/**
 * Shows partial pictures while they come and answers the end in the shape of an unstreamed reply.
 * Answers nothing where the stream ends without one: a partial picture is never a result.
 */
export async function readStream(
  events: AsyncIterable<Event>,
  onPartial: PartialListener,
): Promise<unknown> {
  for await (const event of events) {
    switch (event.type) {
      case 'image_generation.partial_image':
      case 'image_edit.partial_image':
        show(event.b64_json, onPartial)
        break
      case 'image_generation.completed':
      case 'image_edit.completed':
        return { ...event, data: [{ b64_json: event.b64_json }] }
    }
  }
  return undefined
}

function show(encoded: unknown, onPartial: PartialListener): void {
  const bytes = typeof encoded === 'string' ? decodeBase64(encoded) : undefined
  if (bytes === undefined) return
  try {
    onPartial(bytes)
  } catch {
    // Whoever only looks on must not lose a picture that is paid for.
  }
}
