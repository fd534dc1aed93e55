import { hash } from 'node:crypto'
import type { Key, RecordedRequest, RequestHash, Sha256 } from '../ports.ts'
import { hashForm } from '../request/prompt.ts'
import type { ImageRequest } from '../request/image-request.ts'
import type { Style } from '../request/style.ts'

/** The part of a request that its author wrote. */
export type Authored = Pick<ImageRequest, 'prompt' | 'explicit' | 'files'> & {
  readonly style: Pick<Style, 'text' | 'isExplicit'> | undefined
  /** The picture that it is based on, by what its own author wrote. */
  readonly base: Authored | undefined
  /** The key of that picture, where it goes by another one than its author's words give it today. */
  readonly baseKey?: Key | undefined
}

/**
 * Names what an author wrote: SHA-256 over the canonical prompt, the text of an explicit style with its fields in place
 * and the bought attributes that stand in the directive, files by what they hold and a picture that is varied by its own
 * key. Defaults of the configuration are not in it, a default style among them, nor where it stands.
 */
export function authoredKeyOf(request: Authored): Key {
  const { style, files, base, baseKey } = request
  const varied = baseKey ?? (base && authoredKeyOf(base))
  const attributes = [...request.explicit].filter(([name]) => !namedOtherwise.has(name))
  const digest = digestOf('imprompt authored 1', [
    ['prompt', request.prompt],
    ...(style?.isExplicit === true ? [['style', style.text] as const] : []),
    ...attributes,
    ...[...files].map(([name, hashes]) => [name, hashes.join(' ')] as const),
    ...(varied === undefined ? [] : [['vary', varied] as const]),
  ])
  // A digest of this layout is what a Key is.
  return digest as Key
}

/** Attributes whose own text is no part of a key: a name or a path may change, what it stands for may not. */
const namedOtherwise: ReadonlySet<string> = new Set(['style', 'ref', 'mask', 'vary'])

/** What a provider is asked for, with the picture that it is based on by its own request. */
export function recordedRequestOf({ request, base }: Asked): RecordedRequest {
  if (base === undefined) return request
  return { ...request, basedOn: requestHashOf(recordedRequestOf(base)) }
}

/** The part of a request that a provider is asked for. */
interface Asked {
  readonly request: RecordedRequest
  readonly base: Asked | undefined
}

/** Names what a provider is asked for: SHA-256 over every field that shapes the original. */
export function requestHashOf(request: RecordedRequest): RequestHash {
  const { size, references, ...others } = request
  const digest = digestOf('imprompt request 1', [
    ...Object.entries(others).map(([name, value]) => [name, String(value)] as const),
    ['size', `${size.width}x${size.height}`],
    ...(references === undefined ? [] : [['references', references.join(' ')] as const]),
  ])
  // A digest of this layout is what a RequestHash is.
  return digest as RequestHash
}

/** A request, and the hash that is written down beside it. */
interface Hashed {
  readonly request: RecordedRequest
  readonly requestHash: RequestHash
}

/** Whether a hash that stands beside a request is its own. */
export function isHashOfRequest({ request, requestHash }: Hashed): boolean {
  return requestHashOf(request) === requestHash
}

/** What is wrong with an entry whose hash is not that of its request; nothing where it is. */
export function hashFaultOf(entry: Hashed): string | undefined {
  if (isHashOfRequest(entry)) return undefined
  return 'its hash is not that of its request'
}

/** Names bytes by their SHA-256. */
export function sha256Of(bytes: Uint8Array): Sha256 {
  // A digest of bytes is what a Sha256 is.
  return hash('sha256', bytes, 'hex') as Sha256
}

/** Reads a key that was written down; answers nothing for any other text. */
export function readKey(text: unknown): Key | undefined {
  // Whatever has this form was once made by `authoredKeyOf`.
  return isHex64(text) ? (text as Key) : undefined
}

/** Reads a request hash that was written down; answers nothing for any other text. */
export function readRequestHash(text: unknown): RequestHash | undefined {
  // Whatever has this form was once made by `requestHashOf`.
  return isHex64(text) ? (text as RequestHash) : undefined
}

/** Reads a SHA-256 that was written down; answers nothing for any other text. */
export function readSha256(text: unknown): Sha256 | undefined {
  // Whatever has this form was once made by `sha256Of`.
  return isHex64(text) ? (text as Sha256) : undefined
}

function isHex64(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
}

/** Canonical form: the layout's name, then the pairs sorted by name, as JSON in NFC with `*` as `_`. */
function digestOf(layout: string, pairs: readonly (readonly [string, string])[]): string {
  const sorted = pairs
    .map(([name, text]) => [name, hashForm(text.normalize('NFC'))] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return hash('sha256', `${layout}\n${JSON.stringify(sorted)}`, 'hex')
}
