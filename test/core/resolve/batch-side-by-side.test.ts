import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordedRequestOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import {
  type FakeDesk,
  type Machine,
  type RunOptions,
  fakeDesk,
  machineAt,
} from '../../support/fake-batches.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { requestIn } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'

let project: TestProject
let desk: FakeDesk
let machine: Machine
beforeEach(() => {
  project = makeProject({})
  desk = fakeDesk()
  machine = machineAt(project.path('.imprompt'), desk)
})
afterEach(() => project[Symbol.dispose]())

const fox = requestIn('![gen: fox](size=1024x1024, quality=low)')
const foxHash = requestHashOf(recordedRequestOf(fox))
const foxEntry = entryOfBytes(fox, Buffer.from('bytes'))

test('what a build buys at this moment is not handed in as well', async () => {
  const run = await machine.run([fox, 'hen'], { held: (request) => request === foxHash })
  expect(run.failure?.message).toContain('a build asks for it at this moment')
  expect(run.requests).toBe(1)
  const [record] = await machine.records()
  expect(record?.requests.map(({ id }) => id)).not.toContain(foxHash)
  expect(record?.requests).toHaveLength(1)
  expect(desk.batches).toHaveLength(1)
})

test('nothing is handed in, and nothing stays on record, where builds buy all', async () => {
  const run = await machine.run([fox, 'hen'], { held: () => true })
  expect(run.requests).toBe(0)
  expect(await machine.records()).toEqual([])
  expect(desk.batches).toEqual([])
})

test('nothing is handed in, and nothing stays on record, once the run is stopped', async () => {
  const stop = new AbortController()
  const held = (): boolean => {
    stop.abort()
    return false
  }
  const run = await machine.run([fox, 'hen'], { stop: stop.signal, held })
  expect(run.requests).toBe(0)
  expect(run.failure?.message).toContain('the run was stopped before it was handed in')
  expect(await machine.records()).toEqual([])
  expect(desk.asked).toEqual([])
})

describe('what was missing when the batch was planned', () => {
  /** Hands two pictures in, while something happens to the first. */
  const runWhile = (happens: () => Promise<void>, options: RunOptions = {}) =>
    machine.run([fox, 'hen'], {
      ...options,
      held: async (request) => {
        if (request === foxHash) await happens()
        return false
      },
    })
  const expectHenAlone = async (): Promise<void> => {
    expect(desk.asked).toEqual(['submit hen'])
    const [record] = await machine.records()
    expect(record?.requests.map(({ id }) => id)).toHaveLength(1)
    expect(record?.requests.map(({ id }) => id)).not.toContain(foxHash)
  }

  test('and was bought here meanwhile is not handed in', async () => {
    const run = await runWhile(() => machine.store.share(foxEntry))
    expect([...run.outcomes.values()]).toMatchObject([{ kind: 'found' }])
    expect(run.failure).toBeUndefined()
    expect(run.requests).toBe(1)
    await expectHenAlone()
  })

  test('and was bought by another machine meanwhile is not handed in', async () => {
    let isPushed = false
    const run = await runWhile(
      async () => {
        isPushed = true
      },
      {
        store: {
          shared: async (request) =>
            isPushed && request === foxHash ? { kind: 'hit', value: foxEntry } : { kind: 'absent' },
        },
      },
    )
    expect([...run.outcomes.values()]).toMatchObject([{ kind: 'found' }])
    expect(run.failure).toBeUndefined()
    await expectHenAlone()
  })

  const intent = {
    id: randomUUID(),
    requestHash: foxHash,
    provider: 'fake',
    at: '2026-11-23T12:00:00Z',
    worstMicroUsd: 50_000,
  }

  test('and may have been charged meanwhile is not handed in without consent', async () => {
    const lose = async (): Promise<void> => {
      await machine.journal.begin(intent)
      await machine.journal.settle(intent, { kind: 'unknown', message: 'cut off' })
    }
    const run = await runWhile(lose)
    expect(run.failure?.message).toMatch(
      /up to \$0\.05 may have been charged: cut off\. It is not asked again before `imprompt generate --batch --retry-unknown`$/,
    )
    await expectHenAlone()
  })

  test('and may have been charged meanwhile is handed in by consent', async () => {
    const run = await runWhile(() => machine.journal.begin(intent), { retriesUnknown: true })
    expect(run.failure).toBeUndefined()
    expect(run.requests).toBe(2)
  })

  test('and was refused meanwhile is not handed in', async () => {
    const refuse = async (): Promise<void> => {
      await machine.journal.begin(intent)
      await machine.journal.settle(intent, { kind: 'refused', code: 'policy', message: 'No.' })
    }
    const run = await runWhile(refuse)
    expect(run.failure).toMatchObject({ code: 'PROVIDER_REFUSED' })
    await expectHenAlone()
  })

  test('is not handed in where it cannot be told what became of it', async () => {
    const { journal } = machine
    let isLost = false
    const run = await runWhile(
      async () => {
        isLost = true
      },
      {
        journal: {
          verdicts: async (order) => {
            if (isLost && order !== undefined) throw new Error('EIO')
            return journal.verdicts(order)
          },
        },
      },
    )
    expect(run.failure?.message).toContain(
      'what became of earlier attempts cannot be read: EIO. Nothing was charged',
    )
    expect(desk.asked).toEqual([])
    expect(await machine.records()).toEqual([])
  })
})
