import { expect, test } from 'vitest'
import { priceOf } from '../../../packages/core/src/plan/price.ts'
import { fakeProvider, requestIn, settingsOf } from '../../support/fakes.ts'

const priceless = fakeProvider(() => Promise.reject(new Error('asked')), {
  estimate: () => undefined,
})
const settings = settingsOf({ prices: { 'fake-1': { maxMicroUsd: 250_000 } } }, priceless)
const { request } = requestIn('![gen: a fox]()', settings)

test.for([
  [undefined, 250_000],
  [2, 500_000],
  [9, 2_250_000],
] as const)('a ceiling holds for each of %s frames', ([frames, expected]) => {
  const asked = frames === undefined ? request : { ...request, frames }
  expect(priceOf(asked, settings)).toMatchObject({
    microUsd: expected,
    worstMicroUsd: expected,
    basis: 'rough',
  })
})
