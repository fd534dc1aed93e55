import { readRequestHash } from '../../packages/core/src/key/key.ts'
import type { RequestHash } from '../../packages/core/src/ports.ts'
import type { Holder } from '../../packages/core/src/store/claim/holder.ts'

/** What is claimed. */
export const request: RequestHash = (() => {
  const hash = readRequestHash('a'.repeat(64))
  if (hash === undefined) throw new Error('no hash')
  return hash
})()

/** Whoever claims it, on a machine that is not this one. */
export const holder: Holder = {
  machine: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6 pid:[4026531836]',
  pid: 7,
  startedAt: '9',
}
