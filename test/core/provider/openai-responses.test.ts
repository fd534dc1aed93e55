import sharp from 'sharp'
import { describe, expect, test } from 'vitest'

import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import type { Answer, GenerateInput, InputImages } from '../../../packages/core/src/ports.ts'
import {
  call,
  driverMicroUsd,
  startResponses,
  type ResponsesDouble,
  type Script,
} from '../../support/openai/responses.ts'
import { png } from '../../support/pictures.ts'

const provider = openai({ api: 'responses' })
const { signal } = new AbortController()
const input: GenerateInput = {
  model: 'gpt-image-2',
  prompt: 'a lighthouse',
  size: { width: 1024, height: 1024 },
  quality: 'low',
  take: 1,
}
const small = await png({ width: 8, height: 8 })
/** Three tokens of words and 196 of the picture. */
const fullMicroUsd = 3 * 5 + 196 * 30 + driverMicroUsd

interface Asking {
  readonly change?: Partial<GenerateInput>
  readonly images?: InputImages
  readonly key?: string
  readonly driver?: string
}

function ask({ url }: ResponsesDouble, asking: Asking = {}): Promise<Answer> {
  const { change, images, key = 'sk-test-double', driver = 'gpt-6.1-terra' } = asking
  const connection = openai({ api: 'responses', driver }).connect({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: url,
  })
  if (connection.kind === 'locked' || connection.edit === undefined) throw new Error('locked')
  const whole = { ...input, ...change }
  return images === undefined
    ? connection.generate(whole, signal)
    : connection.edit(whole, images, signal)
}

test('answers the picture with the bill of tool and driver, and how it was made', async () => {
  await using double = await startResponses()
  const answer = await ask(double)
  expect(answer).toMatchObject({
    kind: 'image',
    microUsd: fullMicroUsd,
    usage: { textInput: 3, imageOutput: 196 },
    making: { size: input.size, quality: 'low', revisedPrompt: 'a tall lighthouse' },
    requestId: 'req_1',
  })
  const bytes = answer.kind === 'image' ? answer.bytes : undefined
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1024, height: 1024 })
  expect(double.billed).toEqual([fullMicroUsd])
  const estimate = provider.estimate(input)
  expect(estimate?.basis).toBe('rough')
  expect(estimate?.worstMicroUsd).toBeGreaterThan(fullMicroUsd)
})

test('forces the tool and sends the pictures of an edit as data', async () => {
  await using double = await startResponses()
  const image = { bytes: small, format: 'png' } as const
  const images = { images: [image, image], mask: image }
  expect(await ask(double, { images })).toMatchObject({ kind: 'image' })
  const url = `data:image/png;base64,${Buffer.from(small).toString('base64')}`
  const part = { type: 'input_image', image_url: url }
  expect(double.bodies).toMatchObject([
    {
      tool_choice: { type: 'image_generation' },
      max_tool_calls: 1,
      store: false,
      input: [{ content: [{ text: 'a lighthouse' }, part, part] }],
      tools: [{ action: 'edit', size: '1024x1024', input_image_mask: { image_url: url } }],
    },
  ])
})

describe('every value that a model takes is sent, and none besides', () => {
  test.for<readonly [Partial<GenerateInput>, object]>([
    [{}, { output_format: 'png', quality: 'low' }],
    [{ model: 'gpt-image-1-mini', size: { width: 1536, height: 1024 } }, { size: '1536x1024' }],
    [
      { background: 'transparent', moderation: 'low' },
      { background: 'transparent', moderation: 'low' },
    ],
    [{ model: 'gpt-image-2.5-flare', quality: 'max' }, { quality: 'max' }],
    [{ model: 'gpt-image-2.6-flare', complexity: 'high' }, { complexity: 'high' }],
    [
      { model: 'gpt-image-2.6-flare', frames: 4, size: { width: 896, height: 896 } },
      { output_format: 'gif', frame_count: 4 },
    ],
    [{ model: 'gpt-image-2.6-flare', vector: true }, { output_format: 'svg' }],
  ])('%j as %j', async ([change, expected]) => {
    await using double = await startResponses()
    const answer = await ask(double, { change })
    expect(answer).toMatchObject({ kind: 'image' })
    expect(double.bodies).toMatchObject([{ tools: [expected] }])
    expect(double.billed).toHaveLength(1)
  })

  test('a moving picture is a GIF of its frames, and a drawing an SVG that its author is paid for', async () => {
    await using double = await startResponses()
    const model = 'gpt-image-2.6-flare'
    const moving = await ask(double, {
      change: { model, frames: 4, size: { width: 896, height: 896 } },
    })
    const drawn = await ask(double, { change: { model, vector: true } })
    if (moving.kind !== 'image' || drawn.kind !== 'image') throw new Error('no picture')
    expect(await sharp(moving.bytes).metadata()).toMatchObject({ format: 'gif', pages: 4 })
    expect(Buffer.from(drawn.bytes).toString()).toMatch(/^<svg /)
    expect([moving.microUsd, drawn.microUsd]).toEqual(double.billed)
  })
})

describe('what the server does not know is refused, and bills nothing', () => {
  test.for<readonly [string, Asking, object]>([
    ['a key', { key: 'sk-wrong' }, { scope: 'run', code: 'invalid_api_key' }],
    ['a model', { change: { model: 'gpt-image-1' } }, { scope: 'run' }],
    ['a size', { change: { size: { width: 1000, height: 1000 } } }, { code: 'invalid_value' }],
    [
      'a size of an earlier model',
      { change: { model: 'gpt-image-1-mini', size: { width: 2048, height: 2048 } } },
      { code: 'invalid_value' },
    ],
    ['a quality', { change: { quality: 'max' } }, { code: 'invalid_value' }],
    ['a parameter', { change: { complexity: 'low' } }, { code: 'unknown_parameter' }],
    [
      'frames',
      { change: { frames: 4, size: { width: 896, height: 896 } } },
      { code: 'unknown_parameter' },
    ],
    ['a drawing', { change: { vector: true } }, { code: 'invalid_value' }],
    [
      'a picture',
      { images: { images: [{ bytes: small, format: 'jpeg' }] } },
      { code: 'invalid_image_file' },
    ],
  ])('%s', async ([, asking, expected]) => {
    await using double = await startResponses()
    expect(await ask(double, asking)).toMatchObject({ kind: 'refused', ...expected })
    expect(double.bodies).toHaveLength(1)
    expect(double.billed).toEqual([])
  })

  test.for([{ rendering: 'vivid' }, { quality: 'hd' }, { model: 'dall-e-3', quality: 'auto' }])(
    '%j, which is not even sent',
    async (change) => {
      await using double = await startResponses()
      expect(await ask(double, { change })).toMatchObject({ kind: 'refused', scope: 'image' })
      expect(double.bodies).toEqual([])
    },
  )
})

describe('the tokens of the driver', () => {
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 60 },
    output_tokens: 50,
  }

  test.for([
    // 40 fresh ones of $1, 60 cached ones of $0.05 and 50 written ones of $5 a million.
    ['gpt-6.1-terra', 40 + 60 * 0.05 + 50 * 5],
    // No price of cached ones is known: they count in full.
    ['gpt-6-sol', 100 * 2 + 50 * 10],
  ] as const)('that %s had cached are billed by its own price', async ([driver, expected]) => {
    const billedMicroUsd = 3 * 5 + 196 * 30 + expected
    await using double = await startResponses({ usage, billedMicroUsd })
    expect(await ask(double, { driver })).toMatchObject({ microUsd: billedMicroUsd })
    expect(double.billed).toEqual([billedMicroUsd])
  })

  test('are billed beside what the tool had cached', async () => {
    const input_tokens_details = { text_tokens: 40, image_tokens: 60 }
    const cached_tokens_details = { cached_text_tokens: 30, cached_image_tokens: 50 }
    const image_gen = { input_tokens: 100, input_tokens_details, output_tokens: 196 }
    const picture = Math.ceil(10 * 5 + 30 * 1.25 + 10 * 8 + 50 * 2 + 196 * 30)
    const microUsd = picture + driverMicroUsd
    const tool_usage = { image_gen: { ...image_gen, cached_tokens: 80, cached_tokens_details } }
    await using double = await startResponses({ tool_usage, billedMicroUsd: microUsd })
    const images = { images: [{ bytes: small, format: 'png' }] } as const
    expect(await ask(double, { images })).toMatchObject({
      microUsd,
      usage: { textInput: 40, imageInput: 60, textOutput: 0, imageOutput: 196 },
    })
    expect(double.billed).toEqual([microUsd])
  })

  test('are no bill where more were cached than read', async () => {
    const more = { ...usage, input_tokens_details: { cached_tokens: 101 } }
    await using double = await startResponses({ usage: more })
    const answer = await ask(double)
    expect(answer.kind).toBe('image')
    expect(answer).not.toHaveProperty('microUsd')
  })
})

const failed = { ...call, status: 'failed', result: null, revised_prompt: null }
const said = { type: 'message', content: [{ type: 'output_text', text: 'I would rather not.' }] }
const billedMicroUsd = driverMicroUsd
const tool_usage = null

/** A call that failed for a reason, and perhaps at a stage of moderation. */
function failedBy(code: string, moderation_stage?: string): Script {
  const moderation_details = { moderation_stage, categories: [] }
  const details = moderation_stage === undefined ? {} : { moderation_details }
  return { output: [{ ...failed, error: { code, message: 'No.', ...details } }] }
}

/** What the tool tells of its tokens. */
function counted(output_tokens: number, input_tokens = output_tokens): Script {
  const input_tokens_details = { text_tokens: input_tokens, image_tokens: 0 }
  return { tool_usage: { image_gen: { input_tokens, input_tokens_details, output_tokens } } }
}

test.for<readonly [string, Script, object]>([
  [
    'a prompt that is blocked before anything is drawn',
    { ...failedBy('moderation_blocked', 'input'), tool_usage },
    { kind: 'refused', scope: 'prompt', code: 'moderation_blocked', microUsd: driverMicroUsd },
  ],
  [
    'a prompt that is blocked beside zeros',
    { ...failedBy('moderation_blocked', 'input'), ...counted(0) },
    { kind: 'refused', scope: 'prompt', code: 'moderation_blocked', microUsd: driverMicroUsd },
  ],
  [
    'a picture that came along and cannot be read',
    { ...failedBy('invalid_image'), tool_usage },
    { kind: 'refused', scope: 'image', code: 'invalid_image', microUsd: driverMicroUsd },
  ],
  [
    'a prompt of a response that failed',
    { status: 'failed', error: { code: 'invalid_prompt', message: 'No.' }, output: [], tool_usage },
    { kind: 'refused', scope: 'prompt', code: 'invalid_prompt', microUsd: driverMicroUsd },
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
  const message = expect.stringMatching(/; nothing was drawn, and the words of .* were billed$/)
  expect(answer).toMatchObject({ ...expected, message })
  expect(double.billed).toEqual([driverMicroUsd])
})

test.for<readonly [string, Script, object]>([
  ['a failure', failedBy('server_error'), { scope: 'image', code: 'server_error' }],
  [
    'a picture that is blocked',
    failedBy('moderation_blocked', 'output'),
    { scope: 'prompt', code: 'moderation_blocked' },
  ],
])(
  '%s is refused with all that it cost where its tokens are told',
  async ([, script, expected]) => {
    const microUsd = 196 * 5 + 196 * 30 + driverMicroUsd
    await using double = await startResponses({
      ...script,
      ...counted(196),
      billedMicroUsd: microUsd,
    })
    const message = expect.stringMatching(/; its tokens were billed all the same$/)
    expect(await ask(double)).toMatchObject({ kind: 'refused', ...expected, microUsd, message })
    expect(double.billed).toEqual([microUsd])
  },
)

test.for<readonly [string, Script]>([
  ['two pictures', { output: [call, call] }],
  ['a picture that is no base64', { output: [{ ...call, result: 'a*' }] }],
  ['a call without an end', { output: [{ ...failed, status: 'generating' }], tool_usage }],
  ['an open call of zeros', { output: [{ ...failed, status: 'generating' }], ...counted(0) }],
  ['a failure without usage', { ...failedBy('server_error'), tool_usage }],
  ['a failure of zeros', { ...failedBy('server_error'), ...counted(0) }],
  ['a failure without a reason', { output: [failed], tool_usage }],
  [
    'a picture that is blocked without usage',
    { ...failedBy('moderation_blocked', 'output'), tool_usage },
  ],
  ['a block at no known stage', { ...failedBy('moderation_blocked', 'unknown'), tool_usage }],
  ['a block at no stage at all', { ...failedBy('moderation_blocked'), tool_usage }],
  [
    'a response that failed without its calls',
    { status: 'failed', error: { code: 'server_error', message: 'No.' }, output: [], tool_usage },
  ],
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

describe('at another host', () => {
  const elsewhere = {
    id: 'proxy',
    baseURL: 'https://proxy.example/v1',
    apiKey: 'sk-test-proxy',
    api: 'responses',
  } as const

  test('adds the driver to OpenAI’s prices', () => {
    const estimate = openai({ ...elsewhere, price: 'openai' }).estimate(input)
    expect(estimate).toBeDefined()
    expect(estimate).toEqual(provider.estimate(input))
  })

  test('knows no price with a driver that has none', () => {
    const options = { ...elsewhere, price: 'openai', driver: 'gpt-9' } as const
    expect(openai(options).estimate(input)).toBeUndefined()
  })

  test.for([
    ['0.04', 40_000],
    [undefined, undefined],
  ] as const)('costs %s in all, where that is configured', ([price, microUsd]) => {
    const options = price === undefined ? elsewhere : { ...elsewhere, price }
    expect(openai(options).estimate(input)?.worstMicroUsd).toBe(microUsd)
  })
})

test.for<readonly [string, Script]>([
  ['zeros', counted(0)],
  ['no tokens of a picture', counted(0, 3)],
])('names no bill for a picture beside %s', async ([, usage]) => {
  await using double = await startResponses(usage)
  const answer = await ask(double)
  expect(answer.kind).toBe('image')
  expect(answer).not.toHaveProperty('microUsd')
})

test('takes input that is not told apart for that of pictures, where some went along', async () => {
  const told = { tool_usage: { image_gen: { input_tokens: 100, output_tokens: 196 } } }
  const microUsd = 100 * 8 + 196 * 30 + driverMicroUsd
  await using double = await startResponses({ ...told, billedMicroUsd: microUsd })
  const images = { images: [{ bytes: small, format: 'png' }] } as const
  expect(await ask(double, { images })).toMatchObject({ microUsd })
  expect(double.billed).toEqual([microUsd])
})

test('knows no price with a driver that has none', () => {
  expect(openai({ api: 'responses', driver: 'gpt-9' }).estimate(input)).toBeUndefined()
})
