import { type Grouping, groupings, ledgerFaultLines, ledgerText } from '@imprompt/core'
import { type Request, misuse } from './args.ts'
import { type Io, projectOf } from './io.ts'

/**
 * Sums what the store's ledgers tell. Needs no key, changes nothing. What cannot be read is a warning, as the gate for
 * damage is `verify`.
 */
export async function ledger(request: Request, io: Io): Promise<number> {
  const { since } = request
  const question = {
    by: groupingOf(request.by ?? 'month'),
    ...(since !== undefined && { since: dayOf(since) }),
    now: io.now(),
  }
  const account = await (await projectOf(request, io)).account(question)
  io.stdout(
    request.isJson ? `${JSON.stringify(account, undefined, 2)}\n` : `${ledgerText(account)}\n`,
  )
  for (const line of ledgerFaultLines(account.faults)) io.stderr(`${line}\n`)
  return 0
}

function groupingOf(word: string): Grouping {
  const grouping = groupings.find((one) => one === word)
  if (grouping === undefined)
    throw misuse(`Unexpected \`--by ${word}\`, expected ${groupings.join(', ')}`)
  return grouping
}

function dayOf(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && isOnCalendar(text)
  if (!isDay) throw misuse(`Unexpected \`--since ${text}\`, expected a day such as \`2026-11-30\``)
  return text
}

/** JavaScript takes the 31st of November for the 1st of December. */
function isOnCalendar(day: string): boolean {
  const time = Date.parse(day)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
