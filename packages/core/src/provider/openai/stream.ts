import type OpenAI from 'openai'
import { Stream } from 'openai/core/streaming'

import type { PartialListener } from '../../ports.ts'
import { decodeBase64 } from '../base64.ts'
import { readBody } from './body.ts'

type Event = OpenAI.Images.ImageGenStreamEvent | OpenAI.Images.ImageEditStreamEvent

/**
 * Shows partial pictures while they come and answers the end in the shape of an unstreamed reply.
 * Answers nothing where the stream ends without one: a partial picture is never a result. A server that
 * knows no streams answers whole, which is a reply like any other.
 */
export async function readStream(
  response: Response,
  client: OpenAI,
  onPartial: PartialListener,
): Promise<unknown> {
  if (isStream(response)) return readEvents(eventsOf(response, client), onPartial)
  const whole = await readBody(response)
  if (typeof whole !== 'string') return whole
  // Events may come under a wrong name; what holds none is shown as it is.
  return (await readEvents(eventsOf(new Response(whole), client), onPartial)) ?? whole
}

function isStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

/** Without its client the SDK would log what it cannot read. */
function eventsOf(response: Response, client: OpenAI): AsyncIterable<Event> {
  return Stream.fromSSEResponse<Event>(response, new AbortController(), client)
}

async function readEvents(
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
