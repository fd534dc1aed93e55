import { expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import { unableToBatch } from '../../../packages/core/src/resolve/batch-price.ts'
import {
  fakeProvider,
  inputOf,
  memoryStore,
  mute,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'

const unasked = (): Promise<never> => Promise.reject(new Error('nobody buys'))

test.for([
  ['takes', ['ink'], '`ink` takes no batches. Nothing was handed in'],
  ['take', ['ink', 'oil'], '`ink` and `oil` take no batches. Nothing was handed in'],
] as const)('names who %s no batches: %s', async ([, ids, text]) => {
  const inBatch = { ...mute, estimateInBatch: mute.estimate }
  const others = ids.map((id) => fakeProvider(unasked, { id }))
  const settings = settingsOf({ providers: others }, inBatch)
  const requests = ['fake', ...ids].map((id) =>
    requestIn(`![gen: fox](size=1024x1024, provider=${id})`, settings),
  )
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const images = newImages(await planFor(inputOf(requests), settings, memoryStore(), history))
  expect(images).toHaveLength(requests.length)
  const objection = unableToBatch(images, settings)
  expect(objection?.code).toBe('USAGE')
  expect(objection?.message).toContain(text)
})
