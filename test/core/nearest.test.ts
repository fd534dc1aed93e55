import { expect, test } from 'vitest'
import { nearestOf } from '../../packages/core/src/nearest.ts'

const qualities = ['low', 'medium', 'high', 'auto']

test.for([
  ['hihg', 'high'],
  ['HIGH', 'high'],
  ['lwo', 'low'],
  ['LWO', 'low'],
  ['medum', 'medium'],
  ['ol', undefined],
  ['best', undefined],
] as const)('`%s` was probably meant to be `%s`', ([name, meant]) => {
  expect(nearestOf(name, qualities)).toBe(meant)
})
