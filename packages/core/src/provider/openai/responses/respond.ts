import type { Answer, GenerateInput, InputImages } from '../../../ports.ts'
import type { Access } from '../access.ts'
import { readBody } from '../body.ts'
import { exchange } from '../exchange.ts'
import { answerUnsent } from '../fault.ts'
import { transport } from '../transport.ts'
import { strangeIn } from '../request.ts'
import { responseBody } from './body.ts'
import { readResponse } from './reply.ts'

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
    if (body === undefined) {
      const reason = strangeIn(input) ?? 'the tool takes no `seed`'
      return answerUnsent('invalid_value', `${reason}; leave it out or change it`)
    }
    const { model, prompt } = input
    const priceOf = access.priceOf.bind(undefined, model)
    const reader = { prompt, driver, priceOf, hasPictures: images !== undefined }
    return exchange(access, fetch, {
      model,
      signal,
      converse: async (client, { key, requestId }) => {
        const reply = await readBody(await client.responses.create(body, { signal }).asResponse())
        return readResponse(reply, { ...reader, requestId: requestId(), key })
      },
    })
  }
  return {
    generate: (input, signal) => respond(input, undefined, signal),
    edit: respond,
  }
}
