import { type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Arrived, signatureOf } from './sigv4.ts'

/** What a request is answered with. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/**
 * What a server does instead of the right thing.
 * @param honest Does the right thing, and answers what would be said.
 * @returns nothing where it deals with the response itself
 */
export type Twist = (
  arrived: Arrived,
  honest: () => Answer,
  response: ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>

/** Object storage in memory with one bucket, `pictures`, which checks signatures and honours conditions. */
export interface S3Double extends AsyncDisposable {
  readonly url: string
  /** By the names that they have in the bucket. */
  readonly objects: Map<string, Uint8Array>
  /** What arrived, in its order. */
  readonly requests: readonly Arrived[]
  twist: Twist
  /** Whether it writes over what is there in spite of conditions. */
  isLax: boolean
  /** How far its clock is ahead of this machine's. */
  aheadMs: number
  /** Secret and token by access key. */
  readonly keys: Map<
    string,
    { readonly secret: string; readonly token?: string; readonly isExpired?: boolean }
  >
}

export const accessKeyId = 'AKIDEXAMPLE'
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

/** How wrong a clock may be, by the documentation of `RequestTimeTooSkewed`. */
const maxSkewMs = 15 * 60_000

export async function startS3(twist: Twist = (_arrived, honest) => honest()): Promise<S3Double> {
  const requests: Arrived[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A client that breaks off is what some twists are about.
    request.on('error', () => undefined)
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const arrived: Arrived = { method, url, headers, body: Buffer.concat(chunks) }
      requests.push(arrived)
      void respond(arrived, response)
    })
  })
  const respond = async (arrived: Arrived, response: ServerResponse): Promise<void> => {
    const answer = await double.twist(arrived, () => honestly(double, arrived), response)
    if (answer === undefined) return
    const { status, headers = {}, body = '' } = answer
    response.sendDate = false
    const date = new Date(Date.now() + double.aheadMs).toUTCString()
    response.writeHead(status, {
      date,
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    })
    response.end(arrived.method === 'HEAD' ? undefined : body)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const double: S3Double = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    objects: new Map(),
    requests,
    twist,
    isLax: false,
    aheadMs: 0,
    keys: new Map([[accessKeyId, { secret: secretAccessKey }]]),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return double
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address.port
}

function honestly(double: S3Double, arrived: Arrived): Answer {
  const fault = faultOf(double, arrived)
  if (fault !== undefined) return refusal(...fault)
  const [, bucket, ...path] = new URL(arrived.url, double.url).pathname
    .split('/')
    .map(decodeURIComponent)
  if (bucket !== 'pictures') return refusal(404, 'NoSuchBucket')
  const name = path.join('/')
  const there = double.objects.get(name)
  if (arrived.method === 'PUT') {
    const isNew = arrived.headers['if-none-match'] === '*' && !double.isLax
    if (isNew && there !== undefined) return refusal(412, 'PreconditionFailed')
    double.objects.set(name, arrived.body)
    return { status: 200 }
  }
  if (there === undefined) return refusal(404, 'NoSuchKey')
  const written = new Date(Date.now() + double.aheadMs - 5000).toUTCString()
  return { status: 200, body: there, headers: { 'last-modified': written } }
}

/** Why a request is refused, if it is. */
function faultOf({ keys, aheadMs }: S3Double, arrived: Arrived): [number, string] | undefined {
  const { headers } = arrived
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
  const [, id = '', scope = '', names = '', signature] =
    form.exec(headers.authorization ?? '') ?? []
  const key = keys.get(id)
  if (key === undefined) return [403, 'InvalidAccessKeyId']
  if (key.isExpired === true) return [400, 'ExpiredToken']
  if (headers['x-amz-security-token'] !== key.token) return [403, 'InvalidToken']
  const [day, region] = scope.split('/')
  if (region !== 'us-east-1') return [400, 'AuthorizationHeaderMalformed']
  if (!names.split(';').includes('host')) return [403, 'SignatureDoesNotMatch']
  if (signatureOf(arrived, names, scope, key.secret) !== signature)
    return [403, 'SignatureDoesNotMatch']
  const sent = String(headers['x-amz-date'])
  const sentMs = Date.parse(
    sent.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
  const isNear = Math.abs(sentMs - Date.now() - aheadMs) <= maxSkewMs
  return isNear && sent.startsWith(day ?? ' ') ? undefined : [403, 'RequestTimeTooSkewed']
}

/** An error as S3 words it. */
export function refusal(status: number, code: string, more = ''): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message>${more}<RequestId>1</RequestId></Error>`
  return { status, body, headers: { 'content-type': 'application/xml' } }
}
