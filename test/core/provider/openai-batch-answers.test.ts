import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  Answer,
  BatchDesk,
  BatchRequest,
  BatchState,
  RequestHash,
} from '../../../packages/core/src/ports.ts'
import { type BatchApi, startBatchApi } from '../../support/openai/batch.ts'
import { batchRequest, deskAt } from '../../support/openai/orders.ts'
import { linesAnswered } from '../../support/raw-batch.ts'

const { signal } = new AbortController()
const key = 'sk-test-double'
const [fox, owl] = [batchRequest('fox'), batchRequest('owl')]

let api: BatchApi
let desk: BatchDesk
beforeEach(async () => {
  api = await startBatchApi()
  desk = deskAt(api.url)
})
afterEach(() => api[Symbol.asyncDispose]())

async function listed(): Promise<BatchState> {
  const [batch] = await desk.list(signal)
  if (batch === undefined) throw new Error('nothing is listed')
  return batch
}

/** The kinds of all answers, in their order. */
async function collected(): Promise<ReadonlyMap<RequestHash, readonly Answer[]>> {
  const answers = new Map<RequestHash, readonly Answer[]>()
  for await (const { id, answer } of desk.collect(await listed(), signal))
    answers.set(id, [...(answers.get(id) ?? []), answer])
  return answers
}

async function kindsOf(...requests: readonly BatchRequest[]): Promise<readonly unknown[]> {
  const answers = await collected()
  return requests.map(({ id }) => answers.get(id)?.map(({ kind }) => kind))
}

function output(): readonly string[] {
  return linesAnswered(api.files.get('batch_1-output'))
}

function rewrite(lines: readonly string[]): void {
  api.files.set('batch_1-output', Buffer.from(lines.map((line) => `${line}\n`).join('')))
}

/** The lines of two pictures, that of the fox first. */
async function twoPictures(): Promise<readonly [string, string]> {
  await desk.submit('order-1', [fox, owl], signal)
  await api.end()
  const lines = output()
  const [first, second] = [fox, owl].map(({ id }) => lines.find((line) => line.includes(id)))
  if (first === undefined || second === undefined) throw new Error('no lines')
  return [first, second]
}

describe('the lines of a file of answers', () => {
  test('are read though one of them is garbage, whose request may have billed', async () => {
    const [first] = await twoPictures()
    rewrite(['{"id": garbage', first])
    expect(await kindsOf(fox, owl)).toEqual([['image'], ['unknown']])
    expect(api.billed).toHaveLength(2)
  })

  test('bring what is left of a line that is cut', async () => {
    const [first, second] = await twoPictures()
    const cut = second.slice(0, second.length / 2)
    api.files.set('batch_1-output', Buffer.from(`${first}\n${cut}`))
    const answers = await collected()
    expect(answers.get(fox.id)).toMatchObject([{ kind: 'image' }])
    expect(answers.get(owl.id)).toMatchObject([{ kind: 'unknown', received: [Buffer.from(cut)] }])
  })

  test('may name a request that nobody made', async () => {
    const [first, second] = await twoPictures()
    rewrite([first.replaceAll(fox.id, 'someone-else'), first, second])
    expect(await kindsOf(fox, owl)).toEqual([['image'], ['image']])
  })

  test('may name a request twice: the first picture counts, and outweighs an error', async () => {
    const [first, second] = await twoPictures()
    const error = JSON.stringify({ custom_id: owl.id, response: null, error: { code: 'oops' } })
    rewrite([first, first, error, second])
    expect(await kindsOf(fox, owl)).toEqual([['image'], ['unknown', 'image']])
  })

  test('are too few where the batch made more, so that nothing is taken for unmade', async () => {
    await desk.submit('order-1', [fox, owl], signal)
    await api.end('expired', { worked: 1 })
    rewrite([])
    api.files.delete('batch_1-errors')
    const [batch] = api.batches
    if (batch !== undefined) batch.error_file_id = undefined
    expect(await kindsOf(fox, owl)).toEqual([['unknown'], ['unknown']])
    expect(api.billed).toHaveLength(1)
  })

  test.for([404, 410] as const)(
    'are of unknown fate where their file answers %d',
    async (status) => {
      await desk.submit('order-1', [fox], signal)
      await api.end()
      api.refuse('-output', { status, error: { message: 'Gone.', type: 'x', code: null } })
      expect(await kindsOf(fox)).toEqual([['unknown']])
    },
  )

  test.for([500, 429, 403] as const)(
    'are not given up where their file answers %d',
    async (status) => {
      await desk.submit('order-1', [fox], signal)
      await api.end()
      api.refuse('-output', { status, error: { message: 'Not now.', type: 'x', code: null } })
      await expect(collected()).rejects.toThrow('Not now.')
    },
  )
})

test('a page in place of a file of answers settles nothing', async () => {
  await desk.submit('order-1', [fox], signal)
  await api.end()
  api.files.set('batch_1-output', Buffer.from('<html>Sign in</html>'))
  await expect(collected()).rejects.toThrow('a page was answered')
})

test.for(['validating', 'in_progress', 'finalizing', 'cancelling'] as const)(
  'a batch that is %s waits',
  async (status) => {
    await desk.submit('order-1', [fox], signal)
    api.move(status)
    const batch = await listed()
    expect(batch.status).toBe('waiting')
    await expect(collected()).rejects.toThrow(status)
  },
)

test('what was made before a batch was cancelled comes with what was not', async () => {
  await desk.submit('order-1', [fox, owl], signal)
  api.move('cancelling')
  await api.end('cancelled', { worked: 1 })
  expect(api.batches[0]).toMatchObject({
    output_file_id: expect.anything(),
    error_file_id: expect.anything(),
  })
  expect(await kindsOf(fox, owl)).toEqual([['image'], ['busy']])
})

describe('a batch that failed', () => {
  test('before it made anything is refused, and nothing was made', async () => {
    await desk.submit('order-1', [fox], signal)
    await api.end('failed')
    expect((await collected()).get(fox.id)).toMatchObject([
      {
        kind: 'refused',
        scope: 'run',
        message: expect.stringMatching(/^The batch was refused: .*; nothing was made$/),
      },
    ])
    expect(api.billed).toEqual([])
  })

  test.for([
    ['its file of answers is gone', true, { total: 2, completed: 0, failed: 1 }],
    ['it counts a picture that no file holds', false, { total: 2, completed: 1, failed: 1 }],
  ] as const)('may have billed where %s', async ([, isNamed, request_counts]) => {
    await desk.submit('order-1', [fox, owl], signal)
    await api.end('expired', { worked: 1 })
    const [batch] = api.batches
    if (batch === undefined) throw new Error('no batch')
    Object.assign(batch, { status: 'failed', request_counts })
    api.files.delete('batch_1-output')
    if (!isNamed) batch.output_file_id = undefined
    expect((await collected()).get(fox.id)).toMatchObject([
      { kind: 'unknown', message: expect.stringMatching(/may have billed$/) },
    ])
    expect(api.billed).toHaveLength(1)
  })
})

describe('a batch whose file of requests is deleted', () => {
  test('is known by its answers once it ended', async () => {
    await twoPictures()
    api.files.delete('file-1')
    expect((await desk.requestsOf(await listed(), signal)).toSorted()).toEqual(
      [fox.id, owl.id].toSorted(),
    )
    expect(await kindsOf(fox, owl)).toEqual([['image'], ['image']])
  })

  test('cannot be told while it waits', async () => {
    await desk.submit('order-1', [fox], signal)
    api.files.delete('file-1')
    await expect(desk.requestsOf(await listed(), signal)).rejects.toThrow(
      'cannot be told what waits',
    )
  })
})

test('no answer shows the key, wherever the server echoes it', async () => {
  const [first, second] = await twoPictures()
  const failed = { code: key, message: `Bearer ${key}` }
  rewrite([
    first.replace(/"request_id":"[^"]*"/, `"request_id":"${key}"`),
    JSON.stringify({ custom_id: owl.id, response: null, error: failed }),
    second.replace(/"b64_json":"[^"]*"/, `"b64_json":"*","echo":"${key}"`),
  ])
  const answers = JSON.stringify([...(await collected()).values()].flat(), (name, value) =>
    name === 'bytes' ? '' : value,
  )
  expect(answers).toContain('Bearer …')
  expect(answers).not.toContain(key)
  const [batch] = api.batches
  if (batch === undefined) throw new Error('no batch')
  batch.status = 'failed'
  batch.output_file_id = undefined
  batch.errors = { data: [{ code: key, message: key }] }
  expect(JSON.stringify([...(await collected()).values()])).not.toContain(key)
})
