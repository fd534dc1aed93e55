import type { ClientOptions } from 'openai'

import type { Answer, GenerateInput, InputImages } from '../../../ports.ts'
import { clientFor, keyOf } from '../client.ts'
import type { Access } from '../connection.ts'
import { answerFault, answerUnsent } from '../fault.ts'
import { transport } from '../transport.ts'
import { responseBody } from './body.ts'
import { readResponse } from './reply.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

/** Sends one request at most once. */
export interface Responder {
  readonly generate: (input: GenerateInput, signal: AbortSignal) => Promise<Answer>
  readonly edit: (input: GenerateInput, images: InputImages, signal: AbortSignal) => Promise<Answer>
}

/** Buys by the image generation tool of the Responses API, called for by a text model. */
export function respondWith(access: Access, driver: string): Responder {
  const fetch = transport(access.timeoutMs)
  const respond = async (
    input: GenerateInput,
    images: InputImages | undefined,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const body = responseBody(input, images, driver)
    if (body === undefined) return answerUnsent('invalid_value', 'OpenAI knows no such value')
    const key = await keyOf(access)
    if (key === undefined) return answerUnsent('invalid_api_key', 'the API key cannot be read')
    let isSent = false
    const send: Fetch = (url, init) => {
      isSent = true
      return fetch(url, init)
    }
    try {
      const request = clientFor(access, key, send).responses.create(body, { signal })
      const { data, request_id: requestId } = await request.withResponse()
      const priceOf = access.priceOf.bind(undefined, input.model)
      return readResponse(data, { prompt: input.prompt, requestId, key, driver, priceOf })
    } catch (fault) {
      if (isSent) return answerFault(fault, key)
      if (signal.aborted) return { kind: 'busy', message: 'Cancelled before anything was sent' }
      return answerUnsent('invalid_request', 'key, address, organisation or project is malformed')
    }
  }
  return {
    generate: (input, signal) => respond(input, undefined, signal),
    edit: respond,
  }
}
