import { join } from 'node:path'
import { readRequestHash } from '../../key/key.ts'
import type { ClaimName, RequestHash } from '../../ports.ts'
import { claimsPath } from '../../store/address.ts'
import { isHeldNow, isOpen } from '../../store/claim/claims.ts'
import { fsLadder } from '../../store/claim/fs-ladder.ts'
import { thisProcess } from '../../store/claim/holder.ts'
import type { Rung } from '../../store/claim/ladder.ts'
import { namesIn } from '../store-files.ts'

/** A claim of this folder. */
export interface ClaimHere {
  readonly name: ClaimName
  readonly top: Rung
  readonly isHeld: boolean
}

/** Every claim of a store's folder. */
export async function claimsHere(folder: string): Promise<readonly ClaimHere[]> {
  const ladder = fsLadder(folder)
  const names = namesIn(join(folder, 'claims')).flatMap(nameOf)
  const all = names.map(async (name): Promise<readonly ClaimHere[]> => {
    const top = await ladder.top(name)
    if (top === undefined) return []
    return [{ name, top, isHeld: isHeldNow(top) || mayBeHeld(top) }]
  })
  return (await Promise.all(all)).flat()
}

/** Long after any lease: nobody looks at such a claim but to succeed it. */
const longOverMs = 24 * 3_600_000

/** A process of this machine may only have been asleep, and a claim that is not readable yet is somebody's. */
function mayBeHeld(top: Rung): boolean {
  if (isOpen(top)) return false
  if (top.holder === undefined) return top.ageMs <= longOverMs
  return top.holder.machine === thisProcess().machine
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
