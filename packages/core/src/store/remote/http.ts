import type { Remote } from '../../ports.ts'
import { type Patience, type Signed, exchange } from './exchange.ts'
import { objectTier } from './object-tier.ts'
import { defaultPatience } from './s3.ts'

/** A folder of a web server that machines share. */
export interface HttpOptions {
  /** Address of the folder. A name and a password in it are sent as basic authentication. */
  readonly url: string
  /** Asked for each request, such as for an `Authorization`. */
  readonly headers?: () =>
    | Readonly<Record<string, string>>
    | Promise<Readonly<Record<string, string>>>
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

/**
 * A web server that takes PUT and answers GET and HEAD, such as one with WebDAV or a build cache. All objects stand in one
 * folder, as WebDAV makes none by itself.
 */
export function http(options: HttpOptions): Remote {
  const { trusted = false, readOnly = false, patience = defaultPatience } = options
  const { base, authorization } = addressOf(options.url)
  return {
    name: base,
    isTrusted: trusted,
    isReadOnly: readOnly,
    credentials: [],
    connect: () =>
      objectTier(base, async (outgoing) => {
        const own = await options.headers?.()
        const headers = new Headers({ ...authorization, ...own, ...outgoing.headers })
        const signed: Signed = { url: `${base}/${outgoing.name.replaceAll('/', '-')}`, headers }
        return exchange(signed, outgoing, patience)
      }),
  }
}

interface Address {
  /** Without name and password, which no message may show. */
  readonly base: string
  readonly authorization: Readonly<Record<string, string>>
}

function addressOf(text: string): Address {
  const url = new URL(text)
  const base = `${url.origin}${url.pathname.replace(/\/$/, '')}`
  if (url.username === '') return { base, authorization: {} }
  const pair = [url.username, url.password].map(decodeURIComponent).join(':')
  return { base, authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}
