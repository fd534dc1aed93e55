import { ImpromptError } from '../../error.ts'
import type { Environment } from '../../ports.ts'

/** What opens a bucket. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** When they end. */
  readonly expiration?: Date
}

/** Credentials that are asked for when they are needed. */
export interface CredentialKeeper {
  /** @throws what whoever gives them throws, and where they can be none */
  current(): Promise<S3Credentials>
  /** Others than these, which did not open; nothing where there are none. */
  renewed(refused: S3Credentials): Promise<S3Credentials | undefined>
}

/** Whoever gives credentials may have withdrawn them meanwhile. */
const freshMs = 10 * 60_000
/** A request may be under way for so long. */
const spareMs = 60_000

/** @param ask Asked again every 10 minutes, a minute before they expire, and where they were refused. */
export function credentialKeeper(ask: () => Promise<S3Credentials>): CredentialKeeper {
  let held: { readonly credentials: S3Credentials; readonly untilMs: number } | undefined
  let asked: Promise<S3Credentials> | undefined
  const renew = async (): Promise<S3Credentials> => {
    const credentials = checked(await ask())
    const endMs = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY
    held = {
      credentials,
      untilMs: Math.min(performance.now() + freshMs, elapsedAt(endMs) - spareMs),
    }
    return credentials
  }
  const current = async (): Promise<S3Credentials> => {
    if (held !== undefined && performance.now() < held.untilMs) return held.credentials
    asked ??= renew().finally(() => {
      asked = undefined
    })
    return asked
  }
  return {
    current,
    renewed: (refused) => {
      // Another request may have got new ones meanwhile, for the same reason.
      if (held?.credentials === refused) held = undefined
      return current()
    },
  }
}

/** A moment by the clock on the wall as one by the clock that nobody sets. */
function elapsedAt(ms: number): number {
  return performance.now() + (ms - Date.now())
}

/**
 * Credentials of the environment, which are the same whenever they are asked for.
 * @throws ImpromptError `CONFIG_INVALID` where there are none
 */
export function environmentKeeper(environment: Environment, name: string): CredentialKeeper {
  const credentials = credentialsIn(environment, name)
  return { current: async () => credentials, renewed: async () => undefined }
}

function credentialsIn(environment: Environment, name: string): S3Credentials {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] ?? ''
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] ?? ''
  const sessionToken = environment['AWS_SESSION_TOKEN'] ?? ''
  if (accessKeyId === '' || secretAccessKey === '') {
    const message = `\`${name}\` needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or \`credentials\``
    throw new ImpromptError('CONFIG_INVALID', message)
  }
  return checked({ accessKeyId, secretAccessKey, ...(sessionToken !== '' && { sessionToken }) })
}

/** What cannot be a key is not sent, as those who could not send it would show it in what they say. */
function checked(credentials: S3Credentials): S3Credentials {
  for (const part of ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const) {
    const text: unknown = credentials[part]
    if (part === 'sessionToken' && text === undefined) continue
    if (typeof text !== 'string' || !/^[!-~]+$/.test(text))
      throw new ImpromptError(
        'CONFIG_INVALID',
        `the credentials hold no usable \`${part}\`: expected a text without spaces and line ends`,
      )
  }
  return credentials
}
