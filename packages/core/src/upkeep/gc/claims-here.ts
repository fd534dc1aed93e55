import { join } from 'node:path'
import { ImpromptError } from '../../error.ts'
import { readRequestHash } from '../../key/key.ts'
import type { ClaimName, Clock, RequestHash } from '../../ports.ts'
import { claimsPath } from '../../store/address.ts'
import { isHeldNow, isOpen } from '../../store/claim/claims.ts'
import { fsLadder } from '../../store/claim/fs-ladder.ts'
import { isOneProcess, thisProcess } from '../../store/claim/holder.ts'
import type { Ladder, Rung } from '../../store/claim/ladder.ts'
import { namesIn } from '../store-files.ts'

/** A claim of this folder. */
export interface ClaimHere {
  readonly name: ClaimName
  readonly top: Rung
  readonly isHeld: boolean
}

/** Reads every claim of a store's folder. */
export type LookAtClaims = () => Promise<readonly ClaimHere[]>

/**
 * Looks at the claims of a folder. An old one whose process is known by its number alone, which another may have by now,
 * is watched for three signs of life, and by later looks no more.
 * @throws `COLLECTION_REFUSED` where it is stopped meanwhile
 */
export function lookAtClaims(folder: string, clock: Clock, stop: AbortSignal): LookAtClaims {
  const ladder = fsLadder(folder)
  const silent = new Map<ClaimName, string>()
  const isSilent = ({ name, top }: Seen): boolean => silent.get(name) === signOf(top)
  return async () => {
    const doubtful = (await topsIn(folder, ladder)).filter(
      (one) => isDoubtful(one.top) && !isSilent(one),
    )
    if (doubtful.length > 0) await watch(3 * ladder.beatMs, clock, stop)
    const seen = await topsIn(folder, ladder)
    for (const { name, top } of doubtful)
      if (seen.some((one) => one.name === name && signOf(one.top) === signOf(top)))
        silent.set(name, signOf(top))
    return seen.map((one) => ({
      ...one,
      isHeld: isHeldNow(one.top) || (mayBeHeld(one.top) && !isSilent(one)),
    }))
  }
}

type Seen = Pick<ClaimHere, 'name' | 'top'>

async function topsIn(folder: string, ladder: Ladder): Promise<readonly Seen[]> {
  const names = namesIn(join(folder, 'claims')).flatMap(nameOf)
  const all = names.map(async (name): Promise<readonly Seen[]> => {
    const top = await ladder.top(name)
    return top === undefined ? [] : [{ name, top }]
  })
  return (await Promise.all(all)).flat()
}

/** Another text after each sign of life. */
function signOf({ generation, beat }: Rung): string {
  return `${generation} ${beat}`
}

async function watch(ms: number, clock: Clock, stop: AbortSignal): Promise<void> {
  await clock.wait(ms, stop).catch((cause: unknown) => {
    throw new ImpromptError(
      'COLLECTION_REFUSED',
      'The collection was stopped while it watched whether an old claim is held. Nothing was deleted; run it again',
      { cause },
    )
  })
}

/** Long after any lease: nobody looks at such a claim but to succeed it. */
const longOverMs = 24 * 3_600_000

/** A process of this machine may only have been asleep, and a claim that is not readable yet is somebody's. */
function mayBeHeld(top: Rung): boolean {
  if (isOpen(top)) return false
  if (top.holder === undefined) return top.ageMs <= longOverMs
  return top.holder.machine === thisProcess().machine
}

/** Age alone says too little: the computer may have slept together with the process, and both just woke up. */
function isDoubtful(top: Rung): boolean {
  const { holder, ageMs } = top
  return holder !== undefined && !isOneProcess(holder) && mayBeHeld(top) && ageMs > longOverMs
}

/** Files of claims that nobody needs, relative to the store. The top of a request that is open stays. */
export function deadClaimFiles(
  claims: readonly ClaimHere[],
  resolved: ReadonlySet<RequestHash>,
  folder: string,
): readonly string[] {
  return claims.flatMap(({ name, top, isHeld }) => {
    if (isHeld || top.ageMs <= longOverMs) return []
    const isResolved = name !== 'batches' && resolved.has(name)
    return namesIn(join(folder, claimsPath(name)))
      .filter((file) => isResolved || generationOf(file) < top.generation)
      .map((file) => `claims/${name}/${file}`)
  })
}

function nameOf(name: string): readonly ClaimName[] {
  if (name === 'batches') return [name]
  const request = readRequestHash(name)
  return request === undefined ? [] : [request]
}

/** That of `3`, `3.beat` and `3.over` is 3; nothing else is below any. */
function generationOf(file: string): number {
  const [, digits] = /^(\d+)(?:\.(?:beat|over))?$/.exec(file) ?? []
  return digits === undefined ? Infinity : Number(digits)
}
