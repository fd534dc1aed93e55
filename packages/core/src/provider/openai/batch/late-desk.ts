import type { BatchDesk } from '../../../ports.ts'
import type { Access } from '../access.ts'
import { late } from '../late.ts'
import { portionsOf } from './order-file.ts'

/** A desk that loads the SDK with its first call: that takes a tenth of a second, which whoever only plans does without. */
export function lateBatchDesk(access: Access): BatchDesk {
  const desk = late(async () => (await import('./desk.ts')).batchDesk(access))
  return {
    portions: (requests) => portionsOf(requests),
    submit: async (...order) => (await desk()).submit(...order),
    list: async (signal) => (await desk()).list(signal),
    find: async (...batch) => (await desk()).find(...batch),
    requestsOf: async (...batch) => (await desk()).requestsOf(...batch),
    collect: async function* (...batch) {
      yield* (await desk()).collect(...batch)
    },
  }
}
