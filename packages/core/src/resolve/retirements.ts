import { reasonOf } from '../error.ts'
import type { Environment, Provider } from '../ports.ts'
import { printable } from '../wording.ts'

/** What the providers' servers say of the ends of their models. */
export interface Retirements {
  /** The day (`YYYY-MM-DD`) of each model, by provider and then by model. */
  readonly dates: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Why a provider told nothing, by its id; a provider whose server names no days is not among them. */
  readonly failures: ReadonlyMap<string, string>
}

/** Days by model, or why there are none. */
type Word = ReadonlyMap<string, string> | string

/**
 * Asks the servers of all providers at once, an account once, which costs nothing. Never throws: who does not answer is
 * told as a failure.
 */
export async function askRetirements(
  providers: Iterable<Provider>,
  environment: Environment,
  signal: AbortSignal,
): Promise<Retirements> {
  const byAccount = new Map<string, Promise<Word>>()
  const words = await Promise.all(
    [...providers].map(async (provider) => {
      const word = await ask(provider, environment, signal, byAccount)
      return [provider.id, word] as const
    }),
  )
  return {
    dates: new Map(words.flatMap(([id, word]) => (typeof word === 'string' ? [] : [[id, word]]))),
    failures: new Map(
      words.flatMap(([id, word]) => (typeof word === 'string' ? [[id, word]] : [])),
    ),
  }
}

async function ask(
  provider: Provider,
  environment: Environment,
  signal: AbortSignal,
  byAccount: Map<string, Promise<Word>>,
): Promise<Word> {
  try {
    const connection = provider.connect(environment)
    if (connection.kind === 'locked') return `it lacks \`${connection.missing}\``
    const { account = provider.id, retirements } = connection
    if (retirements === undefined) return new Map()
    const word = byAccount.get(account) ?? retirements(signal)
    byAccount.set(account, word)
    return await unlessAborted(word, signal)
  } catch (cause) {
    return withoutSecrets(reasonOf(cause), provider, environment)
  }
}

/** A provider may leave the signal alone; nobody waits for it longer than the caller. */
async function unlessAborted<Value>(word: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const listening = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    const give = (): void => reject(signal.reason)
    signal.addEventListener('abort', give, { signal: listening.signal })
    if (signal.aborted) give()
  })
  try {
    return await Promise.race([word, aborted])
  } finally {
    listening.abort()
  }
}

function withoutSecrets(text: string, provider: Provider, environment: Environment): string {
  const secrets = (provider.credentials ?? []).flatMap((name) => environment[name] || [])
  return printable(secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text))
}
