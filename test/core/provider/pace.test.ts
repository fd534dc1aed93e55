import { expect, test } from 'vitest'
import { paceOf } from '../../../packages/core/src/provider/pace.ts'

function headersOf(remaining: string, reset: string): Headers {
  return new Headers({
    'x-ratelimit-remaining-requests': remaining,
    'x-ratelimit-reset-requests': reset,
  })
}

test.for([
  ['0', '1s', { remaining: 0, resetMs: 1_000 }],
  ['49', '6m0s', { remaining: 49, resetMs: 360_000 }],
  ['5', '120ms', { remaining: 5, resetMs: 120 }],
  ['5', '1.2s', { remaining: 5, resetMs: 1_200 }],
  ['5', '1h2m3.5s', { remaining: 5, resetMs: 3_723_500 }],
  ['5', '1m30ms', { remaining: 5, resetMs: 60_030 }],
  ['5', '0.1ms', { remaining: 5, resetMs: 1 }],
  [' 7 ', ' 0s ', { remaining: 7, resetMs: 0 }],
] as const)('reads %s requests before %s', ([remaining, reset, pace]) => {
  expect(paceOf(headersOf(remaining, reset))).toEqual(pace)
})

test.for([
  ['-1', '1s'],
  ['1.5', '1s'],
  ['many', '1s'],
  ['', '1s'],
  ['9999999999', '1s'],
  ['5', ''],
  ['5', '60'],
  ['5', '-1s'],
  ['5', '1s1m'],
  ['5', '1e3s'],
  ['5', 'soon'],
] as const)('makes nothing of `%s` requests before `%s`', ([remaining, reset]) => {
  expect(paceOf(headersOf(remaining, reset))).toBeUndefined()
})

test.for([
  ['x-ratelimit-remaining-requests', '5'],
  ['x-ratelimit-reset-requests', '1s'],
] as const)('makes nothing of %s alone', ([name, value]) => {
  expect(paceOf(new Headers({ [name]: value }))).toBeUndefined()
})

test.for([
  ['50', 50],
  [' 50 ', 50],
  ['', undefined],
  ['many', undefined],
] as const)('reads `%s` as the limit %s', ([text, limit]) => {
  const headers = headersOf('5', '1s')
  headers.set('x-ratelimit-limit-requests', text)
  expect(paceOf(headers)).toEqual({ remaining: 5, resetMs: 1_000, ...(limit && { limit }) })
})
