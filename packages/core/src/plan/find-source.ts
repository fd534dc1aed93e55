import type { Settings } from '../config/settings.ts'
import { authoredKeyOf } from '../key/key.ts'
import type { Found, Key, RequestHash, Store, Verdict } from '../ports.ts'
import type { EntryIndex, Former } from './entry-index.ts'
import { type HeldImage, afterBases, askedFor } from './find-all.ts'
import { type FoundImage, type LookUp, formerIn, keptIn, sourceInStore } from './look-up.ts'
import { priceOf } from './price.ts'
import type { Source } from './source.ts'

/** What is known from earlier builds, and how a person wants it to be treated. */
export interface History {
  readonly verdicts: ReadonlyMap<RequestHash, Verdict>
  readonly keepsStyle: boolean
  /** `YYYY-MM-DD`, by which models are retired. */
  readonly today: string
  /** Images of older defaults that are made again, if that is what the plan is for. */
  readonly upgrades?: ReadonlySet<Key>
}

/** Where images are looked for, and what was found of those before. */
export interface Pass extends History {
  readonly index: Found<EntryIndex>
  readonly settings: Settings
  readonly store: Store
  /** What each image is asked for, or was. */
  readonly held: Map<Key, HeldImage>
  /** What images were bought as when a style had another text. */
  readonly formers: Map<Key, Former>
  readonly firstBuyers: Map<RequestHash, Key>
}

/** A pass that begins. */
export function nothingSeen(): Pick<Pass, 'held' | 'formers' | 'firstBuyers'> {
  return { held: new Map(), formers: new Map(), firstBuyers: new Map() }
}

/** An image, and whence it comes: nothing where it is missing and no price is known. */
export interface Looked {
  readonly lookUp: LookUp
  readonly source: Source | undefined
}

/** Where each image comes from. All that do not need one another are looked for at once, as a tier may have to be asked. */
export async function findSources(
  images: readonly FoundImage[],
  pass: Pass,
): Promise<readonly Looked[]> {
  const { index, settings, held, upgrades } = pass
  const looked: Looked[] = []
  for (const group of afterBases(images)) {
    const all = group.map(async (image) => {
      const lookUp = askedFor(image, held, settings)
      const pinning = upgrades?.has(image.key) === true ? 'upgrade' : settings.defaults
      return { lookUp, stored: await sourceInStore(lookUp, index, pinning, pass) }
    })
    // In their order, as the first that asks for something buys it.
    for (const { lookUp, stored } of await Promise.all(all))
      looked.push({ lookUp, source: await sourceOf(lookUp, stored, pass) })
  }
  return looked
}

async function sourceOf(
  lookUp: LookUp,
  stored: Source | undefined,
  pass: Pass,
): Promise<Source | undefined> {
  const { key, requestHash, request } = lookUp
  const { index, settings, firstBuyers, formers } = pass
  const base = request.base && formers.get(authoredKeyOf(request.base))
  const former = formerlyBought(lookUp, stored, base, index)
  if (former !== undefined) formers.set(key, former)
  const source =
    stored ??
    (former !== undefined && pass.keepsStyle ? await keptIn(former, pass) : undefined) ??
    twinOf(requestHash, firstBuyers) ??
    missing(lookUp, former?.style, pass.verdicts.get(requestHash), settings)
  if (source?.kind === 'new') firstBuyers.set(requestHash, key)
  pass.held.set(key, heldAfter(lookUp, source))
  return source
}

function formerlyBought(
  lookUp: LookUp,
  stored: Source | undefined,
  base: Former | undefined,
  index: Found<EntryIndex>,
): Former | undefined {
  if (stored === undefined) return formerIn(lookUp, base, index)
  // What is made from a picture that is kept is found by its request, and goes by another key all the same.
  if (stored.kind !== 'shared' || base === undefined) return undefined
  return { entry: stored.entry, style: base.style }
}

/** What a picture was asked for that is there, or is going to be. */
function heldAfter({ requestHash }: LookUp, source: Source | undefined): HeldImage {
  const entry = source !== undefined && 'entry' in source ? source.entry : undefined
  return { requestHash: entry?.requestHash ?? requestHash, entry }
}

function twinOf(
  requestHash: RequestHash,
  firstBuyers: ReadonlyMap<RequestHash, Key>,
): Source | undefined {
  const key = firstBuyers.get(requestHash)
  return key === undefined ? undefined : { kind: 'twin', key }
}

/** Answers nothing where no price is known. */
function missing(
  { requests, recorded }: LookUp,
  formerStyle: string | undefined,
  verdict: Verdict | undefined,
  settings: Settings,
): Source | undefined {
  const estimate = priceOf(recorded, settings)
  if (estimate === undefined) return undefined
  if (requests.every(({ isDraft }) => isDraft)) return { kind: 'draft', estimate }
  if (verdict !== undefined) return { kind: 'barred', verdict, estimate }
  return { kind: 'new', estimate, ...(formerStyle !== undefined && { formerStyle }) }
}
