import type OpenAI from 'openai'

import type { Answer, GenerateInput, InputImages, Model, ReadyConnection } from '../../ports.ts'
import { clientFor, keyOf, type Identity } from './client.ts'
import { editBody, variationBody } from './edit-request.ts'
import { answerFault, answerUnsent } from './fault.ts'
import { fetchPicture, type FetchedPicture } from './fetch-picture.ts'
import { watch, type Line } from './line.ts'
import { paceOf } from './pace.ts'
import { redact } from '../redact.ts'
import { linkOf, readReply } from './reply.ts'
import { successorInWords } from './price-in-words.ts'
import { isGptImage, requestBody } from './request.ts'
import { readStream } from './stream.ts'
import { transport } from './transport.ts'
import type { Usage } from './usage.ts'

/** Where, as whom and what to buy. */
export interface Access extends Identity {
  /** Whether it is OpenAI's own host, where DALL·E and its endpoints are gone. */
  readonly isOwn: boolean
  readonly models: readonly Model[]
  /** How many pictures in the making a listener is shown. */
  readonly partialImages?: 1 | 2 | 3
  /** What a reported usage cost in micro-dollars, where that is known. */
  readonly priceOf: (model: string, usage: Usage) => number | undefined
  /** Hosts beside the server's own that its pictures may be fetched from. */
  readonly pictureHosts: readonly string[]
}

export type Generate = ReadyConnection['generate']
export type Edit = NonNullable<ReadyConnection['edit']>
export type Retirements = NonNullable<ReadyConnection['retirements']>

/** What a connection can be called for; each call sends one request at most once. */
export interface Calls {
  readonly generate: Generate
  readonly edit: Edit
  readonly retirements: Retirements
}

/** One request: for what, until when, and how it is sent, whole or as a stream of events. */
interface Order {
  readonly input: GenerateInput
  readonly signal: AbortSignal
  readonly whole: (client: OpenAI) => Promise<Response>
  /** Answers in the shape of a whole reply, or nothing where the stream ended without one. */
  readonly stream?: ((client: OpenAI) => Promise<unknown>) | undefined
}

/** Above the largest PNG of 3840x2160 pixels, which has 33.3 MB. */
const maxPictureBytes = 36_000_000

type Fetch = Parameters<typeof watch>[0]

/** Makes the calls of a connection. */
export function callsOf(access: Access): Calls {
  const fetch = transport(access.timeoutMs)
  return {
    generate: async (input, signal, onPartial) => {
      const body = requestBody(input, access.server)
      if (body === undefined) return answerUnsent('invalid_value', 'OpenAI knows no such value')
      const partials = onPartial === undefined ? undefined : partialsOf(access, input)
      return exchange(access, fetch, {
        input,
        signal,
        whole: (client) => client.images.generate(body, { signal }).asResponse(),
        stream:
          onPartial &&
          partials &&
          (async (client) => {
            const events = await client.images.generate({ ...body, ...partials }, { signal })
            return readStream(events, onPartial)
          }),
      })
    },
    edit: async (input, images, signal, onPartial) => {
      if (isVariation(access, input)) return vary(access, fetch, { input, images, signal })
      const body = await editBody(input, images, access.server)
      if (typeof body === 'string') return answerUnsent('invalid_value', body)
      const partials = onPartial === undefined ? undefined : partialsOf(access, input)
      return exchange(access, fetch, {
        input,
        signal,
        whole: (client) => client.images.edit(body, { signal }).asResponse(),
        stream:
          onPartial &&
          partials &&
          (async (client) => {
            const events = await client.images.edit({ ...body, ...partials }, { signal })
            return readStream(events, onPartial)
          }),
      })
    },
    retirements: (signal) => retirements(access, fetch, signal),
  }
}

/** Animations, drawings and DALL·E come in one piece. */
function partialsOf(
  { partialImages, server }: Access,
  { model, frames, vector }: GenerateInput,
): { readonly stream: true; readonly partial_images: number } | undefined {
  if (partialImages === undefined || !isGptImage(model)) return undefined
  if (frames !== undefined || vector === true) return undefined
  if (server !== 'openai' && server !== 'azure') return undefined
  return { stream: true, partial_images: partialImages }
}

function isVariation({ models }: Access, { model, prompt, basedOn }: GenerateInput): boolean {
  const known = models.find(({ id, aliases }) => id === model || aliases.includes(model))
  return basedOn !== undefined && prompt === '' && known?.variesWithoutPrompt === true
}

interface Variation {
  readonly input: GenerateInput
  readonly images: InputImages
  readonly signal: AbortSignal
}

async function vary(
  access: Access,
  fetch: Fetch,
  { input, images, signal }: Variation,
): Promise<Answer> {
  if (access.isOwn) {
    const reason = 'OpenAI shut `/images/variations` down with DALL·E on 2026-05-12; write a prompt'
    return answerUnsent('endpoint_retired', reason)
  }
  const body = await variationBody(input, images)
  if (typeof body === 'string') return answerUnsent('invalid_value', body)
  const whole: Order['whole'] = (client) =>
    client.images.createVariation(body, { signal }).asResponse()
  return exchange(access, fetch, { input, signal, whole })
}

/** Sends a request at most once, and never throws for what becomes of it. */
async function exchange(access: Access, fetch: Fetch, order: Order): Promise<Answer> {
  const retired = access.isOwn ? retirementOf(access, order.input.model) : undefined
  if (retired !== undefined) return answerUnsent('model_retired', retired)
  const key = await keyOf(access)
  if (key === undefined) return answerUnsent('invalid_api_key', 'the API key cannot be read')
  const line = watch(fetch)
  const answer = await converse(access, clientOn(access, key, line), order, line).catch(
    async (fault: unknown): Promise<Answer> => {
      if (line.isSent()) return answerFault(fault, key, await line.failure())
      if (order.signal.aborted)
        return { kind: 'busy', message: 'Cancelled before anything was sent' }
      return answerUnsent('invalid_request', 'key, address, organisation or project is malformed')
    },
  )
  return named(answer, key, line)
}

async function converse(
  access: Access,
  makeClient: () => OpenAI,
  { input, signal, whole, stream }: Order,
  line: Line,
): Promise<Answer> {
  const client = makeClient()
  const reply =
    stream === undefined ? parsed(await (await whole(client)).text()) : await stream(client)
  const requestId = line.headers()?.get('x-request-id') ?? null
  const link = linkOf(reply)
  const fetched = link === undefined ? undefined : await pictureAt(link, access, signal)
  if (fetched !== undefined && 'fault' in fetched) {
    const message = `The provider answered an address, and no picture came from it: ${fetched.fault}; it may have billed`
    return { kind: 'unknown', message }
  }
  return readReply(reply, requestId, (usage) => access.priceOf(input.model, usage), fetched?.bytes)
}

/** What a server answers by its address; the key goes along to nobody. */
function pictureAt(link: string, access: Access, signal: AbortSignal): Promise<FetchedPicture> {
  const { baseURL, timeoutMs, pictureHosts } = access
  const allowedHosts = [new URL(baseURL).hostname, ...pictureHosts]
  return fetchPicture(link, {
    server: baseURL,
    signal,
    timeoutMs,
    maxBytes: maxPictureBytes,
    allowedHosts,
  })
}

/** A text that is no JSON stays a text, which holds no picture. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function clientOn(access: Access, key: string, { send }: Line): () => OpenAI {
  return () => clientFor(access, key, send)
}

/** Adds what the headers tell, and hides the key where a server echoes it. */
function named(answer: Answer, key: string, line: Line): Answer {
  const headers = line.headers()
  if (headers === undefined) return answer
  const pace = paceOf(headers)
  const paced = pace === undefined ? {} : { pace }
  if (answer.kind === 'busy') return { ...answer, ...paced }
  const requestId = headers.get('x-request-id')
  const known = requestId === null ? {} : { requestId: redact(requestId, key) }
  if (answer.kind !== 'unknown') return { ...answer, ...known, ...paced }
  return { ...answer, message: redact(answer.message, key), ...known, ...paced }
}

/** DALL·E alone: for other models the server has the last word. */
function retirementOf({ models }: Access, name: string): string | undefined {
  if (!name.startsWith('dall-e-')) return undefined
  const model = models.find(({ id }) => id === name)
  const successor = successorInWords(name) ?? 'a model such as `gpt-image-2.5-flare`'
  return `OpenAI shut \`${name}\` down on ${model?.retiresOn ?? '2026-05-12'}; its successor is ${successor}`
}

async function retirements(
  access: Access,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const key = await keyOf(access)
  if (key === undefined) throw new Error('The API key cannot be read')
  const dates = new Map<string, string>()
  for await (const model of clientFor(access, key, fetch).models.list({ signal })) {
    if (typeof model.shutdown_date === 'string') dates.set(model.id, model.shutdown_date)
  }
  return dates
}
