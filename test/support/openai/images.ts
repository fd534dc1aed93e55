/** The Images API. */

import { setTimeout } from 'node:timers/promises'
import type { ServerResponse } from 'node:http'

import { sendPicture, sendRefusal } from './answer.ts'
import { microUsdOf } from './bill.ts'
import { envelope, type Desk, type Received, type Route } from './route.ts'
import { judgeUploads, pixelsOf } from './edits.ts'
import { isDallE, judgeDallE, judgeDallE2Edit } from './dall-e.ts'
import { judge, type Accepted, type Refusal } from './rules.ts'

export const imageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/v1\/images\/generations$/,
    takes: 'json',
    serve: (desk, { body }, response) => {
      const isLegacy = desk.hasDallE && isDallE(body)
      return sell(desk, isLegacy ? judgeDallE(body) : judge(body), response)
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/images\/edits$/,
    takes: 'multipart',
    serve: async (desk, { body, uploads }, response) => {
      const isLegacy = desk.hasDallE && isDallE(body)
      const judged = isLegacy ? judgeDallE2Edit(body, false) : judge(fieldsOf(body), 'edits')
      await sellEdit(desk, judged, uploads, response)
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/images\/variations$/,
    takes: 'multipart',
    serve: (desk, { body, uploads }, response) =>
      desk.hasDallE
        ? sellEdit(desk, judgeDallE2Edit(body, true), uploads, response)
        : Promise.resolve(sendRefusal(response, envelope(404, 'Invalid URL', null))),
  },
  {
    method: 'GET',
    path: /^\/v1\/models$/,
    takes: 'nothing',
    serve: async (_, __, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ object: 'list', data: models }))
    },
  },
]

const models = [
  { id: 'gpt-image-2', object: 'model', created: 1, owned_by: 'openai', shutdown_date: null },
  {
    id: 'gpt-image-1-mini',
    object: 'model',
    created: 1,
    owned_by: 'openai',
    shutdown_date: '2026-12-01',
  },
  { id: 'gpt-6-luna', object: 'model', created: 1, owned_by: 'openai' },
] as const

/** A form holds texts; the API reads some of them as numbers and booleans. */
function fieldsOf(form: Received['body']): Received['body'] {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      if (/^(?:n|partial_images|frame_count|output_compression)$/.test(name)) {
        return [name, Number(value)]
      }
      return [name, name === 'stream' ? value === 'true' : value]
    }),
  )
}

async function sellEdit(
  desk: Desk,
  judged: Accepted | Refusal,
  uploads: Received['uploads'],
  response: ServerResponse,
): Promise<void> {
  const most = 'error' in judged || judged.model !== 'dall-e-2' ? 16 : 1
  const refusal = await judgeUploads(uploads, most)
  const images = await pixelsOf(uploads)
  return sell(desk, refusal ?? ('error' in judged ? judged : { ...judged, images }), response)
}

/** Refuses, or bills and then answers. */
async function sell(
  desk: Desk,
  judged: Accepted | Refusal,
  response: ServerResponse,
): Promise<void> {
  const allowed = desk.limit?.(response) ?? judged
  if ('error' in allowed) return sendRefusal(response, allowed)
  const fault = desk.faults.shift()
  if (typeof fault === 'object') return sendRefusal(response, fault)
  const { model, quality, prompt, width, height } = allowed
  const microUsd = microUsdOf(allowed)
  desk.billed.push({ model, size: `${width}x${height}`, quality, prompt, microUsd })
  if (desk.delayMs > 0) await setTimeout(desk.delayMs, undefined, { signal: desk.closing.signal })
  await sendPicture(response, allowed, fault)
}
