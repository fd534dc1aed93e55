import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { composeSketch } from '../../../packages/core/src/provider/sketch/compose.ts'
import type { SketchInput } from '../../../packages/core/src/provider/sketch/compose.ts'

const size = { width: 600, height: 400 }

function svgOf(prompt: string, more: Partial<SketchInput> = {}): string {
  return composeSketch({ prompt, size, take: 1, ...more }, 'sketch')
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function coordinatesOf(svg: string): readonly string[] {
  return svg.match(/-?\d*\.\d+/g) ?? []
}

describe('the text of a sketch', () => {
  test.for([
    [
      'a lighthouse at dusk, gouache',
      'f3653de4f5630fae0bafea44c9433784939f5eebaaa3f655b6f734024aafd931',
    ],
    [
      'kitchen table with a teapot, watercolour',
      'fbb07ee37c97235b873a3427157ff6a04e12ffcd8d7027372d6ac81697bd10ad',
    ],
    [
      'words that name nothing at all',
      '32b84e0f77439dc2f37a72ccde6d2093e740902de4a0fc9e0b823d379bfadb72',
    ],
  ] as const)('is the same on every machine for %s', ([prompt, golden]) => {
    expect(digestOf(svgOf(prompt))).toBe(golden)
  })

  test.for([
    ['take', { take: 2 }],
    ['seed', { seed: 5 }],
    ['quality', { quality: 'high' }],
    ['background', { background: 'transparent' }],
    ['size', { size: { width: 400, height: 600 } }],
  ] as const)('changes with another %s', ([, more]) => {
    expect(digestOf(svgOf('a fox in the forest', more))).not.toBe(
      digestOf(svgOf('a fox in the forest')),
    )
  })

  test('differs between the marks', () => {
    const input = { prompt: 'a fox', size, take: 1 }
    expect(digestOf(composeSketch(input, 'placeholder'))).not.toBe(
      digestOf(composeSketch(input, 'sketch')),
    )
  })

  test.for(['a lighthouse', 'a map', 'architecture diagram', 'a poster of a cat'])(
    'asks for no font and no outside resource: %s',
    (prompt) => {
      expect(svgOf(prompt).match(/<text|font|<image|href|data:/g)).toBeNull()
    },
  )

  test.for(['a forest in autumn', 'northern lights', 'a robot in the city, ink', 'underwater'])(
    'rounds every number and computes no nonsense: %s',
    (prompt) => {
      const svg = svgOf(prompt)
      const numbers = svg.replaceAll(/#[0-9a-f]{6}/g, '')
      expect(numbers.match(/NaN|undefined|Infinity|null|\de[+-]?\d|--/g)).toBeNull()
      expect(coordinatesOf(svg).filter((text) => text.replace(/.*\./, '').length > 4)).toEqual([])
    },
  )

  test('gives every definition a name of its own, also through a window', () => {
    const ids = [...svgOf('kitchen table in fog').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(1)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
