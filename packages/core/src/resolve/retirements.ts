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

/** Asks the servers of all providers at once, which costs nothing. Never throws: who does not answer is told as a failure. */
export async function askRetirements(
  providers: Iterable<Provider>,
  environment: Environment,
  signal: AbortSignal,
): Promise<Retirements> {
  const answers = await Promise.all(
    [...providers].map(async (provider) => {
      const answer = await ask(provider, environment, signal)
      return [provider.id, answer] as const
    }),
  )
  return {
    dates: new Map(
      answers.flatMap(([id, answer]) => (typeof answer === 'string' ? [] : [[id, answer]])),
    ),
    failures: new Map(
      answers.flatMap(([id, answer]) => (typeof answer === 'string' ? [[id, answer]] : [])),
    ),
  }
}

async function ask(
  provider: Provider,
  environment: Environment,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | string> {
  try {
    const connection = provider.connect(environment)
    if (connection.kind === 'locked') return `it lacks \`${connection.missing}\``
    return (await connection.retirements?.(signal)) ?? new Map()
  } catch (cause) {
    return withoutSecrets(reasonOf(cause), provider, environment)
  }
}

function withoutSecrets(text: string, provider: Provider, environment: Environment): string {
  const secrets = (provider.credentials ?? []).flatMap((name) => environment[name] || [])
  return printable(secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text))
}
