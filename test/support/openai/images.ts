/** The Images API. */

import { setTimeout } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'

import { sendPicture, sendRefusal } from './answer.ts'
import { microUsdOf } from './bill.ts'
import type { Desk, Route } from './route.ts'
import { judge, type Accepted, type Refusal } from './rules.ts'

export const imageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v1\/images\/generations$/,
    takes: 'json',
    serve: (desk, { body }, response) => sell(desk, judge(body), response),
  },
]

/** Refuses, or bills and then answers. */
async function sell(
  desk: Desk,
  judged: Accepted | Refusal,
  response: ServerResponse,
): Promise<void> {
  if ('error' in judged) return sendRefusal(response, judged)
  const fault = desk.faults.shift()
  if (typeof fault === 'object') return sendRefusal(response, fault)
  const { model, quality, prompt, width, height } = judged
  const microUsd = microUsdOf(judged)
  desk.billed.push({ model, size: `${width}x${height}`, quality, prompt, microUsd })
  if (desk.delayMs > 0) await setTimeout(desk.delayMs, undefined, { signal: desk.closing.signal })
  await sendPicture(response, judged, fault)
}
