import { expect, test } from 'vitest'
import type { Answer } from '../../../packages/core/src/ports.ts'
import { linesOf, tooLong } from '../../../packages/core/src/provider/openai/batch/lines.ts'
import { portionsOf } from '../../../packages/core/src/provider/openai/batch/order-file.ts'
import { startBatchApi } from '../../support/openai/batch.ts'
import { batchRequest as request, deskAt } from '../../support/openai/orders.ts'
import { png } from '../../support/pictures.ts'

const { signal } = new AbortController()

async function* chunks(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

test.for([
  [['a\nb\n'], ['a', 'b']],
  [
    ['a', 'b\nc'],
    ['ab', 'c'],
  ],
  [
    ['a\r\n\n', '\nb'],
    ['a', 'b'],
  ],
  [
    ['123456', '78\nb\n'],
    [tooLong, 'b'],
  ],
  [[], []],
] as const)('reads the lines of %j', async ([texts, lines]) => {
  expect(await all(linesOf(chunks(...texts), 6))).toEqual(lines)
})

test('a line is handed on before the next piece of its file is read', async () => {
  const seen: string[] = []
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (const text of ['a\n', 'b\n']) {
      seen.push(`read ${text.trim()}`)
      yield await Promise.resolve(Buffer.from(text))
    }
  }
  for await (const line of linesOf(pieces(), 6)) seen.push(`took ${String(line)}`)
  expect(seen).toEqual(['read a', 'took a', 'read b', 'took b'])
})

test('a file holds one model, and no more requests or bytes than it may', () => {
  const [one, two, other] = [request('one'), request('two'), request('other', 'gpt-image-1-mini')]
  const sizes = (limits: Parameters<typeof portionsOf>[1]): readonly number[] =>
    portionsOf([one, other, two], limits).map(({ length }) => length)
  expect(sizes(undefined)).toEqual([2, 1])
  expect(sizes({ maxRequests: 1, maxBytes: 1e6 })).toEqual([1, 1, 1])
  expect(sizes({ maxRequests: 9, maxBytes: 300 })).toEqual([1, 1, 1])
})

test('an edit goes along with its pictures and its mask, and comes back at the batch price', async () => {
  await using api = await startBatchApi()
  const desk = deskAt(api.url)
  const picture = { bytes: await png({ width: 64, height: 64 }), format: 'png' as const }
  const images = { images: [picture, picture], mask: picture }
  const edit = { ...request('a hat'), images }
  expect(await desk.submit('order-1', [edit], signal)).toMatchObject({ kind: 'submitted' })
  expect(api.batches).toMatchObject([
    { endpoint: '/v1/images/edits', metadata: { imprompt: '1', order: 'order-1' } },
  ])
  await api.end()
  const [batch] = await desk.list(signal)
  if (batch === undefined) throw new Error('nothing is listed')
  expect(batch).toMatchObject({ order: 'order-1', status: 'ended' })
  expect(await desk.requestsOf(batch, signal)).toEqual([edit.id])
  const answers = await all(desk.collect(batch, signal))
  // Half of 2 tokens of text at 5, of 2 x 6 of pictures at 8 and of 196 of the picture at 30.
  const microUsd = (2 * 5 + 12 * 8 + 196 * 30) / 2
  expect(api.billed).toMatchObject([{ microUsd }])
  expect(answers).toMatchObject([{ id: edit.id, answer: { kind: 'image', microUsd } }])
})

test.for([
  ['a picture that is none', { images: [{ bytes: Buffer.from('fox'), format: 'png' }] }],
  [
    'a picture of another format',
    { images: [{ bytes: await png({ width: 64, height: 64 }), format: 'webp' }] },
  ],
  ['no picture', { images: [] }],
  [
    'a mask of another size',
    {
      images: [{ bytes: await png({ width: 64, height: 64 }), format: 'png' }],
      mask: { bytes: await png({ width: 64, height: 32 }), format: 'png' },
    },
  ],
] as const)('an edit with %s is refused, and costs nothing', async ([, images]) => {
  await using api = await startBatchApi()
  const desk = deskAt(api.url)
  const edit = { ...request('a hat'), images }
  await desk.submit('order-1', [edit], signal)
  await api.end()
  const answers: Answer[] = []
  for (const batch of await desk.list(signal))
    for await (const { answer } of desk.collect(batch, signal)) answers.push(answer)
  expect(answers).toMatchObject([{ kind: 'refused' }])
  expect(api.billed).toEqual([])
})

test.for(['dall-e-2', 'dall-e-3'])('a batch that holds a %s is not handed in', async (model) => {
  await using api = await startBatchApi()
  const [fox, owl] = [request('fox'), request('owl')]
  const { quality: _, ...bare } = owl.input
  const old = { ...owl, input: { ...bare, model } }
  expect(await deskAt(api.url).submit('order-1', [fox, old], signal)).toMatchObject({
    kind: 'refused',
    code: 'model_retired',
    message: expect.stringContaining('2026-05-12; ask for its successor, `gpt-image-2.5-flare-'),
  })
  expect(api.requests).toEqual([])
})

test('every page of the list is read, and batches of others are left alone', async () => {
  await using api = await startBatchApi()
  const desk = deskAt(api.url)
  for (const order of ['1', '2', '3', '4', '5']) await desk.submit(order, [request(order)], signal)
  const { input_file_id = '', endpoint = '' } = api.batches[0] ?? {}
  await fetch(`${api.url}/batches`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test-double' },
    body: JSON.stringify({
      input_file_id,
      endpoint,
      completion_window: '24h',
      metadata: { order: '6' },
    }),
  })
  const orders = (await desk.list(signal)).map(({ order }) => order)
  expect(api.batches).toHaveLength(6)
  expect(orders.toSorted()).toEqual(['1', '2', '3', '4', '5'])
})

test.for([
  ['refused', { kind: 'refused', scope: 'prompt', code: 'moderation_blocked' }],
  ['failed', { kind: 'unknown' }],
  ['unanswered', { kind: 'unknown' }],
  ['unreadable', { kind: 'unknown' }],
] as const)('a request that was %s is told from one that was made', async ([fault, expected]) => {
  await using api = await startBatchApi()
  const desk = deskAt(api.url)
  const answers = new Map<string, Answer>()
  const [fox, owl] = [request('fox'), request('owl')]
  await desk.submit('order-1', [fox, owl], signal)
  await api.end('completed', { faults: { owl: fault } })
  for (const batch of await desk.list(signal))
    for await (const { id, answer } of desk.collect(batch, signal)) answers.set(id, answer)
  expect(answers.get(fox.id)).toMatchObject({ kind: 'image' })
  expect(answers.get(owl.id)).toMatchObject(expected)
  expect(api.billed).toHaveLength(fault === 'refused' ? 1 : 2)
})

test.for([
  ['POST /v1/files', 503, undefined, 'busy'],
  ['POST /v1/files', 500, undefined, 'busy'],
  ['POST /v1/files', 401, 'invalid_api_key', 'refused'],
  ['POST /v1/batches', 429, 'rate_limit_exceeded', 'busy'],
  ['POST /v1/batches', 400, 'billing_hard_limit_reached', 'refused'],
  ['POST /v1/batches', 500, undefined, 'unknown'],
] as const)('%s that is answered %d %s is %s', async ([path, status, code, kind]) => {
  await using api = await startBatchApi()
  const error = { message: 'sk-test-double', type: 'x', ...(code !== undefined && { code }) }
  api.refuse(path, { status, error })
  const answer = await deskAt(api.url).submit('order-1', [request('fox')], signal)
  expect(answer).toMatchObject({ kind })
  expect(JSON.stringify(answer)).not.toContain('sk-test-double')
  expect(api.batches).toEqual([])
})

test('what stood in a file that is gone is of unknown fate, also where the batch expired', async () => {
  await using api = await startBatchApi()
  const desk = deskAt(api.url)
  const [made, unmade] = [request('a hat'), request('a scarf')]
  await desk.submit('order-1', [made, unmade], signal)
  await api.end('expired', { worked: 1 })
  const error = {
    message: 'No such File object',
    type: 'invalid_request_error',
    param: null,
    code: null,
  }
  api.refuse('-output', { status: 404, error })
  const [batch] = await desk.list(signal)
  if (batch === undefined) throw new Error('nothing is listed')
  const answers = new Map(
    (await all(desk.collect(batch, signal))).map((one) => [one.id, one.answer.kind]),
  )
  expect(answers.get(made.id)).toBe('unknown')
  expect(answers.get(unmade.id)).toBe('busy')
  expect(api.billed).toHaveLength([...answers.values()].filter((kind) => kind === 'unknown').length)
})
