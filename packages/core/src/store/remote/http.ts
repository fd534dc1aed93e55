import { ImpromptError } from '../../error.ts'
import type { Remote } from '../../ports.ts'
import { type Patience, askedOf, exchange, headersOf } from './exchange.ts'
import { objectTier } from './object-tier.ts'
import { defaultPatience } from './s3.ts'

/** A folder of a web server that machines share. */
export interface HttpOptions {
  /**
   * Address of the folder. A name and a password in it are sent as basic authentication; a query is added to every
   * address.
   */
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
 * @throws ImpromptError `CONFIG_INVALID` where the address is none
 */
export function http(options: HttpOptions): Remote {
  const { trusted = false, readOnly = false, patience = defaultPatience } = options
  const { base, query, opening } = folderAt(options.url)
  const addressOf = (object: string): string => `${base}/${object.replaceAll('/', '-')}`
  return {
    name: base,
    isTrusted: trusted,
    isReadOnly: readOnly,
    credentials: [],
    addressOf,
    connect: () =>
      objectTier(addressOf, async (outgoing) => {
        const own = await askedOf(() => options.headers?.() ?? {}, 'headers', patience)
        const headers = headersOf(fresh, opening, own, outgoing.headers)
        const url = `${addressOf(outgoing.name)}${query}`
        return exchange({ url, headers }, outgoing, patience)
      }),
  }
}

/** What a proxy on the way remembers of an object, or of its absence, says nothing of claims. */
const fresh = { 'cache-control': 'no-cache' }

interface Address {
  /** Without name, password and query, which no message may show. */
  readonly base: string
  readonly query: string
  readonly opening: Readonly<Record<string, string>>
}

function folderAt(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new ImpromptError(
      'CONFIG_INVALID',
      'Unexpected `url` of http(), expected an address such as `https://cache.example.com/pictures`',
    )
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  const pair = [url.username, url.password].map(decoded).join(':')
  const basic = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  return { base, query: url.search, opening: pair === ':' ? {} : basic }
}

/** A part of an address that nobody encoded stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
