import { readFileSync, readdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { platformOf } from '../../../packages/core/src/store/platform.ts'
import { writeDurably } from '../../../packages/core/src/store/write-durably.ts'
import { makeProject } from '../../support/project.ts'

/** Windows on which a rename is refused a number of times, as a scanner has the file open. */
function windows(refusals: number, code = 'EPERM') {
  const waitsMs: number[] = []
  let left = refusals
  const platform = platformOf('win32', {
    rename: async (from, to) => {
      left -= 1
      if (left >= 0) throw Object.assign(new Error(code), { code })
      return rename(from, to)
    },
    wait: async (ms) => waitsMs.push(ms),
  })
  return { platform, waitsMs }
}

test.for([['EPERM'], ['EACCES'], ['EBUSY']] as const)(
  'Windows gets more time where a rename meets %s',
  async ([code]) => {
    using project = makeProject({ file: 'old' })
    const { platform, waitsMs } = windows(3, code)
    await writeDurably(project.path('file'), Buffer.from('new'), project.path('tmp'), platform)
    expect(readFileSync(project.path('file'), 'utf8')).toBe('new')
    expect(waitsMs).toEqual([10, 20, 40])
  },
)

test('Windows is given up after seven tries, and the old file stays', async () => {
  using project = makeProject({ file: 'old' })
  const { platform, waitsMs } = windows(7)
  const writing = writeDurably(
    project.path('file'),
    Buffer.from('new'),
    project.path('tmp'),
    platform,
  )
  await expect(writing).rejects.toThrow('EPERM')
  expect(waitsMs).toEqual([10, 20, 40, 80, 160, 320])
  expect(readFileSync(project.path('file'), 'utf8')).toBe('old')
  expect(readdirSync(project.path('tmp'))).toEqual([])
})

test('other systems mean what they refuse', async () => {
  using project = makeProject({})
  const refuse = async (): Promise<void> => {
    throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
  }
  const wait = async (): Promise<void> => expect.unreachable()
  const platform = platformOf('linux', { rename: refuse, wait })
  const writing = writeDurably(project.path('a'), Buffer.from('b'), project.path('tmp'), platform)
  await expect(writing).rejects.toThrow('EPERM')
})
