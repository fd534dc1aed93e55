import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import { ImpromptError } from '../../error.ts'
import type { Environment, Remote } from '../../ports.ts'
import {
  type Outgoing,
  type Patience,
  type Reply,
  type Send,
  type Signed,
  exchange,
} from './exchange.ts'
import { objectTier } from './object-tier.ts'
import { errorCodeOf } from './refusal.ts'

/** What opens a bucket. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A bucket that machines share. */
export interface S3Options {
  readonly bucket: string
  /**
   * Address of a server other than Amazon's, such as `https://ACCOUNT.r2.cloudflarestorage.com`; the bucket is then part
   * of the path.
   */
  readonly endpoint?: string
  /**
   * @default AWS_REGION, else 'us-east-1'
   */
  readonly region?: string
  /** What the names of all objects begin with, such as `imprompt/`. */
  readonly prefix?: string
  /**
   * Asked when credentials are needed, and again when they expire; a provider of `@aws-sdk/credential-providers` fits.
   * @default AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment or an `.env` file
   */
  readonly credentials?: () => Promise<S3Credentials>
  /**
   * Whether its entries are believed where nothing that is committed pins the bytes: right only where none but trusted
   * builds can write.
   * @default false
   */
  readonly trusted?: boolean
  /**
   * Whether nothing is written to it.
   * @default false
   */
  readonly readOnly?: boolean
  /** For slow lines. @default 2 minutes for a whole answer, 20 s between two parts of it */
  readonly patience?: Patience
}

/** How long a tier is waited for where nobody says otherwise. */
export const defaultPatience: Patience = { wholeMs: 120_000, partMs: 20_000 }

/** Object storage that speaks as Amazon S3 does, with conditional writes. */
export function s3(options: S3Options): Remote {
  const { bucket, prefix = '', trusted = false, readOnly = false } = options
  const name = `s3://${bucket}${prefix === '' ? '' : `/${prefix.replace(/\/$/, '')}`}`
  return {
    name,
    isTrusted: trusted,
    isReadOnly: readOnly,
    credentials:
      options.credentials === undefined ? ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] : [],
    connect: (environment) => objectTier(name, signedSend(options, environment, name)),
  }
}

function signedSend(options: S3Options, environment: Environment, name: string): Send {
  const { bucket, prefix = '', patience = defaultPatience } = options
  const region = options.region ?? environment['AWS_REGION'] ?? 'us-east-1'
  const base = baseOf(bucket, region, options.endpoint)
  const ask = options.credentials ?? (async () => credentialsIn(environment, name))
  let credentials: Promise<S3Credentials> | undefined
  // How far the server's clock is ahead of ours.
  let aheadMs = 0
  const send: Send = async (outgoing) => {
    const signer = { region, aheadMs, ...(await (credentials ??= ask())) }
    const url = `${base}/${prefix}${outgoing.name}`
    return exchange(await sign(url, outgoing, signer), outgoing, patience)
  }
  return async (outgoing) => {
    const reply = await send(outgoing)
    const code = reply.status >= 400 ? errorCodeOf(reply) : undefined
    if (code === 'RequestTimeTooSkewed') aheadMs = aheadOf(reply)
    else if (code === 'ExpiredToken') credentials = undefined
    else return reply
    return send(outgoing)
  }
}

function baseOf(bucket: string, region: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/$/, '')}/${bucket}`
  // A dot in the bucket's name would not fit the server's certificate.
  if (bucket.includes('.')) return `https://s3.${region}.amazonaws.com/${bucket}`
  return `https://${bucket}.s3.${region}.amazonaws.com`
}

function aheadOf({ headers }: Reply): number {
  const there = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(there) ? 0 : there - Date.now()
}

interface Signing extends S3Credentials {
  readonly region: string
  readonly aheadMs: number
}

/** The hash of the body is signed, so that the server refuses one that was changed under way. */
async function sign(url: string, outgoing: Outgoing, signing: Signing): Promise<Signed> {
  const { method, body = new Uint8Array() } = outgoing
  const { aheadMs, ...signer } = signing
  const signed = await new AwsV4Signer({
    ...signer,
    url,
    method,
    service: 's3',
    headers: {
      ...outgoing.headers,
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    },
    datetime: new Date(Date.now() + aheadMs).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  }).sign()
  return { url: signed.url.href, headers: signed.headers }
}

function credentialsIn(environment: Environment, name: string): S3Credentials {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] ?? ''
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] ?? ''
  const sessionToken = environment['AWS_SESSION_TOKEN'] ?? ''
  if (accessKeyId === '' || secretAccessKey === '') {
    const message = `\`${name}\` needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or \`credentials\``
    throw new ImpromptError('CONFIG_INVALID', message)
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken !== '' && { sessionToken }) }
}
