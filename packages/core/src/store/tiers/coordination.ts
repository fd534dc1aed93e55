import type { Claims, Incident } from '../../ports.ts'
import type { Capability } from '../remote/capability.ts'

/** A tier by which machines may wait for each other. */
export interface MeetingPlace {
  readonly name: string
  /** What it really does with conditional writes. */
  readonly probe: () => Promise<Capability>
  readonly claims: Claims
}

/** How strictly builds of several machines are kept from buying the same picture. */
export interface CoordinationTerms {
  /** Whether a build may buy where machines cannot wait for each other. */
  readonly isBestEffort: boolean
  /** Whether what is bought outlives this machine in a tier alone. */
  readonly isOnlyRemote: boolean
  readonly tell: (incident: Incident) => void
}

/** What keeps machines from buying the same picture. */
export interface Coordination {
  /** Why nothing may be bought; found out once, and again where the tier could not be reached. */
  obstacle(): Promise<string | undefined>
  /** Nothing where no tier coordinates. */
  claims(): Promise<Claims | undefined>
}

/** @param place The first tier that is written to; nothing where there is none. */
export function coordinationOf(
  place: MeetingPlace | undefined,
  terms: CoordinationTerms,
): Coordination {
  let asked: Promise<Capability> | undefined
  const capability = (from: MeetingPlace): Promise<Capability> => (asked ??= from.probe())
  return {
    obstacle: async () => {
      if (place === undefined) return obstacleWithout(terms)
      if ((await asked)?.kind === 'unreachable') asked = undefined
      const found = await capability(place)
      if (found.kind === 'coordinates') return undefined
      const fault = `the remote \`${place.name}\`: ${found.reason}`
      const mayBuy = terms.isBestEffort && isWritable(found, terms)
      if (!mayBuy) return `${fault}; ${wayOut(found)}`
      const message = `${found.reason}; other machines may buy the same pictures at the same time`
      terms.tell({ kind: 'uncoordinated', where: place.name, message })
      return undefined
    },
    claims: async () => {
      if (place === undefined) return undefined
      return (await capability(place)).kind === 'coordinates' ? place.claims : undefined
    },
  }
}

/** Where all tiers are for reading, nothing that is bought gets to another machine but by git. */
function obstacleWithout({ isBestEffort, isOnlyRemote }: CoordinationTerms): string | undefined {
  if (isOnlyRemote) return "`persist: 'remote'` needs a remote that is not `readOnly`"
  if (isBestEffort) return undefined
  return `all remotes are \`readOnly\`, so that machines cannot wait for each other; ${consent}`
}

/** What is bought must outlive this machine; a store of a newer version is left alone in any case. */
function isWritable({ kind }: Capability, { isOnlyRemote }: CoordinationTerms): boolean {
  switch (kind) {
    case 'coordinates':
    case 'uncoordinated':
      return true
    case 'read-only':
    case 'unreachable':
      return !isOnlyRemote
    case 'newer':
      return false
  }
}

function wayOut({ kind }: Capability): string {
  return kind === 'newer' ? 'update imprompt' : consent
}

const consent =
  "`coordination: 'best-effort'` in imprompt.config buys all the same, at the risk of buying a picture twice"
