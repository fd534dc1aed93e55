import { expect, test } from 'vitest'

import { formatSize, parseSize } from '../../packages/core/src/size-rule.ts'

test.for(['1x1', '1536x1024', '999999x999999'])('reads and writes %s', (text) => {
  const size = parseSize(text)
  expect(size && formatSize(size)).toBe(text)
})

test.for(['', 'auto', '0x1', '01x1', '1x', '1X1', '1x1x1', ' 1x1', '1.5x1', '-1x1', '1000000x1'])(
  'reads no size in "%s"',
  (text) => {
    expect(parseSize(text)).toBeUndefined()
  },
)
