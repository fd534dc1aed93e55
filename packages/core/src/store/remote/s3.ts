import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import type { Remote } from '../../ports.ts'
import {
  type Outgoing,
  type Patience,
  type Reply,
  type Send,
  askedOf,
  exchange,
} from './exchange.ts'
import { objectTier } from './object-tier.ts'
import { errorCodeOf } from './refusal.ts'
import { baseOf, checkedPrefix } from './s3-address.ts'
import {
  type CredentialKeeper,
  type S3Credentials,
  credentialKeeper,
  environmentKeeper,
} from './s3-credentials.ts'

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
  /** Folder in the bucket that holds all objects, such as `blog/pictures`. */
  readonly prefix?: string
  /**
   * Asked when credentials are needed, and again after 10 minutes or when they expire; a provider of
   * `@aws-sdk/credential-providers` fits.
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

const forbidden =
  'the credentials may not do this; to tell what is absent from what is forbidden they need `s3:ListBucket` as well'

/**
 * Object storage that speaks as Amazon S3 does, with conditional writes.
 * @throws ImpromptError `CONFIG_INVALID` where its options name no bucket that there could be
 */
export function s3(options: S3Options): Remote {
  const { bucket, endpoint, trusted = false, readOnly = false } = options
  const folder = checkedPrefix(options)
  const server = endpoint === undefined ? 's3:/' : endpoint.replace(/\/+$/, '')
  const name = [server, bucket, ...(folder === '' ? [] : [folder])].join('/')
  const addressOf = (object: string): string => `${name}/${object}`
  return {
    name,
    addressOf,
    isTrusted: trusted,
    isReadOnly: readOnly,
    credentials:
      options.credentials === undefined ? ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] : [],
    connect: (environment) => {
      const region = options.region ?? (environment['AWS_REGION'] || 'us-east-1')
      const base = baseOf(options, region, folder)
      const { credentials, patience = defaultPatience } = options
      const keeper =
        credentials === undefined
          ? environmentKeeper(environment, name)
          : credentialKeeper(() => askedOf(credentials, 'credentials', patience))
      return objectTier(addressOf, signedSend({ base, region, patience }, keeper), forbidden)
    },
  }
}

interface Line {
  readonly base: string
  readonly region: string
  readonly patience: Patience
}

function signedSend({ base, region, patience }: Line, keeper: CredentialKeeper): Send {
  // How far the server's clock is ahead of ours.
  let aheadMs = 0
  /** Keys that were derived for a day. */
  const cache = new Map<string, ArrayBuffer>()
  const send = async (outgoing: Outgoing, credentials: S3Credentials): Promise<Reply> => {
    const { name, method, headers, body = new Uint8Array() } = outgoing
    const signed = await new AwsV4Signer({
      ...credentials,
      cache,
      region,
      service: 's3',
      method,
      url: `${base}/${name}`,
      headers: {
        ...headers,
        // So that the server refuses a body that was changed under way.
        'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      },
      datetime: new Date(Date.now() + aheadMs).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    }).sign()
    return exchange({ url: signed.url.href, headers: signed.headers }, outgoing, patience)
  }
  return async (outgoing) => {
    const credentials = await keeper.current()
    const reply = await send(outgoing, credentials)
    const code = reply.status >= 400 ? errorCodeOf(reply) : undefined
    if (code === 'RequestTimeTooSkewed') {
      aheadMs = aheadOf(reply)
      return send(outgoing, credentials)
    }
    if (!expired.has(code)) return reply
    const others = await keeper.renewed(credentials)
    return others === undefined ? reply : send(outgoing, others)
  }
}

/** What a server says to credentials that were right before. */
const expired: ReadonlySet<string | undefined> = new Set([
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'TokenRefreshRequired',
])

function aheadOf({ headers }: Reply): number {
  const there = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(there) ? 0 : there - Date.now()
}
