import { expect, test } from 'vitest'

import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import type { Answer, GenerateInput, InputImages } from '../../../packages/core/src/ports.ts'
import {
  call,
  driverMicroUsd,
  fullMicroUsd,
  startResponses,
  type ResponsesDouble,
  type Script,
} from '../../support/openai/responses.ts'

const provider = openai({ api: 'responses' })
const { signal } = new AbortController()
const input: GenerateInput = {
  model: 'gpt-image-2',
  prompt: 'a lighthouse',
  size: { width: 1024, height: 1024 },
  quality: 'low',
  take: 1,
}

function ask({ url }: ResponsesDouble, images?: InputImages): Promise<Answer> {
  const connection = provider.connect({ OPENAI_API_KEY: 'sk-test-double', OPENAI_BASE_URL: url })
  if (connection.kind === 'locked' || connection.edit === undefined) throw new Error('locked')
  return images === undefined
    ? connection.generate(input, signal)
    : connection.edit(input, images, signal)
}

test('answers the picture with the bill of tool and driver, and how it was made', async () => {
  await using double = await startResponses()
  const answer = await ask(double)
  expect(answer).toMatchObject({
    kind: 'image',
    bytes: Buffer.from('hi'),
    microUsd: fullMicroUsd,
    usage: { textInput: 10, imageOutput: 196 },
    making: { size: input.size, quality: 'low', revisedPrompt: 'a tall lighthouse' },
    requestId: 'req_1',
  })
  expect(double.billed).toEqual([fullMicroUsd])
  const estimate = provider.estimate(input)
  expect(estimate?.basis).toBe('rough')
  expect(estimate?.worstMicroUsd).toBeGreaterThan(fullMicroUsd)
})

test('forces the tool and sends the pictures of an edit as data', async () => {
  await using double = await startResponses()
  const image = { bytes: Buffer.from('hi'), format: 'png' } as const
  expect(await ask(double, { images: [image], mask: image })).toMatchObject({ kind: 'image' })
  const url = 'data:image/png;base64,aGk='
  expect(double.bodies).toMatchObject([
    {
      tool_choice: { type: 'image_generation' },
      input: [{ content: [{ text: 'a lighthouse' }, { type: 'input_image', image_url: url }] }],
      tools: [{ action: 'edit', size: '1024x1024', input_image_mask: { image_url: url } }],
    },
  ])
})

const failed = { ...call, status: 'failed', result: null, revised_prompt: null }
const said = { type: 'message', content: [{ type: 'output_text', text: 'I would rather not.' }] }
const billedMicroUsd = driverMicroUsd
const tool_usage = null

test.for<readonly [string, Script, object]>([
  [
    'a blocked prompt',
    { output: [{ ...failed, error: { code: 'moderation_blocked', message: 'No.' } }], tool_usage },
    { kind: 'refused', scope: 'prompt', code: 'moderation_blocked', microUsd: driverMicroUsd },
  ],
  [
    'another failure',
    { output: [{ ...failed, error: { code: 'server_error', message: 'No.' } }], tool_usage },
    { kind: 'refused', scope: 'image', code: 'server_error', microUsd: driverMicroUsd },
  ],
  [
    'text alone',
    { output: [said], tool_usage },
    { kind: 'refused', scope: 'image', code: 'no_picture', microUsd: driverMicroUsd },
  ],
  [
    'an early end',
    {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [],
      tool_usage,
    },
    { kind: 'refused', scope: 'image', code: 'max_output_tokens', microUsd: driverMicroUsd },
  ],
])('%s is refused with what the driver cost', async ([, script, expected]) => {
  await using double = await startResponses({ ...script, billedMicroUsd })
  const answer = await ask(double)
  expect(answer).toMatchObject(expected)
  expect(double.billed).toEqual([driverMicroUsd])
})

test.for<readonly [string, Script]>([
  ['two pictures', { output: [call, call] }],
  ['a picture that is no base64', { output: [{ ...call, result: 'a*' }] }],
  ['a call without an end', { output: [{ ...failed, status: 'generating' }], tool_usage }],
  ['a failure without the usage of the driver', { output: [failed], usage: null }],
  ['no response', { output: 'none' }],
])('%s is of unknown fate', async ([, script]) => {
  await using double = await startResponses(script)
  expect((await ask(double)).kind).toBe('unknown')
  expect(double.billed).toHaveLength(1)
})

test('keeps both pictures for a person to look at', async () => {
  await using double = await startResponses({ output: [call, call] })
  expect(await ask(double)).toMatchObject({ received: [Buffer.from('hi'), Buffer.from('hi')] })
})

test('names no bill where the tool tells no usage', async () => {
  await using double = await startResponses({ tool_usage: null })
  const answer = await ask(double)
  expect(answer.kind).toBe('image')
  expect(answer).not.toHaveProperty('microUsd')
})

test('knows no price with a driver that has none', () => {
  expect(openai({ api: 'responses', driver: 'gpt-9' }).estimate(input)).toBeUndefined()
})
