import type { BatchDesk } from '../../../ports.ts'
import type { Access } from '../access.ts'
import { portionsOf } from './order-file.ts'

/** A desk that loads the SDK with its first call: that takes a tenth of a second, which whoever only plans does without. */
export function lateBatchDesk(access: Access): BatchDesk {
  let loaded: Promise<Required<BatchDesk>> | undefined
  const load = async (): Promise<Required<BatchDesk>> => {
    const { batchDesk } = await import('./desk.ts')
    return batchDesk(access)
  }
  const desk = (): Promise<Required<BatchDesk>> => (loaded ??= load())
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
