import type { Verdict, Word } from '../ports.ts'

/** What a person consents to. */
export interface Consent {
  /** To ask again for prompts that were refused. */
  readonly refused: boolean
  /** To ask again where an earlier charge is unknown, or where what it bought is on another machine alone. */
  readonly unknown: boolean
  /** To keep images as they are whose style has another text today. */
  readonly keepsStyle: boolean
}

/** What a person who says nothing consents to. */
export const noConsent: Consent = { refused: false, unknown: false, keepsStyle: false }

/** Whether a request must not be sent again for what became of an earlier attempt. */
export function isBarred({ kind }: Verdict, consent: Consent): boolean {
  return kind === 'submitted' || !consent[kind]
}

/** After so long a batch has ended, be it that nobody collected it: no vendor works on one for more than a day. */
const longestBatchMs = 25 * 3_600_000

/** Whether a request must not be sent for what another machine left word of. */
export function isBinding({ kind, since }: Word, consent: Consent, now: Date): boolean {
  const isWaiting = kind === 'submitted' && now.getTime() - Date.parse(since) < longestBatchMs
  return isWaiting || !consent.unknown
}
