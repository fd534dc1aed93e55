import type { Reply } from './exchange.ts'

/** What a tier answered that is neither the object nor its absence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(reply: Reply) {
    super(describe(reply))
    this.status = reply.status
  }
}

/** What an answer says of itself, and what may be done about it. */
function describe(reply: Reply): string {
  const code = errorCodeOf(reply)
  const said =
    code === undefined ? `it answered ${reply.status}` : `it answered ${reply.status} \`${code}\``
  const advice = adviceOn(reply, code)
  return advice === undefined ? said : `${said}; ${advice}`
}

/** The code of an S3 error, such as `AccessDenied`. */
export function errorCodeOf({ bytes }: Reply): string | undefined {
  const text = Buffer.from(bytes ?? []).toString('latin1', 0, 4000)
  return /<Code>([A-Za-z0-9.]{1,64})<\/Code>/.exec(text)?.[1]
}

function adviceOn({ status, headers }: Reply, code: string | undefined): string | undefined {
  const region = headers.get('x-amz-bucket-region')
  if (status >= 300 && status < 400)
    return region === null
      ? 'it redirects, which is not followed: name the address that it redirects to'
      : `the bucket is in the region \`${region}\`, which \`region\` must say`
  if (code === 'RequestTimeTooSkewed') return 'the clock of this machine is wrong'
  if (code === 'QuotaExceeded') return 'its quota is used up'
  if (status === 401) return 'its credentials are missing or wrong'
  if (status === 403)
    return 'the credentials may not do this; to tell what is absent from what is forbidden they need `s3:ListBucket` as well'
  return undefined
}
