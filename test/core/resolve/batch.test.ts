import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { authoredKeyOf, readRequestHash } from '../../../packages/core/src/key/key.ts'
import type { Answer } from '../../../packages/core/src/ports.ts'
import type { BatchRun } from '../../../packages/core/src/resolve/batch.ts'
import {
  type FakeDesk,
  type Machine,
  endBatch,
  fakeDesk,
  machineAt,
  made,
} from '../../support/fake-batches.ts'
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

const readOnly = async (): Promise<never> => {
  throw new Error('EROFS: read-only file system')
}

function kinds(run: BatchRun): readonly string[] {
  return [...run.outcomes.values()].map(({ kind }) => kind)
}

/** Loses everything that this machine knew but its pictures. */
function loseJournal(): void {
  rmSync(project.path('.imprompt'), { recursive: true })
}

const refused: Answer = { kind: 'refused', scope: 'run', code: 'no_batches', message: 'No.' }
const lost: Answer = { kind: 'unknown', message: 'cut off' }
const unmade: Answer = { kind: 'busy', message: 'expired' }

describe('what cannot be written down', () => {
  test.for([
    ['a picture', undefined],
    ['a refusal', { ...refused, scope: 'prompt' }],
    ['a loss', lost],
    ['a release', unmade],
  ] as const)('keeps the batch of %s on record', async ([, answer]) => {
    await machine.run(['fox'])
    endBatch(desk, 'batch_1', [['fox', answer ?? (await made())]])
    const run = await machine.run(['fox'], { journal: { settle: readOnly } })
    expect(run.failure?.message).toMatch(
      /Batch `batch_1` could not be settled for 1 picture: EROFS.*stays on record; run `imprompt generate --batch` again/,
    )
    expect((await machine.records()).flatMap(({ requests }) => requests)).toHaveLength(1)
    expect(desk.batches).toHaveLength(1)
    const next = await machine.run(['fox'])
    expect(next.failure?.message ?? '').not.toContain('could not be settled')
    const first = (await machine.records()).find(({ batch }) => batch === 'batch_1')
    expect(first?.requests).toEqual([])
  })

  test('keeps a batch on record that no account knows', async () => {
    await machine.run(['fox'])
    desk.batches.length = 0
    const run = await machine.run(['fox'], { journal: { settle: readOnly } })
    expect(run.failure?.message).toContain('could not be settled: EROFS')
    expect(await machine.records()).toHaveLength(1)
    expect(kinds(await machine.run(['fox']))).toEqual(['unknown'])
    expect(await machine.records()).toEqual([])
  })

  test('keeps a batch on record whose end cannot be noted', async () => {
    await machine.run(['fox'])
    endBatch(desk, 'batch_1', [['fox', await made()]])
    const { batches } = machine.journal
    const run = await machine.run(['fox'], {
      journal: { batches: { ...batches, write: readOnly } },
    })
    expect(run.failure?.message).toContain('Batch `batch_1` could not be settled: EROFS')
    expect(machine.store.kept.size).toBe(1)
    expect(await machine.run(['fox'])).toMatchObject({ failure: undefined, requests: 0 })
  })

  test.for([refused, unmade] as const)(
    'keeps what was handed in before a batch that was $kind and cannot be forgotten',
    async (answer) => {
      desk = fakeDesk({
        portions: (requests) => requests.map((one) => [one]),
        submit: async (order) => {
          if (desk.asked.push(`submit ${order}`) > 1) return answer
          const state = { id: 'batch_1', order, status: 'waiting', message: '' } as const
          return { kind: 'submitted', batch: state }
        },
      })
      machine = machineAt(project.path('.imprompt'), desk)
      const { batches } = machine.journal
      const journal = { batches: { ...batches, forget: readOnly } }
      const run = await machine.run(['fox', 'owl', 'hen'], { journal })
      expect(run.requests).toBe(1)
      expect(desk.asked).toHaveLength(2)
      expect(run.outcomes.size).toBe(2)
      expect(new Set(kinds(run)).size).toBe(1)
      expect(run.failure?.message).toContain(answer.message)
      expect(run.notice).toContain('Waiting in 2 batches')
    },
  )

  test('hands nothing in while a batch of another machine cannot be noted', async () => {
    await machine.run(['fox'])
    loseJournal()
    const { batches } = machine.journal
    const journal = { batches: { ...batches, write: readOnly } }
    await expect(machine.run(['fox'], { journal })).rejects.toMatchObject({
      code: 'STORE_NOT_WRITABLE',
    })
    expect(desk.batches).toHaveLength(1)
  })
})

describe('a batch that this machine has no record of', () => {
  test.for([
    ['was refused', refused],
    ['was not worked on', unmade],
  ] as const)('keeps nothing from being handed in where it %s', async ([, answer]) => {
    await machine.run(['fox'])
    loseJournal()
    endBatch(desk, 'batch_1', [['fox', answer]])
    const run = await machine.run(['fox'])
    expect(run.failure).toBe(undefined)
    expect(desk.batches).toHaveLength(2)
    await machine.run(['fox'])
    expect(desk.asked.filter((one) => one === 'collect batch_1')).toHaveLength(1)
  })

  test('declares an unknown charge once, and is asked again by consent', async () => {
    await machine.run(['fox'])
    loseJournal()
    endBatch(desk, 'batch_1', [['fox', lost]])
    expect(kinds(await machine.run(['fox']))).toEqual(['unknown'])
    expect((await machine.run(['fox'])).failure?.code).toBe('OUTCOME_UNKNOWN')
    const again = await machine.run(['fox'], { retriesUnknown: true })
    expect(again).toMatchObject({ failure: undefined, requests: 1 })
    expect(desk.asked.filter((one) => one.startsWith('collect'))).toEqual(['collect batch_1'])
  })

  test('brings later what was not missing when it was found', async () => {
    await machine.run(['fox', 'owl'])
    loseJournal()
    endBatch(desk, 'batch_1', [
      ['fox', await made()],
      ['owl', await made()],
    ])
    expect(kinds(await machine.run(['fox']))).toEqual(['bought'])
    expect(kinds(await machine.run(['fox', 'owl']))).toEqual(['bought'])
    expect(desk.batches).toHaveLength(1)
  })
})

test('a batch of another project is read once', async () => {
  const other = machineAt(project.path('elsewhere/.imprompt'), desk)
  await other.run(['hen'])
  const reads = (): number => desk.asked.filter((one) => one === 'requests of batch_1').length
  await machine.run(['fox'])
  expect(reads()).toBe(1)
  await machine.run(['fox', 'owl'])
  expect(reads()).toBe(1)
  endBatch(desk, 'batch_1', [['hen', await made()]])
  expect(kinds(await machine.run(['fox', 'owl', 'hen']))).toEqual(['bought'])
  expect(desk.batches).toHaveLength(3)
  expect(reads()).toBe(1)
})

test('a batch that was settled is asked for nothing more', async () => {
  await machine.run(['fox'])
  endBatch(desk, 'batch_1', [['fox', refused]])
  await machine.run(['fox'])
  const before = desk.asked.length
  await machine.run(['fox'])
  expect(desk.asked.slice(before)).toEqual(['submit fox'])
})

describe('a batch that the list leaves out', () => {
  test('waits as long as it is found by its name', async () => {
    await machine.run(['fox'])
    desk.batches.forEach((batch, index) => {
      desk.batches[index] = { ...batch, isUnlisted: true }
    })
    const run = await machine.run(['fox'])
    expect(run).toMatchObject({ failure: undefined, requests: 0 })
    expect(run.notice).toContain('Waiting in 1 batch')
    endBatch(desk, 'batch_1', [['fox', await made()]])
    expect(kinds(await machine.run(['fox']))).toEqual(['bought'])
  })

  test('stays on record where it cannot be told', async () => {
    const hidden = fakeDesk({ list: async () => [], find: readOnly })
    machine = machineAt(project.path('.imprompt'), hidden)
    await machine.run(['fox'])
    await expect(machine.run(['fox'])).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' })
    expect((await machine.records())[0]?.requests).toHaveLength(1)
  })

  test('is an unknown charge only once a list would name it, where its name is not known', async () => {
    const silent = fakeDesk({ submit: async () => ({ kind: 'unknown', message: 'no answer' }) })
    machine = machineAt(project.path('.imprompt'), silent)
    const first = await machine.run(['fox'])
    expect(first.failure?.message).toContain(
      'run `imprompt generate --batch` again, which looks for the batch at the provider and collects it',
    )
    expect(first.failure?.message).not.toContain('--retry-unknown')
    const soon = await machine.run(['fox'], { laterMs: 60_000 })
    expect(soon).toMatchObject({ failure: undefined, requests: 0 })
    expect(kinds(await machine.run(['fox'], { laterMs: 3_600_000 }))).toEqual(['unknown'])
  })

  test('is collected should it turn up after it was given up', async () => {
    await machine.run(['fox'])
    const [batch] = desk.batches.splice(0)
    if (batch === undefined) throw new Error('no batch')
    expect(kinds(await machine.run(['fox']))).toEqual(['unknown'])
    desk.batches.push(batch)
    endBatch(desk, 'batch_1', [['fox', await made()]])
    expect(kinds(await machine.run(['fox']))).toEqual(['bought'])
    expect(await machine.run(['fox'])).toMatchObject({ failure: undefined, requests: 0 })
  })
})

test('a picture that the store cannot tell of stays on record', async () => {
  await machine.run(['fox', 'owl'])
  endBatch(desk, 'batch_1', [
    ['fox', await made()],
    ['owl', await made()],
  ])
  const [, owl] = (await machine.records()).flatMap(({ requests }) => requests.map(({ id }) => id))
  const owlKey = authoredKeyOf(requestIn('![gen: owl](size=1024x1024, quality=low)'))
  const entry: typeof machine.store.entry = async (key) =>
    key === owlKey
      ? { kind: 'unknown', path: 'images/owl.json', cause: new Error('EIO') }
      : machine.store.entry(key)
  const run = await machine.run(['fox', 'owl'], { store: { entry } })
  expect(kinds(run)).toEqual(['bought'])
  expect((await machine.records())[0]?.requests.map(({ id }) => id)).toEqual([owl])
  expect(kinds(await machine.run(['fox', 'owl']))).toEqual(['bought'])
})

test('a connection that takes no batches hands nothing in, and says so', async () => {
  machine = machineAt(project.path('.imprompt'), undefined)
  await expect(machine.run(['fox'])).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('`fake` prices batches, and its connection takes none'),
  })
  expect(await machine.records()).toEqual([])
})

describe('one request in two batches', () => {
  /**
   * The first batch waits unseen, so that by consent the request is handed in once more; then it turns up.
   * @param order By which the records are sorted.
   */
  async function handInTwice(order: string): Promise<void> {
    await machine.run(['fox'])
    const [first] = desk.batches.splice(0)
    await machine.run(['fox'])
    const again = await machine.run(['fox'], { retriesUnknown: true })
    expect(again.requests).toBe(1)
    if (first === undefined) throw new Error('no batch')
    desk.batches.push({ ...first, state: { ...first.state, id: 'first', order } })
    await machine.run(['fox'])
    expect((await machine.records()).filter(({ requests }) => requests.length > 0)).toHaveLength(2)
  }

  const orders = ['0', 'z'] as const
  const setbacks = [refused, unmade, lost] as const
  const cases = orders.flatMap((order) =>
    setbacks.flatMap((setback) =>
      (['first', 'batch_1'] as const).map((maker) => ({ order, setback, maker })),
    ),
  )

  test.for(cases)(
    'is bought where one was $setback.kind and $maker has it, read as $order',
    async ({ order, setback, maker: id }) => {
      await handInTwice(order)
      endBatch(desk, id === 'first' ? 'batch_1' : 'first', [['fox', setback]])
      endBatch(desk, id, [['fox', await made()]])
      expect(kinds(await machine.run(['fox']))).toEqual(['bought'])
      expect(await machine.run(['fox'])).toMatchObject({ failure: undefined, requests: 0 })
    },
  )

  test.for(orders)('stays an unknown charge where one was not made, read as %s', async (order) => {
    await handInTwice(order)
    endBatch(desk, 'first', [['fox', lost]])
    endBatch(desk, 'batch_1', [['fox', unmade]])
    expect(kinds(await machine.run(['fox']))).toEqual(['unknown'])
    expect(desk.batches).toHaveLength(2)
  })
})

test.for([
  ['an error, then a picture', [lost, undefined], ['bought']],
  ['a picture, then an error', [undefined, lost], ['bought']],
  ['two errors', [unmade, lost], ['unknown']],
  ['two errors, the charge first', [lost, unmade], ['unknown']],
  ['a refusal, then a loss', [{ ...refused, scope: 'prompt' }, lost], ['unknown']],
] as const)(
  'of two answers for one request the picture counts, then a charge: %s',
  async ([, answers, expected]) => {
    await machine.run(['fox'])
    const picture = await made()
    endBatch(
      desk,
      'batch_1',
      answers.map((answer) => ['fox', answer ?? picture] as const),
    )
    expect(kinds(await machine.run(['fox']))).toEqual(expected)
  },
)

test.for([
  ['more', 10_000, 'worst case of $0.01. It is stored; no further request was sent'],
  ['no more', 60_000, 'nothing'],
] as const)(
  'a picture that cost %s than its worst case of the day on which it was handed in',
  async ([, worstMicroUsd, failure]) => {
    await machine.run(['fox'])
    for (const record of await machine.records()) {
      const requests = record.requests.map((one) => ({ ...one, worstMicroUsd }))
      await machine.journal.batches.write({ ...record, requests })
    }
    const answer = { ...(await made()), microUsd: 55_000 }
    endBatch(desk, 'batch_1', [['fox', answer]])
    const run = await machine.run(['fox'])
    expect(run.failure?.message ?? 'nothing').toContain(failure)
  },
)

test('an answer for what was never asked is left alone', async () => {
  const stranger = readRequestHash('0'.repeat(64))
  if (stranger === undefined) throw new Error('no hash')
  await machine.run(['fox'])
  const [batch] = desk.batches
  if (batch === undefined) throw new Error('no batch')
  desk.batches[0] = { ...batch, requests: new Map([[stranger, 'owl'], ...batch.requests]) }
  endBatch(desk, 'batch_1', [
    ['owl', await made()],
    ['fox', await made()],
  ])
  expect(kinds(await machine.run(['fox', 'owl']))).toEqual(['bought'])
  expect(desk.asked.at(-1)).toBe('submit owl')
})

test('each answer is kept before the next one is read', async () => {
  const keptBefore: number[] = []
  const picture = await made()
  desk = fakeDesk({
    collect: async function* (state) {
      for (const id of desk.batches.find((batch) => batch.state.id === state.id)?.requests.keys() ??
        []) {
        keptBefore.push(machine.store.kept.size)
        yield { id, answer: picture }
      }
    },
  })
  machine = machineAt(project.path('.imprompt'), desk)
  const prompts = ['fox', 'owl', 'hen', 'cow']
  await machine.run(prompts)
  endBatch(desk, 'batch_1', [])
  expect(kinds(await machine.run(prompts))).toEqual(prompts.map(() => 'bought'))
  expect(keptBefore).toEqual([0, 1, 2, 3])
})

test('a picture that no remote took ends a run that keeps its pictures there alone', async () => {
  await machine.run(['fox'])
  endBatch(desk, 'batch_1', [['fox', await made()]])
  const incidents = [{ kind: 'unpushed', where: 's3://pictures: fox', message: '403' }] as const
  const run = await machine.run(['fox'], { incidents, terms: { persist: 'remote' } })
  expect(kinds(run)).toEqual(['bought'])
  expect(run.failure).toMatchObject({ code: 'REMOTE_UNPUSHED' })
  expect(desk.batches).toHaveLength(1)
  const next = await machine.run(['fox'], { incidents })
  expect(next.failure).toBeUndefined()
})
