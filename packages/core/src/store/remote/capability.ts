import { randomBytes, randomUUID } from 'node:crypto'
import { reasonOf } from '../../error.ts'
import { parseJson } from '../../json.ts'
import type { RemoteTier, Written } from '../../ports.ts'
import { Refusal } from './refusal.ts'

/** What a tier can be trusted to do. */
export type Capability =
  /** Of several who write one name at the same time it lets one win, and keeps what that one wrote. */
  { readonly kind: 'coordinates' } | Incapability

/** What a tier does not do, and why. */
export interface Incapability {
  readonly kind:
    | 'uncoordinated'
    /** It takes no writes, at least not ours. */
    | 'read-only'
    | 'unreachable'
    /** A newer version of imprompt keeps its pictures there in another form. */
    | 'newer'
  readonly reason: string
}

/** Where a tier says what keeps its pictures there. */
const sentinel = 'format.json'
const version = 1
const rounds = 6
const racers = 8

/**
 * Finds out by trying what a tier really does: whether it tells what is absent, and whether a conditional write (`If-None-Match: *`)
 * lets one win. That a server never errs cannot be proven: one that lets two win in a quarter of all races passes this in
 * a sixth of all probes. Leaves small objects in `probe/`.
 */
export async function capabilityOf(tier: RemoteTier): Promise<Capability> {
  const fault = (await formatFaultOf(tier)) ?? (await absenceFault(tier))
  if (fault !== undefined) return fault
  for (let round = 0; round < rounds; round += 1) {
    const lost = await raceFault(tier)
    if (lost !== undefined) return lost
  }
  return { kind: 'coordinates' }
}

/** Why a tier is not written to: a newer version keeps its pictures there, or it takes or tells nothing. */
export async function formatFaultOf(tier: RemoteTier): Promise<Incapability | undefined> {
  const found = await tier.get(sentinel, 10_000)
  switch (found.kind) {
    case 'hit':
      return versionFault(found.value.bytes)
    case 'damaged':
      return { kind: 'newer', reason: `its \`${sentinel}\` is none of this version` }
    case 'unknown':
      return { kind: 'unreachable', reason: reasonOf(found.cause) }
    case 'absent': {
      const text = Buffer.from(`${JSON.stringify({ imprompt: version })}\n`)
      return writeFault(await tier.create(sentinel, text))
    }
  }
}

function versionFault(bytes: Uint8Array): Incapability | undefined {
  const content = parseJson(Buffer.from(bytes).toString('utf8'))
  const isObject = typeof content === 'object' && content !== null && 'imprompt' in content
  if (isObject && content.imprompt === version) return undefined
  const reason =
    isObject && typeof content.imprompt === 'number'
      ? `its pictures are kept in the form ${content.imprompt}, and this version knows ${version}`
      : `its \`${sentinel}\` is not what imprompt writes`
  return { kind: 'newer', reason }
}

/** What a refused write says; that another machine was faster is none. */
function writeFault(written: Written): Incapability | undefined {
  if (written.kind !== 'unknown') return undefined
  const { cause } = written
  const reason = reasonOf(cause)
  if (!(cause instanceof Refusal)) return { kind: 'unreachable', reason }
  if (cause.status === 501)
    return { kind: 'uncoordinated', reason: `it takes no conditional writes: ${reason}` }
  return { kind: cause.status < 500 ? 'read-only' : 'unreachable', reason }
}

async function absenceFault(tier: RemoteTier): Promise<Incapability | undefined> {
  const found = await tier.get(`probe/${randomUUID()}`, 10_000)
  if (found.kind === 'absent') return undefined
  if (found.kind === 'unknown')
    return {
      kind: 'unreachable',
      reason: `it does not tell what is absent: ${reasonOf(found.cause)}`,
    }
  return { kind: 'uncoordinated', reason: 'it claims to hold what nobody wrote' }
}

/** Lets several write one name at once, and one afterwards. */
async function raceFault(tier: RemoteTier): Promise<Incapability | undefined> {
  const name = `probe/${randomUUID()}`
  const bodies = Array.from({ length: racers }, () => randomBytes(4096))
  const written = await Promise.all(bodies.map((body) => tier.create(name, body)))
  const faults = written.flatMap((one) => writeFault(one) ?? [])
  if (faults[0] !== undefined) return faults[0]
  const winners = bodies.filter((_body, at) => written[at]?.kind === 'written')
  const late = await tier.create(name, randomBytes(4096))
  const reason = raceReason(winners.length, late.kind === 'written')
  if (reason !== undefined) return { kind: 'uncoordinated', reason }
  const kept = await tier.get(name, 4096)
  const isKept = kept.kind === 'hit' && winners.some((body) => body.equals(kept.value.bytes))
  if (isKept) return undefined
  return { kind: 'uncoordinated', reason: 'it keeps other bytes than the winner of a race wrote' }
}

function raceReason(winners: number, isOverwritten: boolean): string | undefined {
  if (isOverwritten) return 'it ignores `If-None-Match: *` and overwrites what is there'
  if (winners > 1) return `it let ${winners} of ${racers} win who wrote one name at the same time`
  return winners === 0 ? 'it let nobody win who wrote one name at the same time' : undefined
}
