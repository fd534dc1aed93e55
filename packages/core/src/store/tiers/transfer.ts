import { reasonOf } from '../../error.ts'
import type { Entry, Found, Store } from '../../ports.ts'
import { versionsOf } from '../../versions.ts'
import type { Pushed, SharedTier } from './shared-tier.ts'

/** A picture that could not be transferred. */
export interface TransferFault {
  /** The tier, or the file, and the picture. */
  readonly where: string
  readonly message: string
}

/** What people know a picture by. */
export type NameOf = (entry: Entry) => string

/** What a transfer came to, in pictures; those of several tiers are counted for each. */
export interface Transfer {
  readonly moved: number
  /** Those that were there before. */
  readonly present: number
  readonly bytes: number
  readonly faults: readonly TransferFault[]
}

const byKey: NameOf = ({ key }) => key

/** Gives every tier that is written to what this store holds; what is there already is left as it is. */
export async function pushAll(
  local: Store,
  tiers: readonly SharedTier[],
  nameOf: NameOf = byKey,
): Promise<Transfer> {
  const writable = tiers.filter(({ isReadOnly }) => !isReadOnly)
  return transfer(local, nameOf, async (entry) => {
    const original = await local.original(entry)
    // What is in a tier alone came from there.
    if (original.kind === 'absent') return []
    if (original.kind !== 'hit') return [faultOf(original, nameOf(entry))]
    const steps: Step[] = []
    for (const tier of writable) steps.push(await pushTo(tier, entry, original.value, nameOf))
    return steps
  })
}

/** Fetches the original of every entry whose bytes are not here, or not as they were bought. */
export async function pullAll(
  local: Store,
  tiered: Store,
  nameOf: NameOf = byKey,
): Promise<Transfer> {
  return transfer(local, nameOf, async (entry) => {
    const here = await local.original(entry)
    if (here.kind === 'hit') return [{ kind: 'present' }]
    const found = await tiered.original(entry)
    if (found.kind !== 'hit') return [faultOf(found, nameOf(entry))]
    await local.restore(entry.original, found.value)
    return [{ kind: 'moved', bytes: found.value.length }]
  })
}

type Step =
  | { readonly kind: 'moved'; readonly bytes: number }
  | { readonly kind: 'present' }
  | ({ readonly kind: 'fault' } & TransferFault)

async function transfer(
  local: Store,
  nameOf: NameOf,
  move: (entry: Entry) => Promise<readonly Step[]>,
): Promise<Transfer> {
  const steps: Step[] = []
  const keys = await local.keys()
  if (keys.kind !== 'hit') return totalOf([faultOf(keys)])
  for (const key of keys.value) {
    const found = await local.entry(key)
    if (found.kind !== 'hit') steps.push(faultOf(found))
    for (const version of found.kind === 'hit' ? versionsOf(found.value) : [])
      steps.push(
        ...(await move(version).catch((cause: unknown): readonly Step[] => [
          { kind: 'fault', where: nameOf(version), message: reasonOf(cause) },
        ])),
      )
  }
  return totalOf(steps)
}

function totalOf(steps: readonly Step[]): Transfer {
  const moved = steps.flatMap((step) => (step.kind === 'moved' ? [step.bytes] : []))
  return {
    moved: moved.length,
    present: steps.filter(({ kind }) => kind === 'present').length,
    bytes: moved.reduce((sum, bytes) => sum + bytes, 0),
    faults: steps.flatMap((step) =>
      step.kind === 'fault' ? [{ where: step.where, message: step.message }] : [],
    ),
  }
}

async function pushTo(
  tier: SharedTier,
  entry: Entry,
  bytes: Uint8Array,
  nameOf: NameOf,
): Promise<Step> {
  if (await isPresent(tier, entry)) return { kind: 'present' }
  const pushed: Pushed = await tier.push(entry, bytes)
  switch (pushed.kind) {
    case 'pushed':
      return { kind: 'moved', bytes: bytes.length }
    case 'present':
    case 'other':
      return { kind: 'present' }
    case 'failed':
      return { kind: 'fault', where: `${tier.name}: ${nameOf(entry)}`, message: pushed.message }
  }
}

/** What is there is not fetched to be looked at: whoever reads it holds it against its entry. */
async function isPresent(tier: SharedTier, entry: Entry): Promise<boolean> {
  const shared = await tier.entry(entry.requestHash)
  if (shared.kind !== 'hit' || shared.value.original.sha256 !== entry.original.sha256) return false
  return (await tier.holds(entry)).kind === 'hit'
}

function faultOf(found: Exclude<Found<unknown>, { kind: 'hit' }>, where = 'the store'): Step {
  switch (found.kind) {
    case 'absent':
      return { kind: 'fault', where, message: 'no tier has it' }
    case 'damaged':
      return { kind: 'fault', where: found.path, message: found.fault }
    case 'unknown':
      return { kind: 'fault', where: found.path, message: reasonOf(found.cause) }
  }
}
