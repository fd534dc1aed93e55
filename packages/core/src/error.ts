import { printable } from './wording.ts'

/** Permanent names of what can go wrong in the world; the author's mistakes are Problems instead. */
export type ErrorCode =
  | 'ADOPTION_REFUSED'
  | 'AUTHORING_PROBLEMS'
  | 'BASELINE_NOT_FOUND'
  | 'BUDGET_EXCEEDED'
  | 'BUDGET_REQUIRED'
  | 'COLLECTION_REFUSED'
  | 'CONFIG_INVALID'
  | 'CONFIG_NOT_FOUND'
  | 'COST_OVERRUN'
  | 'ENCODING_FAILED'
  | 'IMAGES_MISSING'
  | 'LEFT_OVERS'
  | 'LFS_MISSING'
  | 'NODE_UNSUPPORTED'
  | 'OUTCOME_UNKNOWN'
  | 'PERSIST_REQUIRED'
  | 'PICTURE_NOT_PLANNED'
  | 'PROVIDER_REFUSED'
  | 'REMOTE_UNPUSHED'
  | 'REPORT_NOT_FOUND'
  | 'REPORT_NOT_WRITTEN'
  | 'SOURCE_NOT_WRITABLE'
  | 'STORE_DAMAGED'
  | 'STORE_NOT_WRITABLE'
  | 'STORE_UNREADABLE'
  | 'USAGE'
  | 'VERSIONS_DIFFER'

/** Exit codes of the command line; a host's error carries the same number. */
export const exitCodes: Readonly<Record<ErrorCode, number>> = {
  ADOPTION_REFUSED: 2,
  AUTHORING_PROBLEMS: 2,
  BASELINE_NOT_FOUND: 2,
  BUDGET_EXCEEDED: 3,
  BUDGET_REQUIRED: 2,
  COLLECTION_REFUSED: 2,
  CONFIG_INVALID: 2,
  CONFIG_NOT_FOUND: 2,
  COST_OVERRUN: 7,
  ENCODING_FAILED: 1,
  IMAGES_MISSING: 4,
  LEFT_OVERS: 2,
  LFS_MISSING: 2,
  NODE_UNSUPPORTED: 2,
  OUTCOME_UNKNOWN: 7,
  PERSIST_REQUIRED: 2,
  PICTURE_NOT_PLANNED: 2,
  PROVIDER_REFUSED: 5,
  REMOTE_UNPUSHED: 7,
  REPORT_NOT_FOUND: 2,
  REPORT_NOT_WRITTEN: 2,
  SOURCE_NOT_WRITABLE: 2,
  STORE_DAMAGED: 6,
  STORE_NOT_WRITABLE: 4,
  STORE_UNREADABLE: 4,
  USAGE: 2,
  VERSIONS_DIFFER: 2,
}

/** The world's refusal: what happened, what state money and files are in, what to do. */
export class ImpromptError extends Error {
  override readonly name = 'ImpromptError'
  readonly code: ErrorCode
  readonly exitCode: number

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.exitCode = exitCodes[code]
    // Hosts print the stack: a reader needs what happened and what to do, not where in here it was noticed. Some take out of
    // it what they have printed before, by the words that a stack begins with.
    this.stack = `${this.name}: ${message}`
  }
}

/** What a caught value says of itself. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/** One of several reasons to stop. */
export interface Objection {
  readonly code: ErrorCode
  readonly message: string
}

/** Of several reasons, the exit code that is answered comes first in this list. */
const precedence: readonly number[] = [1, 7, 6, 2, 5, 3, 4]

/** One error that tells every reason, the weightiest first, and carries its code; nothing where there is none. */
export function errorOf(objections: readonly Objection[]): ImpromptError | undefined {
  const sorted = objections.toSorted((one, other) => rankOf(one) - rankOf(other))
  const [first] = sorted
  if (first === undefined) return undefined
  return new ImpromptError(first.code, printable(sorted.map(({ message }) => message).join('\n\n')))
}

function rankOf({ code }: Objection): number {
  return precedence.indexOf(exitCodes[code])
}
