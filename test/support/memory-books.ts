import { setImmediate } from 'node:timers/promises'
import type {
  Intent,
  Journal,
  Ledger,
  LedgerEnd,
  LedgerLine,
  Settlement,
} from '../../packages/core/src/ports.ts'

/** Records and a ledger that processes share, and that outlive them; in the order of writes that a folder has. */
export interface MemoryBooks {
  readonly journal: Journal
  readonly ledger: Ledger
}

/** @param at ISO 8601, UTC: when all attempts begin. */
export function memoryBooks(at: string): MemoryBooks {
  const records = new Map<string, Intent>()
  const lines = new Map<string, LedgerLine>()
  const tell = async (intent: Intent, end: LedgerEnd): Promise<void> => {
    await setImmediate()
    const { id: attempt, requestHash, worstMicroUsd } = intent
    lines.set(attempt, { schema: 1, attempt, at, requestHash, worstMicroUsd, ...end })
    await setImmediate()
  }
  const verdicts: Journal['verdicts'] = async () =>
    new Map(
      [...records.values()].map(({ requestHash, worstMicroUsd }) => [
        requestHash,
        { kind: 'unknown', message: 'killed', worstMicroUsd },
      ]),
    )
  return {
    ledger: {
      read: async () => {
        await setImmediate()
        return { attempts: [...lines.values()], faults: [] }
      },
    },
    journal: {
      verdicts,
      verdict: async (request) => (await verdicts()).get(request),
      open: async () => {
        await setImmediate()
        return [...records.values()].map(({ id, requestHash, worstMicroUsd }) => ({
          attempt: id,
          requestHash,
          at,
          worstMicroUsd,
        }))
      },
      begin: async (intent) => {
        await setImmediate()
        records.set(intent.id, intent)
        await setImmediate()
      },
      receive: async () => {},
      unfinished: async () => [],
      giveUp: async () => {},
      found: async () => {},
      settle: async (intent, settlement) => {
        const end = endOf(settlement)
        if (end !== undefined) await tell(intent, end)
        if (settlement.kind !== 'unknown') records.delete(intent.id)
      },
    },
  }
}

function endOf(settlement: Settlement): LedgerEnd | undefined {
  switch (settlement.kind) {
    case 'bought':
      return { end: 'bought', microUsd: settlement.microUsd, basis: settlement.basis }
    case 'refused': {
      const { microUsd = 0, code } = settlement
      return { end: 'refused', microUsd, basis: 'usage', code }
    }
    case 'unknown':
      return { end: 'unknown' }
    case 'released':
      return undefined
  }
}
