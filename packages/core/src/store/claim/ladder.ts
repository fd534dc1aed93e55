import type { ClaimName, Word } from '../../ports.ts'
import type { Holder } from './holder.ts'

/** Who claims something. */
export interface Claimant extends Holder {
  /** What stands on, should its holder never end it. */
  readonly word?: Word
  /** Whether it is given back as soon as it is made, so that word alone is left. */
  readonly isOver?: true
}

/** The latest claim of a name. */
export interface Rung {
  /** Counts from 1. */
  readonly generation: number
  /** Nobody where what its holder wrote cannot be read. */
  readonly holder: Holder | undefined
  /** Whether its holder gave it back. */
  readonly isOver: boolean
  /** What its holder left word of; as long as it is not over and no request went out, what the one before did. */
  readonly word?: Word
  /** Another text whenever its holder gave a sign of life. */
  readonly beat: string
  /** How long ago that was by the clock that stamps claims, in milliseconds; negative after that was set back. */
  readonly ageMs: number
  /** How long ago it was claimed, by the same clock. */
  readonly claimedMs: number
}

/**
 * Claims by name, each numbered one above the last. None is taken away while its request is open, so that nobody can
 * take away one that is newer than the one that was looked at.
 */
export interface Ladder {
  /** How long those who wait do so before they look again, on average. */
  readonly pollMs: number
  /** Between two signs of life. */
  readonly beatMs: number
  /** Answers nothing where nobody ever claimed it. */
  top(name: ClaimName): Promise<Rung | undefined>
  /** Answers whether the claim is ours: of those who try one generation, one gets it. */
  climb(name: ClaimName, generation: number, claimant: Claimant): Promise<boolean>
  /** Gives a sign of life. */
  beat(name: ClaimName, generation: number, count: number): Promise<void>
  /** Leaves word that stands should the claim never be given back. */
  begin(name: ClaimName, generation: number, word: Word): Promise<void>
  /** Gives a claim back, and leaves word for those who claim it next. */
  end(name: ClaimName, generation: number, word?: Word): Promise<void>
  /** Takes all claims of a request away, whose picture the store holds. */
  clear(name: ClaimName): Promise<void>
}
