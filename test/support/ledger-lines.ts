import { requestHashOf } from '../../packages/core/src/key/key.ts'
import type { LedgerEnd, LedgerLine } from '../../packages/core/src/ports.ts'

const requestHash = requestHashOf({
  provider: 'fake',
  model: 'fake-1',
  prompt: 'a fox',
  size: { width: 1024, height: 1024 },
  take: 1,
})

const common = {
  schema: 1,
  requestHash,
  place: 'posts/fox.md:3',
  page: 'posts/fox.md',
  provider: 'fake',
  model: 'fake-1',
  expectedMicroUsd: 40_000,
  worstMicroUsd: 50_000,
} as const

type Fields = Partial<Omit<LedgerLine, keyof LedgerEnd>>

/** Lines of attempts that began at these times, each another one. */
export function boughtAt(at: string, microUsd: number, fields: Fields = {}): LedgerLine {
  const end = { end: 'bought', microUsd, basis: 'usage' } as const
  return { ...common, attempt: `bought ${at} ${microUsd}`, at, ...end, ...fields }
}

export function refusedAt(at: string, microUsd: number, fields: Fields = {}): LedgerLine {
  const end = { end: 'refused', microUsd, basis: 'usage', code: 'no_picture' } as const
  return { ...common, attempt: `refused ${at}`, at, ...end, ...fields }
}

export function unknownAt(at: string, fields: Fields = {}): LedgerLine {
  return { ...common, attempt: `unknown ${at}`, at, end: 'unknown', ...fields }
}

/** One whose record was torn. */
export function tornAt(at: string): LedgerLine {
  return { schema: 1, requestHash, attempt: `torn ${at}`, at, end: 'unknown' }
}
