import { join, resolve } from 'node:path'
import type { OpenConfiguration } from './open-configuration.ts'
import type { Clock, DerivedStore, Ledger, Store } from './ports.ts'
import { claimsOn } from './store/claim/claims.ts'
import { fsLadder } from './store/claim/fs-ladder.ts'
import { thisProcess } from './store/claim/holder.ts'
import { fsDerivedStore } from './store/derived-store.ts'
import { refuseNewerFormat } from './store/format.ts'
import { fsStore } from './store/fs-store.ts'
import { fsJournal } from './store/journal.ts'
import { fsLedger } from './store/ledger.ts'
import { type CountedJournal, counted } from './store/open-attempts.ts'
import { type TieredProject, openTiers } from './store/tiers/open-tiers.ts'

/** Whose stores are opened. */
interface StoresGround extends Omit<OpenConfiguration, 'configFile'> {
  /** Absolute path of the store. */
  readonly storeFolder: string
  readonly clock: Clock
}

/** The store of a project, with what is written beside it. */
interface OpenStores {
  /** That of this machine alone. */
  readonly local: Store
  /** The remotes behind it. */
  readonly tiers: TieredProject['tiers']
  /** What a pipeline works with. */
  readonly ports: Omit<TieredProject, 'tiers'> & {
    readonly derived: DerivedStore
    readonly journal: CountedJournal
    readonly ledger: Ledger
  }
}

/** @throws `STORE_UNREADABLE` where a newer version wrote the store */
export function openStores(ground: StoresGround): OpenStores {
  const { root, storeFolder, settings, environment, terms, clock } = ground
  refuseNewerFormat(storeFolder)
  const local = fsStore(storeFolder)
  const derivedFolder = environment['IMPROMPT_CACHE_DIR'] ?? join(storeFolder, 'derived')
  const derived = fsDerivedStore(resolve(root, derivedFolder))
  const holder = thisProcess()
  const claims = claimsOn(fsLadder(storeFolder), holder, clock)
  const { tiers, ...tiered } = openTiers(
    settings.remotes,
    { store: local, claims, fetched: derived, environment, clock, holder },
    {
      isBestEffort: settings.coordination === 'best-effort',
      isOnlyRemote: terms.persist === 'remote',
    },
  )
  const journal = counted(fsJournal(storeFolder, clock))
  return { local, tiers, ports: { ...tiered, derived, journal, ledger: fsLedger(storeFolder) } }
}
