import { nameOf } from '../plan/spending.ts'
import { monthOf } from '../plan/spent.ts'
import type { Ledger, LedgerLine, SharedLedger, SharedLine } from '../ports.ts'

/** The ledger that machines share, and that of this store, of which it is told. */
export interface SharedBooksPorts {
  readonly sharedLedger: SharedLedger
  readonly ledger: Ledger
}

/** What this store tells other machines of its attempts. */
export interface SharedBooks {
  /**
   * Tells of attempts that are about to be made, at their worst case, unless there is an objection to what others told.
   * Answers the objection.
   * @throws where nobody can tell whether they are told
   */
  reserve(
    lines: readonly LedgerLine[],
    objection: (told: readonly LedgerLine[]) => string | undefined,
  ): Promise<string | undefined>
  /**
   * Tells that nothing came of attempts, but of those whose end the ledger tells. Never rejects: what is not told stays
   * reserved.
   */
  release(lines: readonly LedgerLine[]): Promise<void>
  /** Tells how an attempt ended that began at this time. Never rejects: what is not told, the next reservation tells. */
  settled(at: string): Promise<void>
}

/** Tells what the ledger of this store has and the shared one lacks before anything is reserved. */
export function sharedBooks(ports: SharedBooksPorts): SharedBooks {
  const { sharedLedger } = ports
  const told = new Set<string>()
  const tellOnce = async (month: string): Promise<void> => {
    if (told.has(month)) return
    await tell(month, ports)
    told.add(month)
  }
  return {
    reserve: async ([first, ...others], objection) => {
      if (first === undefined) return objection([])
      await tellOnce(monthOf(new Date(first.at)))
      return sharedLedger.add([first, ...others], objection)
    },
    release: async (lines) => {
      await release(lines, ports).catch(() => undefined)
    },
    settled: async (at) => {
      const month = monthOf(new Date(at))
      told.delete(month)
      await tellOnce(month).catch(() => undefined)
    },
  }
}

async function tell(month: string, { ledger, sharedLedger }: SharedBooksPorts): Promise<void> {
  const known = new Map((await sharedLedger.read(month)).map((line) => [nameOf(line), line.end]))
  const { attempts } = await ledger.read(month)
  const news = attempts.filter((line) => {
    const end = known.get(nameOf(line))
    return end === undefined || (end === 'unknown' && line.end !== 'unknown')
  })
  await add(news, sharedLedger)
}

async function release(
  lines: readonly LedgerLine[],
  { ledger, sharedLedger }: SharedBooksPorts,
): Promise<void> {
  const [first] = lines
  if (first === undefined) return
  const { attempts } = await ledger.read(monthOf(new Date(first.at)))
  const ended = new Set(attempts.map(nameOf))
  await add(lines.filter((line) => !ended.has(nameOf(line))).map(releasedOf), sharedLedger)
}

/** As many lines are told at once. */
const maxLines = 10_000

async function add(lines: readonly SharedLine[], sharedLedger: SharedLedger): Promise<void> {
  for (let from = 0; from < lines.length; from += maxLines) {
    const [first, ...others] = lines.slice(from, from + maxLines)
    if (first !== undefined) await sharedLedger.add([first, ...others])
  }
}

function releasedOf({ attempt, at, requestHash }: LedgerLine): SharedLine {
  return { schema: 1, attempt, at, requestHash, end: 'released' }
}
