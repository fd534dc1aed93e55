import type { Access } from '../access.ts'
import { late } from '../late.ts'
import type { Responder } from './respond.ts'

/** Loads the SDK with the first request: whoever only plans does without. */
export function respondLate(access: Access, driver: string): Responder {
  const ready = late(async () => (await import('./respond.ts')).respondWith(access, driver))
  return {
    generate: async (input, signal) => (await ready()).generate(input, signal),
    edit: async (input, images, signal) => (await ready()).edit(input, images, signal),
  }
}
