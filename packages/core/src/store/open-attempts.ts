import type { Journal } from '../ports.ts'

/** A journal that tells how many attempts are under way in this process. */
export interface CountedJournal extends Journal {
  openAttempts(): number
}

/** Counts the attempts of a journal, from before they are written down until they are settled. */
export function counted(journal: Journal): CountedJournal {
  const open = new Set<string>()
  return {
    ...journal,
    openAttempts: () => open.size,
    begin: async (intent) => {
      open.add(intent.id)
      try {
        await journal.begin(intent)
      } catch (cause) {
        open.delete(intent.id)
        throw cause
      }
    },
    settle: (intent, settlement) =>
      journal.settle(intent, settlement).finally(() => open.delete(intent.id)),
  }
}
