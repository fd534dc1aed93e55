import type { Answer, Making } from '../../../ports.ts'
import { parseSize } from '../../../size-rule.ts'
import { decodeBase64 } from '../../base64.ts'
import { redact } from '../../redact.ts'
import { billOf, driverBillOf, pictureUsage, type Prices } from './bill.ts'
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

/** What is found before anything is drawn. */
const undrawnCodes: ReadonlySet<string> = new Set([
  'content_policy_violation',
  'empty_image_file',
  'failed_to_download_image',
  'image_content_policy_violation',
  'image_file_not_found',
  'image_file_too_large',
  'image_parse_error',
  'image_too_large',
  'image_too_small',
  'invalid_base64_image',
  'invalid_image',
  'invalid_image_format',
  'invalid_image_mode',
  'invalid_image_url',
  'invalid_prompt',
  'invalid_value',
  'rate_limit_exceeded',
  'unsupported_image_media_type',
])

/**
 * Reads the body of a 200. A response that ended without a picture is `refused` with what it cost
 * where it tells the picture's tokens, or proves that nothing was drawn; else, or where more than one picture came, its
 * fate is `unknown`.
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
  const microUsd = billOf(reading, reader, bytes)
  const usage = pictureUsage(reading, reader)
  return {
    kind: 'image',
    bytes,
    // A picture that took no tokens was drawn all the same: its bill is not told.
    ...(microUsd === undefined || usage?.imageOutput === 0 ? {} : { microUsd }),
    ...(usage === undefined ? {} : { usage }),
    making: makingOf(result.call, reader.prompt),
    ...idOf(reader),
  }
}

function withoutPicture(reading: Reading, reader: Reader): Answer {
  const isOver = ['completed', 'failed', 'incomplete'].includes(reading.status ?? '')
  const isTold = pictureUsage(reading, reader) !== undefined
  // Usage that is missing proves nothing: calls without a record of theirs are skipped in it.
  const isDriverAlone = !isTold && isNothingDrawn(reading)
  const microUsd = isDriverAlone ? driverBillOf(reading, reader) : billOf(reading, reader)
  const said = `The provider made no picture: ${saying(reading, reader.key)}`
  if (!isOver || microUsd === undefined) return unknown(said, reader)
  const fault = faultOf(reading)
  const code = redact(fault?.code ?? fault?.type ?? reading.reason ?? 'no_picture', reader.key)
  const isPrompt = promptCodes.has(code) || reading.reason === 'content_filter'
  const bill = isDriverAlone
    ? `nothing was drawn, and the words of \`${reader.driver}\` were billed`
    : 'its tokens were billed all the same'
  return {
    kind: 'refused',
    scope: isPrompt ? 'prompt' : 'image',
    code,
    message: `${said}; ${bill}`,
    microUsd,
    ...idOf(reader),
  }
}

/** Whether it is proved that no call came to drawing. */
function isNothingDrawn({ calls, status, error }: Reading): boolean {
  if (calls.length === 0) return status !== 'failed' || isUndrawn(error)
  return calls.every((call) => call.status === 'failed' && isUndrawn(call.error))
}

function isUndrawn(fault: Fault | undefined): boolean {
  if (fault?.code === 'moderation_blocked')
    return fault.moderation_details?.moderation_stage === 'input'
  return undrawnCodes.has(fault?.code ?? '')
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
