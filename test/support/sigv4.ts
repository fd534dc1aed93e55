import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A request as it arrived. */
export interface Arrived {
  readonly method: string
  /** With its query, as it was sent. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * The signature that a request ought to bear, by the signing process that Amazon documents as “Signature Version 4 for S3”,
 * reckoned from what arrived.
 * @param scope Such as `20261125/us-east-1/s3/aws4_request`.
 */
export function signatureOf(
  arrived: Arrived,
  signedNames: string,
  scope: string,
  secret: string,
): string {
  const { method, headers } = arrived
  const url = new URL(arrived.url, 'http://host')
  const canonical = [
    method,
    url.pathname
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    [...url.searchParams]
      .map((pair) => pair.map(encoded).join('='))
      .toSorted()
      .join('&'),
    ...signedNames.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signedNames,
    createHash('sha256').update(arrived.body).digest('hex'),
  ].join('\n')
  const text = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n')
  const key = scope
    .split('/')
    .reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${secret}`)
  return hmac(key, text).toString('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** All but letters, digits and `-._~`. */
function encoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[\w.~-]/.test(letter)
        ? letter
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
