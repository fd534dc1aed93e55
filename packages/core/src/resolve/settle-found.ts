import type { PlannedImage } from '../plan/plan.ts'
import type { Claims, Journal } from '../ports.ts'

/**
 * Has earlier attempts of unknown outcome bar nothing whose pictures are here by now, as somebody else bought them; what
 * they may have cost stays in the ledger. What cannot be settled stays on record.
 */
export async function settleFound(
  images: readonly PlannedImage[],
  { journal, claims }: { readonly journal: Journal; readonly claims: Claims },
): Promise<void> {
  const verdicts = await journal.verdicts()
  for (const { requestHash, source } of images) {
    const isHere = 'entry' in source && source.entry.requestHash === requestHash
    if (!isHere || verdicts.get(requestHash)?.kind !== 'unknown') continue
    // What another build has under way is unknown to nobody.
    if (await claims.isHeld(requestHash)) continue
    await journal.found(requestHash).catch(() => undefined)
  }
}
