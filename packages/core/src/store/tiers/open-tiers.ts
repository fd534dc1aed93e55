import type {
  Claims,
  Clock,
  DerivedStore,
  Environment,
  Incident,
  Remote,
  SharedLedger,
  Store,
} from '../../ports.ts'
import { claimsOn } from '../claim/claims.ts'
import type { Holder } from '../claim/holder.ts'
import { remoteLadder } from '../claim/remote-ladder.ts'
import { capabilityOf } from '../remote/capability.ts'
import { coordinationOf, type CoordinationTerms } from './coordination.ts'
import { lateTier } from './late-tier.ts'
import { restingRemote } from './resting-remote.ts'
import { coordinatedLedger, tierLedger } from './shared-ledger.ts'
import { type SharedTier, sharedTier } from './shared-tier.ts'
import { tieredClaims } from './tiered-claims.ts'
import { tieredStore } from './tiered-store.ts'

/** The store of this folder, and who uses it. */
export interface LocalPorts {
  readonly store: Store
  readonly claims: Claims
  readonly fetched: DerivedStore
  readonly environment: Environment
  readonly clock: Clock
  readonly holder: Holder
}

/** A store with its tiers. */
export interface TieredProject {
  readonly store: Store
  readonly claims: Claims
  /** Absent where no tier is written to. */
  readonly sharedLedger?: SharedLedger
  readonly tiers: readonly SharedTier[]
  /** What went wrong in tiers since they were opened, each once. */
  incidents(): readonly Incident[]
}

/** Puts remote tiers behind the store of a folder; without any, that store is answered as it is. */
export function openTiers(
  remotes: readonly Remote[],
  here: LocalPorts,
  terms: Omit<CoordinationTerms, 'tell'>,
): TieredProject {
  const told = new Map<string, Incident>()
  const tell = (incident: Incident): void => {
    told.set(`${incident.kind} ${incident.where}`, incident)
  }
  const incidents = (): readonly Incident[] => [...told.values()]
  const { store: local, claims, fetched } = here
  if (remotes.length === 0) {
    const alone = tieredClaims(claims, async () => undefined)
    return { store: local, claims: alone, tiers: [], incidents }
  }
  const opened = remotes.map((remote) => ({
    remote,
    tier: lateTier(restingRemote(remote, here.clock), here.environment),
  }))
  const tiers = opened.map(({ remote, tier }) => sharedTier(remote, tier, local.quarantine))
  const meeting = opened.find(({ remote }) => !remote.isReadOnly)
  const coordination = coordinationOf(
    meeting && {
      name: meeting.remote.name,
      probe: () => capabilityOf(meeting.tier),
      claims: claimsOn(remoteLadder(meeting.tier), here.holder, here.clock),
    },
    { ...terms, tell },
  )
  const store = tieredStore({ local, tiers, fetched, obstacle: coordination.obstacle, tell })
  const coordinates = async (): Promise<boolean> => (await coordination.claims()) !== undefined
  return {
    store,
    claims: tieredClaims(claims, coordination.claims),
    tiers,
    incidents,
    ...(meeting && {
      sharedLedger: coordinatedLedger(
        tierLedger({ name: meeting.remote.name, tier: meeting.tier, fetched }),
        coordinates,
        terms.isOnlyRemote,
      ),
    }),
  }
}
