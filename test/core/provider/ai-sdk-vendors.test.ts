import { createGoogle } from '@ai-sdk/google'
import { createXai } from '@ai-sdk/xai'
import { describe, expect, test } from 'vitest'

import { aiSdk } from '../../../packages/core/src/provider/ai-sdk/ai-sdk.ts'
import type { Provider } from '../../../packages/core/src/ports.ts'
import { ask } from '../../support/ai-sdk-buyer.ts'
import { type Mishap, type VendorRefusal, startVendor } from '../../support/ai-sdk-double.ts'
import { xai } from '../../support/ai-sdk-vendors.ts'
import { google, googleRefusals } from '../../support/google-double.ts'

const googleAt = (baseURL: string): Provider =>
  aiSdk(createGoogle({ baseURL, apiKey: 'google-test-key' }).image('gemini-2.5-flash-image'), {
    price: 0.04,
    credential: 'GOOGLE_KEY',
    aspectRatios: ['1:1', '3:2', '2:3', '16:9'],
  })

describe('with a model of Google', () => {
  test('sends the nearest ratio, and says what came', async () => {
    await using double = await startVendor(google)
    const answer = await ask(googleAt(double.url), { size: { width: 1024, height: 600 } })
    expect(answer).toMatchObject({ kind: 'image', making: { size: { width: 1344, height: 768 } } })
    expect(double.received).toMatchObject([
      { generationConfig: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '16:9' } } },
    ])
    expect(double.billed).toHaveLength(1)
  })

  test.for([
    [googleRefusals.badKey, { kind: 'refused', scope: 'run' }],
    [googleRefusals.denied, { kind: 'refused', scope: 'run' }],
    [googleRefusals.notFound, { kind: 'refused', scope: 'run' }],
    [googleRefusals.quota, { kind: 'busy', afterMs: 7000 }],
    [googleRefusals.overloaded, { kind: 'busy' }],
    ['server-error', { kind: 'unknown' }],
    ['reset', { kind: 'unknown' }],
    ['html', { kind: 'unknown' }],
    // A model that falls silent for a reason of safety has worked, and bills.
    ['no-images', { kind: 'unknown' }],
  ] as const satisfies readonly (readonly [VendorRefusal | Mishap, object])[])(
    '%j is answered by %j, asked once',
    async ([fault, expected]) => {
      await using double = await startVendor(google)
      double.fail(fault)
      const answer = await ask(googleAt(double.url))
      expect(answer).toMatchObject(expected)
      expect(double.received).toHaveLength(1)
      expect(double.billed).toHaveLength(answer.kind === 'unknown' ? 1 : 0)
    },
  )
})

describe('with a model of xAI', () => {
  const xaiAt = (baseURL: string): Provider =>
    aiSdk(createXai({ baseURL, apiKey: 'vendor-test-key' }).image('grok-imagine-image'), {
      price: 0.05,
      aspectRatios: ['1:1', '16:9'],
    })

  test('reports what it cost', async () => {
    await using double = await startVendor(xai)
    expect(await ask(xaiAt(double.url))).toMatchObject({ kind: 'image', microUsd: 20_000 })
    expect(double.billed).toHaveLength(1)
  })

  test.for(['gone', 'link-refused'] as const)(
    'a picture that was made and cannot be fetched (%s) is of unknown fate',
    async (mishap) => {
      await using double = await startVendor(xai)
      double.fail(mishap)
      expect((await ask(xaiAt(double.url))).kind).toBe('unknown')
      expect(double.billed).toHaveLength(1)
    },
  )
})
