import pLimit from 'p-limit'
import type { Environment, Remote, RemoteTier } from '../../ports.ts'

/** As many requests of a build are under way at once to one tier, where it is asked for thousands of pictures. */
const concurrency = 16

/**
 * A tier that is connected when it is first used: a build that finds everything in its folder needs no credentials.
 * What keeps it from being connected is told as any other answer that says nothing.
 */
export function lateTier(remote: Remote, environment: Environment): RemoteTier {
  let tier: RemoteTier | undefined
  const limit = pLimit(concurrency)
  const ask = async <Answer>(
    call: (connected: RemoteTier) => Promise<Answer>,
  ): Promise<Answer | Untold> => {
    try {
      tier ??= remote.connect(environment)
      const connected = tier
      return await limit(() => call(connected))
    } catch (cause) {
      return { kind: 'unknown', path: remote.name, cause }
    }
  }
  return {
    get: (name, maxBytes) => ask((connected) => connected.get(name, maxBytes)),
    has: (name) => ask((connected) => connected.has(name)),
    create: (name, bytes) => ask((connected) => connected.create(name, bytes)),
    put: (name, bytes) => ask((connected) => connected.put(name, bytes)),
  }
}

interface Untold {
  readonly kind: 'unknown'
  readonly path: string
  readonly cause: unknown
}
