import type OpenAI from 'openai'
import type { ClientOptions } from 'openai'

import type { Answer, GenerateInput, InputImages, PartialListener } from '../../ports.ts'
import type { Access, Calls } from './access.ts'
import { orderBy, type Way } from './converse.ts'
import { editBody, variationBody } from './edit-request.ts'
import { exchange } from './exchange.ts'
import { answerUnsent } from './fault.ts'
import { isGptImage, requestBody, strangeIn } from './request.ts'
import { retirementOf, retirements } from './retirement.ts'
import { readStream } from './stream.ts'
import { transport } from './transport.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

/** Makes the calls of a connection to the Images API. */
export function callsOf(access: Access): Calls {
  const fetch = transport(access.timeoutMs)
  const send = (way: Way): Promise<Answer> => exchange(access, fetch, orderBy(access, way))
  return {
    generate: async (input, signal, onPartial) => {
      const body = requestBody(input, access.server)
      if (body === undefined) return answerStrange(input, access.server)
      return send({
        model: input.model,
        signal,
        hasPictures: false,
        whole: (client) => client.images.generate(body, { signal }).asResponse(),
        stream: streamOf(partialsOf(access, input), onPartial, (client, partials) =>
          client.images.generate({ ...body, ...partials }, { signal }).asResponse(),
        ),
      })
    },
    edit: async (input, images, signal, onPartial) => {
      if (isVariation(access, input)) return vary(access, fetch, { input, images, signal })
      const body = await editBody(input, images, access.server)
      if (typeof body === 'string') return answerUnsent('invalid_value', body)
      return send({
        model: input.model,
        signal,
        hasPictures: true,
        whole: (client) => client.images.edit(body, { signal }).asResponse(),
        stream: streamOf(partialsOf(access, input), onPartial, (client, partials) =>
          client.images.edit({ ...body, ...partials }, { signal }).asResponse(),
        ),
      })
    },
    retirements: (signal) => retirements(access, fetch, signal),
  }
}

type Partials = { readonly stream: true; readonly partial_images: number }

/** A stream for whoever looks on, where pictures in the making are shown. */
function streamOf(
  partials: Partials | undefined,
  onPartial: PartialListener | undefined,
  open: (client: OpenAI, partials: Partials) => Promise<Response>,
): Way['stream'] {
  if (partials === undefined || onPartial === undefined) return undefined
  return async (client) => readStream(await open(client, partials), client, onPartial)
}

/** Animations, drawings and DALL·E come in one piece. */
function partialsOf(
  { partialImages, server }: Access,
  { model, frames, vector }: GenerateInput,
): Partials | undefined {
  if (partialImages === undefined || !isGptImage(model)) return undefined
  if (frames !== undefined || vector === true) return undefined
  if (server !== 'openai' && server !== 'azure') return undefined
  return { stream: true, partial_images: partialImages }
}

function isVariation({ models }: Access, { model, prompt, basedOn }: GenerateInput): boolean {
  const known = models.find(({ id, aliases }) => id === model || aliases.includes(model))
  return basedOn !== undefined && prompt === '' && known?.variesWithoutPrompt === true
}

function answerStrange(input: GenerateInput, server: Access['server']): Answer {
  const reason = strangeIn(input, server) ?? 'the API knows no such value'
  return answerUnsent('invalid_value', `${reason}; leave it out or change it`)
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
    // By `images.d.ts` of openai 7.57 the endpoint takes no requests; its one model tells the day and the successor.
    const retired = retirementOf(access, input.model) ?? 'OpenAI shut its models down'
    const reason = `\`/images/variations\` is retired: ${retired}, and write a prompt`
    return answerUnsent('endpoint_retired', reason)
  }
  const body = await variationBody(input, images)
  if (typeof body === 'string') return answerUnsent('invalid_value', body)
  const whole: Way['whole'] = (client) =>
    client.images.createVariation(body, { signal }).asResponse()
  return exchange(
    access,
    fetch,
    orderBy(access, { model: input.model, signal, hasPictures: true, whole }),
  )
}
