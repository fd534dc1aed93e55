import type { Reply } from './exchange.ts'

/** What a tier answered that is neither the object nor its absence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  /** @param forbidden What may be done about a 403, where its kind of server says more by it than that. */
  constructor(reply: Reply, forbidden?: string) {
    super(describe(reply, forbidden))
    this.status = reply.status
  }
}

/** What an answer says of itself, and what may be done about it. */
function describe(reply: Reply, forbidden: string | undefined): string {
  const code = errorCodeOf(reply)
  const said =
    code === undefined ? `it answered ${reply.status}` : `it answered ${reply.status} \`${code}\``
  const advice = adviceOn(reply, code, forbidden)
  return advice === undefined ? said : `${said}; ${advice}`
}

/** The code of an S3 error, such as `AccessDenied`. */
export function errorCodeOf(reply: Reply): string | undefined {
  return textIn(reply, /<Code>([A-Za-z0-9.]{1,64})<\/Code>/)
}

function textIn({ bytes }: Reply, form: RegExp): string | undefined {
  return form.exec(Buffer.from(bytes ?? []).toString('latin1', 0, 4000))?.[1]
}

const adviceOnCodes: ReadonlyMap<string | undefined, string> = new Map([
  ['RequestTimeTooSkewed', 'the clock of this machine is wrong'],
  ['QuotaExceeded', 'its quota is used up'],
  ['NoSuchBucket', 'make the bucket, or mend its name'],
  ['ExpiredToken', 'its credentials have expired: get new ones'],
  ['InvalidToken', 'its session token is wrong'],
  ['InvalidAccessKeyId', 'it does not know the access key'],
  ['SignatureDoesNotMatch', 'the secret access key is wrong'],
  ['UserSuspended', 'its credentials were withdrawn'],
])

const adviceOnStatuses: ReadonlyMap<number, string> = new Map([
  [401, 'its credentials are missing or wrong'],
  [403, 'its credentials or headers may not do this'],
  [405, 'it takes no such requests at this address'],
  [409, 'where it is a web server, the folder that the address names may not be there'],
  [413, 'it takes no objects of this size'],
  [507, 'its disk is full'],
])

function adviceOn(
  reply: Reply,
  code: string | undefined,
  forbidden: string | undefined,
): string | undefined {
  const region = regionIn(reply, code)
  if (region !== undefined)
    return `the bucket is in the region \`${region}\`, which \`region\` must say`
  if (reply.status >= 300 && reply.status < 400) return adviceOnRedirect(reply)
  if (reply.status === 403 && forbidden !== undefined && !adviceOnCodes.has(code)) return forbidden
  return adviceOnCodes.get(code) ?? adviceOnStatuses.get(reply.status)
}

/** Where the bucket is, if that is why it refused. */
function regionIn(reply: Reply, code: string | undefined): string | undefined {
  if (reply.status !== 301 && code !== 'AuthorizationHeaderMalformed') return undefined
  const region =
    reply.headers.get('x-amz-bucket-region') ?? textIn(reply, /<Region>([^<]*)<\/Region>/)
  return region !== undefined && /^[a-z0-9-]{2,32}$/.test(region) ? region : undefined
}

/** Of the new address no more is shown than its host: the rest may hold a signature. */
function adviceOnRedirect({ headers }: Reply): string {
  const location = headers.get('location') ?? ''
  const host = URL.canParse(location) ? ` to \`${new URL(location).origin}\`` : ''
  return `it redirects${host}, which is not followed: name the address that it redirects to`
}
