import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BatchDesk } from '../../../packages/core/src/ports.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { type BatchApi, startBatchApi } from '../../support/openai/batch.ts'
import { batchRequest, deskAt } from '../../support/openai/orders.ts'
import { raw } from '../../support/raw-batch.ts'

const { signal } = new AbortController()
const key = 'sk-test-double'
const fox = batchRequest('fox')

let api: BatchApi
let desk: BatchDesk
beforeEach(async () => {
  api = await startBatchApi()
  desk = deskAt(api.url)
})
afterEach(() => api[Symbol.asyncDispose]())

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
