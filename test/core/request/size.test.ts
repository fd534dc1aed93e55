import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SizeRule } from '../../../packages/core/src/ports.ts'
import { readSize } from '../../../packages/core/src/request/size.ts'
import { coveringSize } from '../../../packages/core/src/size-rule.ts'

const grid: SizeRule = {
  kind: 'grid',
  step: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
}
const presets: SizeRule = {
  kind: 'list',
  sizes: [
    { width: 1024, height: 1024 },
    { width: 1536, height: 1024 },
    { width: 1024, height: 1536 },
  ],
}

test.for([
  ['1536x1024', '1536x1024'],
  ['16:9', '1536x864'],
  ['9:16', '864x1536'],
  ['1:1', '1024x1024'],
  ['3:2', '1536x1024'],
  ['1.91:1', '1536x804'],
  ['square', '1024x1024'],
  ['og', '1200x630'],
] as const)('reads %s as %s', ([text, size]) => {
  const read = readSize(text)
  expect(`${read?.width}x${read?.height}`).toBe(size)
})

test.for(['', '16:0', '0x10', '16/9', '1024X1024', 'auto', 'huge', '99999x1', '-1x5', '1e3x5'])(
  'does not read %s',
  (text) => {
    expect(readSize(text)).toBeUndefined()
  },
)

test.for([
  ['1536x1024', '1536x1024'],
  ['1200x630', '1200x640'],
  ['512x512', '816x816'],
  ['1920x1080', '1920x1088'],
  ['2000x500', '2000x672'],
  ['16x16', '816x816'],
] as const)('covers %s by %s on a grid', ([wanted, expected]) => {
  const size = readSize(wanted)
  const covering = size && coveringSize(size, grid)
  expect(`${covering?.width}x${covering?.height}`).toBe(expected)
})

test.for([
  ['512x512', '1024x1024'],
  ['1200x630', '1536x1024'],
  ['600x1200', '1024x1536'],
] as const)('covers %s by %s from a list', ([wanted, expected]) => {
  const size = readSize(wanted)
  const covering = size && coveringSize(size, presets)
  expect(`${covering?.width}x${covering?.height}`).toBe(expected)
})

test('covers nothing that the model cannot make as large', () => {
  expect(coveringSize({ width: 4000, height: 2000 }, grid)).toBeUndefined()
  expect(coveringSize({ width: 3840, height: 3840 }, grid)).toBeUndefined()
  expect(coveringSize({ width: 1536, height: 1536 }, presets)).toBeUndefined()
})

test('answers only sizes that the grid allows and that cover the wanted one', () => {
  const edge = fc.integer({ min: 1, max: 4096 })
  fc.assert(
    fc.property(edge, edge, (width, height) => {
      const size = coveringSize({ width, height }, grid)
      if (size === undefined) return
      const long = Math.max(size.width, size.height)
      const short = Math.min(size.width, size.height)
      expect(size.width % 16).toBe(0)
      expect(size.height % 16).toBe(0)
      expect(long).toBeLessThanOrEqual(3840)
      expect(long / short).toBeLessThanOrEqual(3)
      expect(long * short).toBeGreaterThanOrEqual(655_360)
      expect(long * short).toBeLessThanOrEqual(8_294_400)
      expect(size.width).toBeGreaterThanOrEqual(width)
      expect(size.height).toBeGreaterThanOrEqual(height)
    }),
    { numRuns: 5_000 },
  )
})
