import { expect, test } from 'vitest'
import { formatUsd, microUsdOf } from '../../../packages/core/src/config/usd.ts'

test.for([
  [1, 1_000_000],
  [0.01, 10_000],
  ['$1.50', 1_500_000],
  ['0.000001', 1],
  [0.000001, 1],
  ['2', 2_000_000],
  [0, 0],
  [0.1, 100_000],
] as const)('reads %s as micro-dollars', ([amount, microUsd]) => {
  expect(microUsdOf(amount)).toBe(microUsd)
})

test.for([
  '1e9',
  '1,00',
  '-1',
  '',
  'free',
  '$',
  '1.0000001',
  '€1',
  Number.NaN,
  Infinity,
  -0.5,
  '١',
] as const)('refuses %s', (amount) => {
  expect(microUsdOf(amount)).toBeUndefined()
})

test.for([
  [0, '$0.00'],
  [10_340, '$0.01034'],
  [1_000_000, '$1.00'],
  [52_680, '$0.05268'],
  [1, '$0.000001'],
  [12_345_600, '$12.3456'],
] as const)('writes %s micro-dollars as %s', ([microUsd, text]) => {
  expect(formatUsd(microUsd)).toBe(text)
})
