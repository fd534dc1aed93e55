import type { RequestHash } from './nouns.ts'

/** What builds may not do side by side: to buy one request, or to hand batches in. */
export type ClaimName = RequestHash | 'batches'

/** What a machine left word of, lest others buy again what they do not find where they look for it. */
export interface Word {
  /**
   * It bought the picture, and no remote took it; it asked for it, which may have been billed, and does not know, or was
   * killed before it could tell, what came of that; or the picture waits in a batch that it handed in.
   */
  readonly kind: 'unpushed' | 'unknown' | 'submitted'
  /** Name of that machine; absent where nothing is known of it. */
  readonly host?: string
  /** ISO 8601, UTC, by that machine's clock. */
  readonly since: string
}

/** How a claim ends: see `Claim.end`. */
export type ClaimEnd = 'resolved' | 'free' | 'unpushed' | 'unknown' | 'open'

/** The right to buy one request, which no other build has at the same time. */
export interface Claim {
  /** What another machine left word of, and nobody took back. */
  readonly word?: Word
  /**
   * Called right before a request goes out: should this build never end the claim, word stands for other machines that the
   * request may have been billed. Answers false where a build that slept too long has lost its right to another one.
   * @throws what the store throws where word cannot be left; nothing may be sent then
   */
  begin(): Promise<boolean>
  /**
   * Gives the right back, in any case. Never rejects.
   * @param end `resolved` where all who could claim it find the picture, so that nobody needs the right any more;
   * `unpushed` where this machine alone holds it, and `unknown` where it may have been billed without one, of which word
   * is left; `free` where nothing that word was left of is so
   * any more; with `open` what stood before still stands.
   */
  end(end: ClaimEnd): Promise<void>
}

/** Another build that holds a right. */
export interface Occupant {
  /** Name of its machine; absent, like its process there, where its claim does not tell. */
  readonly host?: string
  readonly pid?: number
  readonly since: Date
}

/** Lets one build at a time buy a request, among all that share a store. */
export interface Claims {
  /**
   * Resolves once no other build holds the right, be it that it ended, was killed or hangs.
   * @param waits Told who holds it, at every look while another build does.
   * @throws the signal's reason once that is aborted, and what the store throws where it cannot coordinate
   */
  claim(name: ClaimName, signal: AbortSignal, waits?: (occupant: Occupant) => void): Promise<Claim>
  /**
   * Whether another build that shares this disk holds the request at this moment, so that what the journal tells of it may
   * be under way.
   */
  isHeld(request: RequestHash): Promise<boolean>
  /**
   * Leaves word for other machines that a request waits in a batch, which is handed in only then. Answers `held` where
   * another build is buying it, and what word stands of it where that is binding.
   * @throws what the store throws where it cannot coordinate
   */
  reserve(
    request: RequestHash,
    isBinding: (word: Word) => boolean,
  ): Promise<'reserved' | 'held' | Word>
}
