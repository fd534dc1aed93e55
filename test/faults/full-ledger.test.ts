import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect } from 'vitest'
import { requestHashOf } from '../../packages/core/src/key/key.ts'
import type { LedgerLine } from '../../packages/core/src/ports.ts'
import { fsLedger } from '../../packages/core/src/store/ledger.ts'
import { makeProject } from '../support/project.ts'
import { readOnlyHindrance } from '../support/read-only.ts'
import { testUnless } from '../support/skip.ts'

const hindrance =
  process.getuid?.() === 0
    ? readOnlyHindrance()
    : 'a disk that is full needs a file system of its own; run this as root'

const line: LedgerLine = {
  schema: 1,
  attempt: 'one',
  at: '2026-11-30T12:00:00.000Z',
  requestHash: requestHashOf({
    provider: 'fake',
    model: 'fake-1',
    prompt: 'a fox',
    size: { width: 1024, height: 1024 },
    take: 1,
  }),
  worstMicroUsd: 50_000,
  end: 'unknown',
}

/** A file system that holds so many bytes, until it is disposed of. */
function mounted(folder: string, size: string): Disposable & { grow(size: string): void } {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  return {
    grow: (more) => execFileSync('mount', ['-o', `remount,size=${more}`, folder]),
    [Symbol.dispose]: () => execFileSync('umount', [folder]),
  }
}

testUnless(hindrance)(
  'a disk that fills up takes no line in part without saying so, and spoils none after',
  async () => {
    using project = makeProject({})
    using disk = mounted(project.path('ledger'), '4k')
    const ledger = fsLedger(project.root)
    const taken: string[] = []
    for (;;) {
      const attempt = `a${taken.length}`
      const isTaken = await ledger.append({ ...line, attempt }).then(
        () => true,
        () => false,
      )
      if (!isTaken) break
      taken.push(attempt)
    }
    expect(taken.length).toBeGreaterThan(5)
    await expect(ledger.append({ ...line, attempt: 'another' })).rejects.toThrow('ENOSPC')
    disk.grow('1m')
    await ledger.append({ ...line, attempt: 'after' })
    const { attempts, faults } = await ledger.read()
    expect(attempts.map(({ attempt }) => attempt)).toEqual([...taken, 'after'])
    expect(faults).toMatchObject([{ kind: 'corrupt', line: taken.length + 1 }])
  },
)
