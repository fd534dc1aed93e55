import type { Answer, Making } from '../../../ports.ts'
import { parseSize } from '../../../size-rule.ts'
import { decodeBase64 } from '../../base64.ts'
import { redact } from '../../redact.ts'
import { parseUsage } from '../usage.ts'
import { billOf, type Prices } from './bill.ts'
import { type Call, type Fault, type Reading, readingOf } from './reading.ts'

/** What a reply is read with. */
export interface Reader extends Prices {
  readonly prompt: string
  readonly requestId: string | null
  /** It never shows in an answer. */
  readonly key: string
}

/** The driver may have called for nothing, or in vain; what blocked it is what the prompt says. */
const promptCodes: ReadonlySet<string> = new Set([
  'moderation_blocked',
  'content_policy_violation',
  'image_content_policy_violation',
  'invalid_prompt',
])

/**
 * Reads the body of a 200. A response that ended without a picture is `refused` with what it cost;
 * where that cannot be told, or more than one picture came, its fate is `unknown`.
 */
export function readResponse(reply: unknown, reader: Reader): Answer {
  const reading = readingOf(reply)
  if (reading === undefined) return unknown('The provider answered 200 without a response', reader)
  const results = reading.calls.flatMap((call) =>
    call.result ? [{ call, text: call.result }] : [],
  )
  const pictures = results.flatMap(({ text }) => decodeBase64(text) ?? [])
  const [result] = results
  if (result === undefined) return withoutPicture(reading, reader)
  const [bytes] = pictures
  if (bytes === undefined || result.call.status === 'failed')
    return unknown('The provider sent a picture that cannot be read', reader, pictures)
  if (results.length > 1)
    return unknown(`The provider made ${results.length} pictures, expected one`, reader, pictures)
  const microUsd = billOf(reading, reader)
  const usage = parseUsage(reading.imageUsage)
  return {
    kind: 'image',
    bytes,
    ...(microUsd === undefined || usage === undefined ? {} : { microUsd }),
    ...(usage === undefined ? {} : { usage }),
    making: makingOf(result.call, reader.prompt),
    ...idOf(reader),
  }
}

function withoutPicture(reading: Reading, reader: Reader): Answer {
  const isOver = ['completed', 'failed', 'incomplete'].includes(reading.status ?? '')
  const microUsd = billOf(reading, reader)
  // A call that neither failed nor came to an end may have been billed without being counted.
  const isOpen = reading.calls.some(({ status }) => status !== 'failed')
  const isToldApart = !isOpen || reading.imageUsage !== undefined
  if (!isOver || microUsd === undefined || !isToldApart)
    return unknown(`The provider made no picture: ${saying(reading, reader.key)}`, reader)
  const fault = faultOf(reading)
  const code = redact(fault?.code ?? fault?.type ?? reading.reason ?? 'no_picture', reader.key)
  const isPrompt = promptCodes.has(code) || reading.reason === 'content_filter'
  return {
    kind: 'refused',
    scope: isPrompt ? 'prompt' : 'image',
    code: redact(code, reader.key),
    message: `The provider made no picture: ${saying(reading, reader.key)}`,
    microUsd,
    ...idOf(reader),
  }
}

function faultOf({ calls, error }: Reading): Fault | undefined {
  return calls.find((call) => call.error !== undefined)?.error ?? error
}

function saying(reading: Reading, key: string): string {
  const fault = faultOf(reading)
  const said = fault?.message ?? (reading.words || undefined)
  if (said !== undefined) return redact(said, key)
  if (reading.reason === undefined) return 'it gives no reason'
  return `it ended by \`${redact(reading.reason, key)}\``
}

function makingOf(call: Call, prompt: string): Making {
  const size = parseSize(call.size ?? '')
  const { quality, background, revised_prompt: revised } = call
  return {
    ...(size === undefined ? {} : { size }),
    ...(quality === undefined ? {} : { quality }),
    ...(background === undefined ? {} : { background }),
    ...(revised === undefined || revised === prompt ? {} : { revisedPrompt: revised }),
  }
}

function unknown(fault: string, reader: Reader, received: readonly Uint8Array[] = []): Answer {
  return {
    kind: 'unknown',
    message: `${fault}; it may have billed`,
    ...(received.length === 0 ? {} : { received }),
    ...idOf(reader),
  }
}

function idOf({ requestId, key }: Reader): { readonly requestId?: string } {
  return requestId === null ? {} : { requestId: redact(requestId, key) }
}
