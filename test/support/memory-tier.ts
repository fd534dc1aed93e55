import type { Found, Remote, RemoteTier, Written } from '../../packages/core/src/ports.ts'

/** What a tier in memory does wrong. */
export interface TierFaults {
  /** Nothing can be said of what it holds. */
  isMute?: boolean
  refusesWrites?: boolean
  /** It lets everybody write what is there already. */
  ignoresConditions?: boolean
}

/** A tier in memory, which a test may look into and break. */
export interface MemoryTier extends RemoteTier {
  readonly objects: Map<string, Uint8Array>
  readonly faults: TierFaults
  /** How often something was asked of it. */
  readonly calls: string[]
}

export function memoryTier(): MemoryTier {
  const objects = new Map<string, Uint8Array>()
  const faults: TierFaults = {}
  const calls: string[] = []
  const found = <Value>(
    name: string,
    valueOf: (bytes: Uint8Array) => Found<Value>,
  ): Found<Value> => {
    if (faults.isMute === true) return { kind: 'unknown', path: name, cause: new Error('503') }
    const bytes = objects.get(name)
    return bytes === undefined ? { kind: 'absent' } : valueOf(bytes)
  }
  const write = (name: string, bytes: Uint8Array): Written => {
    if (faults.isMute === true || faults.refusesWrites === true)
      return { kind: 'unknown', cause: new Error('403') }
    objects.set(name, bytes)
    return { kind: 'written' }
  }
  return {
    objects,
    faults,
    calls,
    get: async (name, maxBytes) => {
      calls.push(`get ${name}`)
      return found(name, (bytes) =>
        bytes.length > maxBytes
          ? { kind: 'damaged', path: name, fault: 'it is too long' }
          : { kind: 'hit', value: { bytes, ageMs: 0 } },
      )
    },
    has: async (name) => {
      calls.push(`has ${name}`)
      return found(name, () => ({ kind: 'hit', value: true }))
    },
    create: async (name, bytes) => {
      calls.push(`create ${name}`)
      const isTaken = objects.has(name) && faults.ignoresConditions !== true
      return isTaken && faults.isMute !== true ? { kind: 'taken' } : write(name, bytes)
    },
    put: async (name, bytes) => {
      calls.push(`put ${name}`)
      return write(name, bytes)
    },
  }
}

/** A tier in memory as a configuration would name it. */
export function memoryRemote(
  tier: RemoteTier,
  traits: Partial<Pick<Remote, 'name' | 'isTrusted' | 'isReadOnly'>> = {},
): Remote {
  return {
    name: 'memory',
    isTrusted: false,
    isReadOnly: false,
    credentials: [],
    addressOf: (object) => `${traits.name ?? 'memory'}/${object}`,
    connect: () => tier,
    ...traits,
  }
}
