import { hash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type {
  Answer,
  BatchDesk,
  BatchRequest,
  BatchState,
  RequestHash,
} from '../../../packages/core/src/ports.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { type BatchApi, startBatchApi } from '../../support/openai/batch.ts'
import { linesAnswered, raw } from '../../support/raw-batch.ts'

const { signal } = new AbortController()
const key = 'sk-test-double'
const [fox, owl] = [request('fox'), request('owl')]

let api: BatchApi
let desk: BatchDesk
beforeEach(async () => {
  api = await startBatchApi()
  desk = deskAt(api.url)
})
afterEach(() => api[Symbol.asyncDispose]())

function request(prompt: string): BatchRequest {
  const id = readRequestHash(hash('sha256', prompt, 'hex'))
  if (id === undefined) throw new Error('no hash')
  const size = { width: 1024, height: 1024 }
  const model = 'gpt-image-2-2026-04-21'
  return { id, input: { prompt, model, size, quality: 'low', take: 1 } }
}

function deskAt(url: string): BatchDesk {
  const connection = openai().connect({ OPENAI_API_KEY: key, OPENAI_BASE_URL: url })
  if (connection.kind === 'locked' || connection.batch === undefined) throw new Error('no desk')
  return connection.batch
}

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

describe('a look-up', () => {
  test('of one batch proves alone by a 404 that it is gone', async () => {
    await desk.submit('order-1', [fox], signal)
    api.unlist()
    expect(await desk.list(signal)).toEqual([])
    expect(await desk.find?.('batch_1', signal)).toMatchObject({ order: 'order-1' })
    api.refuse('/batches/batch_1', { status: 500, error: { message: 'Oops.', type: 'x' } })
    await expect(desk.find?.('batch_1', signal)).rejects.toThrow('Oops.')
    api.refuse('/batches/batch_1', undefined)
    api.forget()
    expect(await desk.find?.('batch_1', signal)).toBe(undefined)
  })

  test.for([
    ['a page', 'text/html', '<html>Sign in</html>'],
    ['nothing', 'application/json', '{}'],
    ['no batches', 'application/json', '{"data":[{}],"has_more":false}'],
    [
      'a list without an end',
      'application/json',
      '{"data":[{"id":"b","status":"x"}],"has_more":true}',
    ],
  ] as const)('that answers %s cannot tell', async ([, type, body]) => {
    await using server = await raw(type, body)
    const there = deskAt(server.url)
    await expect(there.list(signal)).rejects.toThrow(/the list of batches/)
    await expect(there.find?.('batch_1', signal)).rejects.toThrow('cannot be read')
    expect(await there.submit('order-1', [fox], signal)).toMatchObject({ kind: 'busy' })
  })

  test('of a batch that was handed in is due where no batch is answered', async () => {
    await using server = await raw('application/json', '{"id":"file-1"}')
    expect(await deskAt(server.url).submit('order-1', [fox], signal)).toMatchObject({
      kind: 'unknown',
    })
  })

  test('takes no batch for ours whose name would lead out of its folder', async () => {
    await desk.submit('../../entry', [fox], signal)
    expect(api.batches).toHaveLength(1)
    expect(await desk.list(signal)).toEqual([])
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

test('a provider of batches alone refuses every request at once, and sends nothing', async () => {
  const alone = openai({ api: 'batch' }).connect({ OPENAI_API_KEY: key, OPENAI_BASE_URL: api.url })
  if (alone.kind === 'locked') throw new Error('locked')
  const refusal = { kind: 'refused', scope: 'run', code: 'batch_only' }
  expect(await alone.generate(fox.input, signal)).toMatchObject(refusal)
  expect(await alone.edit?.(fox.input, { images: [] }, signal)).toMatchObject(refusal)
  expect(api.requests).toEqual([])
})

test('batches of another host are refused with the configuration', () => {
  expect(() => openai({ id: 'local', api: 'batch', baseURL: 'http://127.0.0.1:1/v1' })).toThrow(
    /`api: 'batch'` of `local`, whose `baseURL` is another host/,
  )
})
