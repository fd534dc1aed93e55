import type { ServerResponse } from 'node:http'

import type { Mishap } from './faults.ts'
import type { Accepted } from './rules.ts'

/** What is answered whole, or with its picture taken out as the last event. */
export interface Reply {
  readonly data: readonly { readonly b64_json?: string; readonly url?: string }[]
  readonly usage?: Readonly<Record<string, unknown>>
}

/**
 * Answers in server-sent events. `reset-midway` breaks the connection after the partial pictures,
 * `truncated-json` ends there in order.
 */
export function sendStream(
  response: ServerResponse,
  { partials = 0, images }: Accepted,
  { data: [picture], ...reply }: Reply,
  mishap: Mishap | undefined,
): void {
  const api = images === undefined ? 'image_generation' : 'image_edit'
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let index = 0; index < partials; index += 1) {
    const type = `${api}.partial_image`
    write(response, type, { type, ...picture, partial_image_index: index })
  }
  if (mishap === 'reset-midway') {
    response.write(': ', () => response.socket?.resetAndDestroy())
    return
  }
  if (mishap !== 'truncated-json') {
    const type = `${api}.completed`
    write(response, type, { ...reply, type, ...picture })
  }
  response.end()
}

function write(response: ServerResponse, type: string, event: unknown): void {
  response.write(`event: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
}
