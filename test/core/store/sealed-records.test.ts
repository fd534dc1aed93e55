import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Journal, RequestHash } from '../../../packages/core/src/ports.ts'
import { recordedRequestOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { requestIn } from '../../support/fakes.ts'
import { makeProject, type TestProject } from '../../support/project.ts'

const request: RequestHash = requestHashOf(recordedRequestOf(requestIn('![gen: a fox]()')))
const intent = { id: 'one', requestHash: request, worstMicroUsd: 50_000 }
const order = {
  order: 'imprompt-1',
  provider: 'openai',
  batch: 'batch_1',
  since: '2026-11-01T00:00:00.000Z',
  requests: [{ id: request, worstMicroUsd: 50_000 }],
}

const illegible = expect.stringContaining('is no record of a batch')

/** Everything that one byte of a file may become by the flip of one bit. */
function* flipsOf(path: string): Generator<number> {
  const bytes = readFileSync(path)
  for (const at of bytes.keys()) {
    const damaged = Buffer.from(bytes)
    damaged[at] = (bytes[at] ?? 0) ^ (1 << (at % 7))
    writeFileSync(path, damaged)
    yield at
  }
  writeFileSync(path, bytes)
}

function only(folder: string): string {
  return `${folder}/${readdirSync(folder).find((one) => one.endsWith('.json'))}`
}

function opened(): { readonly project: TestProject; readonly journal: Journal } {
  const project = makeProject({})
  return { project, journal: fsJournal(project.path('.imprompt')) }
}

describe('a bit that flips in a record', () => {
  test('of an attempt bars its request all the same', async () => {
    const { project, journal } = opened()
    using _ = project
    await journal.begin(intent)
    for (const at of flipsOf(only(project.path('.imprompt/journal')))) {
      const verdict = await journal.verdict(request)
      expect(verdict?.kind, `byte ${at}`).toBe('unknown')
      const told = verdict?.kind === 'unknown' ? verdict.worstMicroUsd : undefined
      expect([undefined, 50_000], `byte ${at}`).toContain(told)
    }
  })

  test('of a refusal bars its request all the same', async () => {
    const { project, journal } = opened()
    using _ = project
    await journal.begin(intent)
    await journal.settle(intent, { kind: 'refused', code: 'moderation_blocked', message: 'no' })
    for (const at of flipsOf(only(project.path('.imprompt/refusals'))))
      expect((await journal.verdict(request))?.kind, `byte ${at}`).toBe('refused')
  })

  test('of a batch is told, or changes nothing', async () => {
    const { project, journal } = opened()
    using _ = project
    const { batches } = journal
    await batches?.write(order)
    for (const at of flipsOf(only(project.path('.imprompt/journal/batches')))) {
      const told = await batches?.records().catch((cause: Error) => cause.message)
      expect([JSON.stringify([order]), illegible], `byte ${at}`).toContainEqual(
        typeof told === 'string' ? told : JSON.stringify(told),
      )
    }
  })
})

test('a record without a hash is one of an older version', async () => {
  const { project, journal } = opened()
  using _ = project
  await journal.begin(intent)
  writeFileSync(only(project.path('.imprompt/journal')), '{"worstMicroUsd":7}\n')
  expect(await journal.verdict(request)).toMatchObject({ worstMicroUsd: 7 })
})

test('litter beside the records of batches is none of them', async () => {
  const { project, journal } = opened()
  using _ = project
  await journal.batches?.write(order)
  for (const name of ['.DS_Store', '._imprompt-1.json', '.imprompt-1.json.swp', 'imprompt-1.json~'])
    project.write({ [`.imprompt/journal/batches/${name}`]: 'litter' })
  expect(await journal.batches?.records()).toEqual([order])
})
