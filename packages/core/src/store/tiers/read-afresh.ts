import type { Store } from '../../ports.ts'

/** What is here is judged as it is; what is in tiers alone is fetched. */
export function readAfresh(local: Store, tiered: Store): Store {
  return {
    ...local,
    original: async (entry) => {
      const here = await local.original(entry)
      return here.kind === 'absent' ? tiered.original(entry) : here
    },
  }
}
