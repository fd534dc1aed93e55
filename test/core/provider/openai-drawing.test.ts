import { describe, expect, test } from 'vitest'

import type { GenerateInput } from '../../../packages/core/src/ports.ts'
import { authorBill } from '../../../packages/core/src/provider/openai/drawing-bill.ts'
import { startOpenAi } from '../../support/openai-server.ts'
import { authorMicroUsd, authorUsage } from '../../support/openai/bill.ts'
import { connectTo, declared } from '../../support/openai/buyer.ts'
import { png } from '../../support/pictures.ts'
import { raw } from '../../support/raw-batch.ts'

const { signal } = new AbortController()
const size = { width: 1024, height: 1024 }
const input: GenerateInput = {
  model: 'gpt-image-2.6-flare',
  prompt: 'a fox',
  size,
  quality: 'low',
  vector: true,
  take: 1,
}
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')

test('a drawing costs its picture and its author', async () => {
  await using double = await startOpenAi()
  const answer = await connectTo(double).generate(input, signal)
  expect(answer).toMatchObject({ kind: 'image', microUsd: double.billed[0]?.microUsd })
  expect(double.billed).toHaveLength(declared([answer]))
})

test('a drawing that does not tell its author is of no known bill', async () => {
  const usage = { input_tokens: 3, output_tokens: 196 }
  const body = { data: [{ b64_json: svg.toString('base64') }], usage }
  await using server = await raw('application/json', JSON.stringify(body))
  const answer = await connectTo(server).generate(input, signal)
  expect(answer.kind).toBe('image')
  expect(answer).not.toHaveProperty('microUsd')
})

describe('the author of a drawing', () => {
  test('is billed for what it thought, where that is not among what it wrote', () => {
    expect(authorBill(authorUsage, svg)).toBe(authorMicroUsd)
    expect(authorBill({ ...authorUsage, total_tokens: 170 }, svg)).toBe(authorMicroUsd + 30 * 5)
  })

  test.for([
    { ...authorUsage, model: 'gpt-9' },
    { ...authorUsage, total_tokens: 139 },
    { ...authorUsage, output_tokens: -1 },
    { output_tokens: 100 },
    'none',
    null,
    undefined,
  ])('has no known bill by %j', (reported) => {
    expect(authorBill(reported, svg)).toBeUndefined()
  })

  test('is nobody where the picture has pixels', async () => {
    expect(authorBill(undefined, await png(size))).toBe(0)
  })
})
