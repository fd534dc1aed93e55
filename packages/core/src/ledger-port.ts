import type { Key, RequestHash } from './nouns.ts'

/** How an attempt at a purchase ended, as a ledger tells it; amounts are micro-dollars. */
export type LedgerEnd =
  | {
      readonly end: 'bought'
      readonly microUsd: number
      /** Whether the provider reported the amount, or the worst case stands for it. */
      readonly basis: 'usage' | 'estimate'
    }
  | {
      readonly end: 'refused'
      /** What was billed all the same. */
      readonly microUsd: number
      readonly basis: 'usage'
      readonly code: string
    }
  /** It may have been billed, up to its worst case. */
  | { readonly end: 'unknown' }

/**
 * One attempt at a purchase that ended. Of lines of the same attempt at the same request that of a purchase stands, and
 * else the last: what was unknown may turn out to be bought. A repeated purchase is another attempt.
 */
export type LedgerLine = {
  readonly schema: 1
  /** Unique among the attempts at its request; all requests of a batch share it. */
  readonly attempt: string
  /** ISO 8601, UTC: when it was written down to be made. */
  readonly at: string
  readonly requestHash: RequestHash
  /** The image that it was for. Absent, like all that follows but the end, where its record did not tell. */
  readonly key?: Key
  /** Where that stood first, as `posts/fox.md:12` or `imprompt.config.ts images.hero`; absent outside of the project, too. */
  readonly place?: string
  /** The file of that place, relative to the project's root, with forward slashes. */
  readonly page?: string
  readonly provider?: string
  readonly model?: string
  readonly expectedMicroUsd?: number
  readonly worstMicroUsd?: number
  /** The provider's name of the request. */
  readonly requestId?: string
} & LedgerEnd

/** An attempt that was given up before it cost anything. */
export interface ReleasedLine extends Pick<
  LedgerLine,
  'schema' | 'attempt' | 'at' | 'requestHash'
> {
  readonly end: 'released'
}

/**
 * A ledger that machines keep together, a log by month (UTC): whoever adds to it has seen all that was added before, so
 * that of two machines that spend at the same time one sees what the other one does.
 */
export interface SharedLedger {
  /**
   * The line that stands of each attempt that began in a month; those that were released are left out.
   * @param month `YYYY-MM`
   * @throws where nobody can tell
   */
  read(month: string): Promise<readonly LedgerLine[]>
  /**
   * Adds lines of one month, unless there is an objection to what `read` tells at that moment. Answers the objection.
   * @param objection Asked again where another machine was faster. @default there is none
   * @throws where nobody can tell whether they stand there, or where they are more than anybody would read at once
   */
  add(
    lines: readonly [SharedLine, ...SharedLine[]],
    objection?: (told: readonly LedgerLine[]) => string | undefined,
  ): Promise<string | undefined>
}

/** A line of a ledger that machines share; one of unknown end is a reservation of its worst case. */
export type SharedLine = LedgerLine | ReleasedLine

/** A place of a ledger that tells nothing. */
export interface LedgerFault {
  /** Whether it can be read and is none, or cannot be read, such as by this version. */
  readonly kind: 'corrupt' | 'unverifiable'
  readonly path: string
  /** Counts from 1; absent where the whole file cannot be read. */
  readonly line?: number
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
}

/** Remembers every attempt at a purchase for good, also where other machines made it. */
export interface Ledger {
  /**
   * The line that stands of each attempt, and what cannot be read. Never rejects.
   * @param month `YYYY-MM` (UTC), of attempts that began in it. @default all
   */
  read(month?: string): Promise<{
    readonly attempts: readonly LedgerLine[]
    readonly faults: readonly LedgerFault[]
  }>
}
