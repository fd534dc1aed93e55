import { ImpromptError } from '../../error.ts'
import type { Environment } from '../../ports.ts'

const ownHost = 'api.openai.com'
const ownAddress = `https://${ownHost}/v1`

/** Where a provider of this module sends its requests. */
export interface Destination {
  /** Whether it is OpenAI's own host: ids, models, prices and the batch desk hang on it. */
  readonly isOwn: boolean
  /** Whether what the environment holds for OpenAI goes along: to OpenAI in any region, and to this machine. */
  readonly isTrusted: boolean
  /**
   * The address up to and including `/v1`. The environment may name OpenAI's own host another way, or something on this
   * machine that stands before it; another host goes by other prices, which only the configuration can tell.
   *
   * @throws ImpromptError `CONFIG_INVALID` where the environment names another host, or no address
   */
  addressIn(environment: Environment): string
}

/**
 * The one place that tells OpenAI's own host from another one.
 *
 * @throws ImpromptError `CONFIG_INVALID` for a `baseURL` that is no address, and for one of another host without an `id`
 * of its own
 */
export function destinationOf({ baseURL, id }: Target): Destination {
  if (baseURL === undefined) return { isOwn: true, isTrusted: true, addressIn: ambientAddress }
  const { href, host, hostname } = read(baseURL)
  const isOwn = host === ownHost
  if (!isOwn && (id === undefined || id === 'openai')) {
    const message = `Unexpected \`baseURL\` for \`openai\`, which means ${ownHost}; add an \`id\` of its own`
    throw new ImpromptError('CONFIG_INVALID', message)
  }
  const isTrusted = isOwn || hostname.endsWith(`.${ownHost}`) || isThisMachine(hostname)
  return { isOwn, isTrusted, addressIn: () => href }
}

interface Target {
  readonly baseURL?: string
  readonly id?: string
}

function ambientAddress(environment: Environment): string {
  const { href, host, hostname } = read(environment['OPENAI_BASE_URL'] || ownAddress)
  if (host === ownHost || isThisMachine(hostname)) return href
  const message = `Unexpected host \`${host}\` in \`OPENAI_BASE_URL\`, expected ${ownHost} or this machine, as the prices of another host are unknown; nothing was sent. Write \`openai({ baseURL, id, price })\` in the configuration, with an \`id\` of its own`
  throw new ImpromptError('CONFIG_INVALID', message)
}

/** Names that resolve to this machine alone, as `URL` writes them. */
function isThisMachine(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

function read(text: string): URL {
  const address = URL.parse(text)
  if (address !== null && /^https?:$/.test(address.protocol)) return address
  const message = `Unexpected address \`${text}\` of a provider, expected one such as \`${ownAddress}\``
  throw new ImpromptError('CONFIG_INVALID', message)
}
