import type { Answer, Environment, GenerateInput, InputImage } from '../../ports.ts'
import type { InputImages, ReadyConnection } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import { defaultTimeoutMs } from '../timeout.ts'
import { withoutSecrets } from '../without-secrets.ts'
import type { Described } from './ai-sdk.ts'
import { nearestRatio } from './aspect-ratio.ts'
import { within } from './deadline.ts'
import { answerFault } from './fault.ts'
import type { ImageModelCall, ImageModelFile } from './image-model.ts'
import { readReply } from './reply.ts'

/** Makes a connection that calls the model once for each request. */
export function connectionOf(all: Described, environment: Environment): ReadyConnection {
  const { credential, account, imagesPerMinute } = all.options
  const secrets = credential === undefined ? [] : [environment[credential] ?? '']
  const takesImages = all.described.honours.includes('ref')
  return {
    kind: 'ready',
    ...(account !== undefined && { account }),
    ...(imagesPerMinute !== undefined && { imagesPerMinute }),
    generate: (input, signal) => send(all, { input, images: undefined, signal, secrets }),
    ...(takesImages && {
      edit: (input: GenerateInput, images: InputImages, signal: AbortSignal) =>
        send(all, { input, images, signal, secrets }),
    }),
  }
}

interface Sending {
  readonly input: GenerateInput
  readonly images: InputImages | undefined
  readonly signal: AbortSignal
  readonly secrets: readonly string[]
}

async function send(all: Described, sending: Sending): Promise<Answer> {
  const { input, signal, secrets } = sending
  const strange = strangeIn(all, sending)
  if (strange !== undefined) {
    const message = `Nothing was sent: \`${all.described.id}\` takes no such \`${strange}\`; leave it out or change it`
    return { kind: 'refused', scope: 'image', code: 'invalid_value', message }
  }
  if (signal.aborted) return { kind: 'busy', message: 'Cancelled before anything was sent' }
  try {
    const { timeoutMs = defaultTimeoutMs } = all.options
    const result = await within(timeoutMs, signal, (abortSignal) =>
      all.model.doGenerate({ ...callFor(all, sending), abortSignal }),
    )
    return withoutSecrets(await readReply(result, input.size), ...secrets)
  } catch (fault) {
    return withoutSecrets(answerFault(fault, secrets), ...secrets)
  }
}

/** The first thing that was asked for and that the model knows nothing of: it is never left out silently. */
function strangeIn({ described }: Described, { input, images }: Sending): string | undefined {
  const { honours, maxReferences = 0 } = described
  if (input.model !== described.id) return 'model'
  if ((images?.images.length ?? 0) > maxReferences) return 'ref'
  if (images?.mask !== undefined && !honours.includes('mask')) return 'mask'
  if (input.seed !== undefined && !honours.includes('seed')) return 'seed'
  return (
    ['quality', 'background', 'moderation', 'complexity', 'rendering', 'frames', 'vector'] as const
  ).find((name) => input[name] !== undefined)
}

function callFor({ options }: Described, { input, images }: Sending): ImageModelCall {
  const { aspectRatios } = options
  return {
    prompt: input.prompt,
    n: 1,
    size: aspectRatios === undefined ? formatSize(input.size) : undefined,
    aspectRatio: aspectRatios && nearestRatio(input.size, aspectRatios),
    seed: input.seed,
    files: images?.images.map(fileOf),
    mask: images?.mask && fileOf(images.mask),
    providerOptions: { ...options.providerOptions },
  }
}

function fileOf({ bytes, format }: InputImage): ImageModelFile {
  return { type: 'file', mediaType: `image/${format}`, data: bytes }
}
