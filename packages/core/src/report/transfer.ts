import type { Transfer } from '../store/tiers/transfer.ts'
import { bytesInWords, count, printable } from '../wording.ts'

/**
 * A transfer for a terminal, without a line feed at its end.
 * @param verb What was done with pictures that were moved, such as `pushed`.
 */
export function transferText({ moved, present, bytes, faults }: Transfer, verb: string): string {
  const lines = faults.map(({ where, message }) =>
    printable(`  failed  ${where}\n      ${message}`),
  )
  const whole = `${verb} ${count(moved, 'picture')}, ${bytesInWords(bytes)}; ${present} there before`
  const failed = lines.length === 0 ? '' : `; ${lines.length} failed`
  return [...lines, ...(lines.length > 0 ? [''] : []), whole + failed].join('\n')
}
