import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import { requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({ styles: { brand: '{prompt}, flat vector' } })
const other = settingsOf({
  model: 'plain',
  size: 'square',
  quality: 'high',
  styles: { brand: '{prompt}, flat vector' },
})

const keyIn = (source: string, under = settings): string => authoredKeyOf(requestIn(source, under))
const hashIn = (source: string): string => requestHashOf(requestIn(source, settings).request)

/** Made by `sha256sum` from the canonical form, such as `imprompt authored 1\n[["prompt","a red fox"]]`. */
describe('golden vectors', () => {
  test.for([
    [
      '![gen: a red fox]()',
      '4e3d3a204dcc4915b45e1d28c5b2064995d2f819f88127f2e6324c5e82fba288',
      '6b0f81686ffc1a65880da6fc4e702ee57892618aa38aadbe3a2a270d7bfb9e79',
    ],
    [
      '![gen: a lighthouse at dusk, gouache](size=1536x1024, quality=high)',
      '10bfa60a73a2964db9cc1567eb99db14fb64773ddce39c6d6313b9b353db92d5',
      '239bb1ab4bcb5a4001c58a0a5f2345dc0ac4e02bcd7a530159f886be5e887957',
    ],
    [
      '![gen: café *bleu* "x"](style=brand, take=2)',
      'c880a7170a37dd38d283c4fefb48895110708729cabad4a3d9e279920a729678',
      '1115ddac58d98e75b39df641d798eb79b0fbbdf9c49534f97c2e423249da7e64',
    ],
  ] as const)('of %s stay', ([source, key, hash]) => {
    expect([keyIn(source), hashIn(source)]).toEqual([key, hash])
  })

  test('of bytes are their SHA-256', () => {
    expect(sha256Of(Buffer.from('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

describe('an authored key', () => {
  test('is the same under any defaults of the configuration', () => {
    expect(keyIn('![gen: a red fox]()', other)).toBe(keyIn('![gen: a red fox]()'))
  })

  test.for([
    ['![gen: a *red* fox]()', '![gen: a _red_ fox]()'],
    ['![gen: a red fox]()', '![gen:   a red\nfox  ](<>)'],
    ['![gen: a red fox](quality=high, take=2)', "![gen: a red fox](take=2 quality='high')"],
    ['![gen: a red fox]()', '![gen: a red fox](alt="x", widths="320", name=fox)'],
    [String.raw`![gen: a \*red\* fox]()`, '![gen: a &ast;red&ast; fox]()'],
    ['![gen: caf\u00e9]()', '![gen: cafe\u0301]()'],
    ['![gen: a\r\nfox]()', '![gen: a\nfox]()'],
  ] as const)('of %j is that of %j', ([one, same]) => {
    expect(keyIn(one)).toBe(keyIn(same))
  })

  test.for([
    ['![gen: a red fox]()', '![gen: a red fox.]()'],
    ['![gen: a red fox]()', '![gen: a Red fox]()'],
    ['![gen: a red fox]()', '![gen: a red fox](quality=medium)'],
    ['![gen: a red fox]()', '![gen: a red fox](size=1536x1024)'],
    ['![gen: a red fox]()', '![gen: a red fox](style=brand)'],
    ['![gen: a red fox](take=2)', '![gen: a red fox](take=3)'],
  ] as const)('of %j is not that of %j', ([one, different]) => {
    expect(keyIn(one)).not.toBe(keyIn(different))
  })

  test('follows the text of a style, not its name', () => {
    const renamed = settingsOf({ styles: { house: '{prompt}, flat vector' } })
    expect(keyIn('![gen: a fox](style=house)', renamed)).toBe(keyIn('![gen: a fox](style=brand)'))
  })
})

describe('a request hash', () => {
  test('is the same for a default and for the same value written out', () => {
    expect(hashIn('![gen: a fox](quality=medium)')).toBe(hashIn('![gen: a fox]()'))
    expect(hashIn('![gen: a fox](size=landscape)')).toBe(hashIn('![gen: a fox](size=1536x1024)'))
    expect(hashIn('![gen: a fox](size=1200x640)')).toBe(hashIn('![gen: a fox](size=1200x630)'))
  })

  test('changes with every field', () => {
    const { request } = requestIn('![gen: a fox]()', settings)
    const changed = [
      { ...request, prompt: 'another' },
      { ...request, provider: 'other' },
      { ...request, model: 'other' },
      { ...request, size: { width: 1024, height: 1536 } },
      { ...request, quality: 'low' },
      { ...request, background: 'opaque' },
      { ...request, moderation: 'low' },
      { ...request, seed: 1 },
      { ...request, take: 2 },
    ]
    expect(new Set([request, ...changed].map(requestHashOf)).size).toBe(changed.length + 1)
  })

  test('does not depend on the order of fields, and parts any two texts', () => {
    const text = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(text, text, (prompt, model) => {
        const base = { provider: 'fake', take: 1, size: { width: 16, height: 16 } }
        const hash = requestHashOf({ ...base, prompt, model })
        expect(requestHashOf({ model, prompt, ...base })).toBe(hash)
        expect(requestHashOf({ ...base, prompt: `${prompt}!`, model })).not.toBe(hash)
      }),
    )
  })
})
