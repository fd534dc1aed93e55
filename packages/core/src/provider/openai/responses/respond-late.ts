import type { Access } from '../access.ts'
import type { Responder } from './respond.ts'

/** Loads the SDK with the first request: whoever only plans does without. */
export function respondLate(access: Access, driver: string): Responder {
  let loaded: Promise<Responder> | undefined
  const load = async (): Promise<Responder> => {
    const { respondWith } = await import('./respond.ts')
    return respondWith(access, driver)
  }
  const ready = (): Promise<Responder> => (loaded ??= load())
  return {
    generate: async (input, signal) => (await ready()).generate(input, signal),
    edit: async (input, images, signal) => (await ready()).edit(input, images, signal),
  }
}
