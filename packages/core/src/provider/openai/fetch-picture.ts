import { isIP, type LookupFunction } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Agent, buildConnector, fetch, type Response } from 'undici'

import { rootMessage } from '../../root-message.ts'
import { capBody, TooLarge } from './cap-body.ts'
import { isPublicAddress, lookupPublic, PrivateAddress } from './public-address.ts'

/** How a picture may be fetched. */
export interface FetchPictureOptions {
  /** Address of the server that answered with the picture's address. */
  readonly server: string
  readonly signal: AbortSignal
  /** For all attempts together. */
  readonly timeoutMs: number
  readonly maxBytes: number
  /**
   * Names of hosts, without ports, that a picture may come from.
   * @default the server's own
   */
  readonly allowedHosts?: readonly string[]
  /**
   * Before the second attempt, and twice as long before the third.
   * @default 500
   */
  readonly pauseMs?: number
  /** @default that of the system */
  readonly lookup?: LookupFunction
}

/** A fetched picture; its bytes are unchecked but for not being a web page. */
export type FetchedPicture = { readonly bytes: Uint8Array } | { readonly fault: string }

type Attempt =
  | { readonly bytes: Uint8Array }
  | { readonly fault: string; readonly isFinal: boolean }

const maxAttempts = 3
const maxRedirects = 3

/**
 * Fetches a picture that a server answered by its address: by https, or by http from the server's own host; from
 * allowed hosts; and, but for the server's own host, from public addresses, also after redirects. A download buys
 * nothing, so that it is tried three times where the host fails or the connection breaks. No fault shows the address
 * whole, as its query may be a credential.
 */
export async function fetchPicture(
  url: string,
  options: FetchPictureOptions,
): Promise<FetchedPicture> {
  const server = URL.parse(options.server)
  if (server === null) return { fault: 'the address of the server is malformed' }
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)])
  const dispatcher = new Agent({ pipelining: 0, connect: connector(server, options.lookup) })
  const visit = { server, options, signal, dispatcher }
  try {
    for (let attempt = 1; ; attempt++) {
      const outcome = await download(url, visit)
      if ('bytes' in outcome) return outcome
      if (outcome.isFinal || attempt === maxAttempts) return { fault: outcome.fault }
      const pauseMs = (options.pauseMs ?? 500) * attempt
      await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    await dispatcher.destroy()
  }
}

interface Visit {
  readonly server: URL
  readonly options: FetchPictureOptions
  readonly signal: AbortSignal
  readonly dispatcher: Agent
}

async function download(url: string, visit: Visit): Promise<Attempt> {
  try {
    return await follow(url, visit)
  } catch (cause) {
    if (visit.signal.aborted) return final('the picture did not arrive in time')
    const known = [TooLarge, PrivateAddress].some((sort) => hasCause(cause, sort))
    return known ? final(rootMessage(cause)) : transient(`no whole picture: ${rootMessage(cause)}`)
  }
}

async function follow(first: string, visit: Visit): Promise<Attempt> {
  let url = URL.parse(first)
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    if (url === null) return final('the address of the picture is malformed')
    const fault = faultOf(url, visit)
    if (fault !== undefined) return final(fault)
    const response = await fetch(url.href, {
      signal: visit.signal,
      dispatcher: visit.dispatcher,
      redirect: 'manual',
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null)
      return read(response, url, visit.options.maxBytes)
    await response.body?.cancel()
    url = URL.parse(location, url.href)
  }
  return final(`the picture's address was redirected more than ${maxRedirects} times`)
}

function faultOf(url: URL, { server, options }: Visit): string | undefined {
  const isOwnHost = url.hostname === server.hostname
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isOwnHost))
    return `unexpected scheme \`${url.protocol}\` of the picture's address, expected \`https:\``
  const allowed = options.allowedHosts ?? [server.hostname]
  if (!allowed.includes(url.hostname))
    return `unexpected host \`${url.hostname}\` of the picture's address, expected ${allowed.map((host) => `\`${host}\``).join(' or ')}`
  if (url.username !== '' || url.password !== '')
    return "the picture's address holds credentials, which are not sent"
  return undefined
}

async function read(response: Response, { host }: URL, maxBytes: number): Promise<Attempt> {
  const { status, body, headers } = response
  if (status !== 200 || body === null) {
    await body?.cancel()
    const fault = `\`${host}\` answered ${status} for the picture`
    return status >= 500 ? transient(fault) : final(fault)
  }
  const pieces: Uint8Array[] = []
  for await (const piece of capBody(body, maxBytes)) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  if (bytes.length === 0) return final(`\`${host}\` answered nothing for the picture`)
  const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '') || looksLikePage(bytes)
  return isPage ? final(`\`${host}\` answered a web page for the picture`) : { bytes }
}

function looksLikePage(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 512).toString('utf8')
  return /^\uFEFF?\s*<(?:!doctype\s+html|html|head|body)\b/i.test(start)
}

/** Names are checked as they are resolved; an address written out is never resolved. */
function connector(server: URL, lookup: LookupFunction | undefined): buildConnector.connector {
  const connect = buildConnector(lookup === undefined ? {} : { lookup })
  const connectPublic = buildConnector({ lookup: lookupPublic(lookup) })
  return (options, callback) => {
    const hostname = bare(options.hostname)
    if (hostname === bare(server.hostname)) return connect(options, callback)
    if (isIP(hostname) !== 0 && !isPublicAddress(hostname))
      return callback(new PrivateAddress(`\`${hostname}\` is a private address`), null)
    connectPublic(options, callback)
  }
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function final(fault: string): Attempt {
  return { fault, isFinal: true }
}

function transient(fault: string): Attempt {
  return { fault, isFinal: false }
}

function hasCause(fault: unknown, sort: new (message: string) => Error): boolean {
  if (fault instanceof sort) return true
  return fault instanceof Error && hasCause(fault.cause, sort)
}
