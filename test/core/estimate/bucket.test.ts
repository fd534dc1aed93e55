import { expect, test } from 'vitest'
import { readBuckets } from '../../../packages/core/src/estimate/bucket.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { fakeProvider, settingsOf } from '../../support/fakes.ts'

const other = fakeProvider(() => Promise.reject(new Error('asked')), { id: 'other' })
const settings = settingsOf({ providers: [other] }, openai())

const dallE = { provider: 'openai', model: 'dall-e-2' }

test.for<readonly [readonly string[], readonly (readonly [number, object])[]]>([
  [['1500'], [[1500, {}]]],
  [['600 x dall-e-2 512x512'], [[600, { ...dallE, size: '512x512' }]]],
  [['600', 'x', 'dall-e-2', '512x512'], [[600, { ...dallE, size: '512x512' }]]],
  [['600× 512X512 dall-e-2'], [[600, { ...dallE, size: '512x512' }]]],
  [['1,500 * 512×512'], [[1500, { size: '512x512' }]]],
  [
    ['2 og', '3 16:9 xhigh'],
    [
      [2, { size: 'og' }],
      [3, { size: '16:9', quality: 'xhigh' }],
    ],
  ],
  [
    ['2 og, 3 low,', '4 high'],
    [
      [2, { size: 'og' }],
      [3, { quality: 'low' }],
      [4, { quality: 'high' }],
    ],
  ],
  [['7 fake-1'], [[7, { provider: 'other', model: 'fake-1' }]]],
  [['7 other/plain high'], [[7, { provider: 'other', model: 'plain', quality: 'high' }]]],
  [['1 gpt-image-2'], [[1, { provider: 'openai', model: 'gpt-image-2' }]]],
])('reads %j', ([words, expected]) => {
  const read = readBuckets(words, settings).map((one) =>
    'faults' in one ? one : [one.count, Object.fromEntries(one.choices)],
  )
  expect(read).toEqual(expected)
})

test.for<readonly [readonly string[], string, object]>([
  [['low 100'], 'low', { kind: 'count-missing' }],
  [['1.5 x dall-e-2'], '1.5 x dall-e-2', { kind: 'count-missing' }],
  [['0 low'], '0 low', { kind: 'count-range', actual: '0' }],
  [['2000000000'], '2000000000', { kind: 'count-range' }],
  [['5 dalle-2'], '5 dalle-2', { kind: 'word-unknown', nearest: 'dall-e-2' }],
  [['5 LOW'], '5 LOW', { kind: 'word-unknown', nearest: 'low' }],
  [['5 other/dall-e-2'], '5 other/dall-e-2', { kind: 'word-unknown' }],
  [['5 low high'], '5 low high', { kind: 'word-second', name: 'quality', actual: 'high' }],
  [['5 og 512x512'], '5 og 512x512', { kind: 'word-second', name: 'size' }],
  [['5 dall-e-2 dall-e-3'], '5 dall-e-2 dall-e-3', { kind: 'word-second', name: 'model' }],
  [['5 0x512'], '5 0x512', { kind: 'problem', problem: { name: 'size' } }],
  [['5 low 1536 x 1024 high'], '1536 x', { kind: 'count-alone' }],
])('does not read %j', ([words, text, fault]) => {
  const unread = readBuckets(words, settings).filter((one) => 'faults' in one)
  expect(unread).toHaveLength(1)
  expect(unread[0]).toMatchObject({ text, faults: [fault] })
})
