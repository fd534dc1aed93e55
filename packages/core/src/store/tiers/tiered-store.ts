import { reasonOf } from '../../error.ts'
import { sha256Of } from '../../key/key.ts'
import type { DerivedStore, Entry, Found, Incident, RequestHash, Store } from '../../ports.ts'
import type { SharedTier } from './shared-tier.ts'

/** Where a store that has tiers keeps and finds what it needs. */
export interface TieredPorts {
  /** Holds what is committed; its entries pin the bytes of all tiers. */
  readonly local: Store
  /** In the order in which they are asked. */
  readonly tiers: readonly SharedTier[]
  /** Keeps what was fetched, so that it is not fetched again. */
  readonly fetched: Pick<DerivedStore, 'has' | 'get' | 'put'>
  /** Answers why tiers keep a build from buying, if so. */
  readonly obstacle: () => Promise<string | undefined>
  readonly tell: (incident: Incident) => void
}

/**
 * A store in a folder, and behind it tiers that machines share. What is bought is stored here first and pushed to each
 * tier at once. What a tier brings is held against the entry that is here, and without one is believed only where the
 * tier is trusted.
 */
export function tieredStore(ports: TieredPorts): Store {
  const { local, fetched } = ports
  const original = async (entry: Entry): Promise<Found<Uint8Array>> => {
    const here = await local.original(entry)
    if (here.kind === 'hit') return here
    const { sha256, format } = entry.original
    const cached = await fetched.get(sha256, format)
    // A cache may have been filled by anybody: its name for the bytes proves nothing.
    const kept = cached !== undefined && sha256Of(cached) === sha256 ? cached : undefined
    const found: Found<Uint8Array> =
      kept === undefined ? await originalIn(entry, ports) : { kind: 'hit', value: kept }
    if (found.kind !== 'hit') return here.kind === 'absent' ? found : here
    if (here.kind === 'damaged')
      ports.tell({ kind: 'refused', where: here.path, message: `${here.fault}; a tier stood in` })
    if (kept === undefined) await fetched.put(sha256, format, found.value)
    return found
  }
  return {
    ...local,
    original,
    holds: (entry) => holdsIn(entry, ports),
    shared: (request) => sharedIn(request, ports),
    keep: async (entry, bytes) => {
      await local.keep(entry, bytes)
      return pushToAll(entry, bytes, ports)
    },
    replace: async (entry, bytes) => {
      await local.replace(entry, bytes)
      return pushToAll(entry, bytes, ports)
    },
    share: async (entry) => {
      const here = await local.original(entry)
      if (here.kind === 'hit') return local.share(entry)
      const found = await original(entry)
      // An entry that is committed without its bytes would keep the picture from being bought.
      if (found.kind !== 'hit') throw lacking(entry, found)
      await local.restore(entry.original, found.value)
      await local.share(entry)
    },
    writeObstacle: async (bytes) => (await local.writeObstacle(bytes)) ?? ports.obstacle(),
  }
}

/** Whether any place has the bytes; that they are as they were bought is certain only where they are here. */
async function holdsIn(entry: Entry, { local, fetched, tiers }: TieredPorts): Promise<Found<true>> {
  const here = await local.holds(entry)
  if (here.kind === 'hit') return here
  const { sha256, format } = entry.original
  if (await fetched.has(sha256, format)) return { kind: 'hit', value: true }
  let missed: Found<true> = here
  for (const tier of tiers) {
    const found = await tier.holds(entry)
    if (found.kind === 'hit') return found
    if (missed.kind === 'absent') missed = found
  }
  return missed
}

function lacking({ original }: Entry, found: Exclude<Found<unknown>, { kind: 'hit' }>): Error {
  const missing = `its original \`${original.sha256}\` could not be fetched`
  switch (found.kind) {
    case 'absent':
      return new Error(`${missing}: no remote has it`)
    case 'damaged':
      return new Error(`${missing}: \`${found.path}\`: ${found.fault}`)
    case 'unknown':
      return new Error(`${missing}: \`${found.path}\`: ${reasonOf(found.cause)}`)
  }
}

/** The first tier that has the bytes as they were bought; absent only where every one says so. */
async function originalIn(entry: Entry, { tiers, tell }: TieredPorts): Promise<Found<Uint8Array>> {
  let missed: Found<Uint8Array> = { kind: 'absent' }
  for (const tier of tiers) {
    const found = await tier.original(entry)
    if (found.kind === 'hit') return found
    if (found.kind === 'damaged')
      tell({
        kind: 'refused',
        where: found.path,
        message: `${found.fault}; nothing was served of it`,
      })
    if (missed.kind === 'absent') missed = found
  }
  return missed
}

/** What tiers know of a request of which nothing is here; absent only where every one says so. */
async function sharedIn(request: RequestHash, { tiers }: TieredPorts): Promise<Found<Entry>> {
  let missed: Found<Entry> = { kind: 'absent' }
  for (const tier of tiers) {
    const found = await tier.entry(request)
    if (found.kind === 'hit' && tier.isTrusted) return found
    if (missed.kind !== 'absent') continue
    missed = found.kind === 'hit' ? untrusted(tier, request) : found
  }
  return missed
}

function untrusted({ name, addressOf }: SharedTier, request: RequestHash): Found<Entry> {
  const cause = new Error(
    `no committed entry vouches for the picture that it names; commit its entry where it was bought, or say \`trusted: true\` where none but trusted builds can write to \`${name}\``,
  )
  return { kind: 'unknown', path: addressOf(request), cause }
}

async function pushToAll(
  entry: Entry,
  bytes: Uint8Array,
  { tiers, tell }: TieredPorts,
): Promise<'kept' | 'unpushed'> {
  const writable = tiers.filter(({ isReadOnly }) => !isReadOnly)
  let failures = 0
  for (const tier of writable) {
    const pushed = await tier.push(entry, bytes).catch((cause: unknown) => ({
      kind: 'failed' as const,
      message: reasonOf(cause),
    }))
    const where = `${tier.name}: ${entry.key}`
    if (pushed.kind === 'failed') {
      failures += 1
      tell({ kind: 'unpushed', where, message: pushed.message })
    }
    if (pushed.kind === 'other') tell({ kind: 'duplicate', where, message: pushed.message })
  }
  return failures > 0 && failures === writable.length ? 'unpushed' : 'kept'
}
