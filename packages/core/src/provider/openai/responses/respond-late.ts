import type { Access, Calls } from '../access.ts'
import { late } from '../late.ts'

/** Loads the SDK with the first request: whoever only plans does without. */
export function respondLate(access: Access, driver: string): Calls {
  const ready = late(async () => (await import('./respond.ts')).respondWith(access, driver))
  const other = late(async () => (await import('../connection.ts')).callsOf(access))
  return {
    generate: async (input, signal) => (await ready()).generate(input, signal),
    edit: async (input, images, signal) => (await ready()).edit(input, images, signal),
    retirements: async (signal) => (await other()).retirements(signal),
  }
}
