import { describe, expect, test } from 'vitest'
import {
  authoredKeyOf,
  recordedRequestOf,
  requestHashOf,
  sha256Of,
} from '../../../packages/core/src/key/key.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { capable } from '../../support/capable.ts'
import { requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({ size: '960x640' }, capable())
const written = (source: string): ImageRequest => requestIn(source, settings)
const hashOf = (request: ImageRequest): string => requestHashOf(recordedRequestOf(request))

const [red, blue] = ['red', 'blue'].map((text) => sha256Of(Buffer.from(text)))
if (red === undefined || blue === undefined) throw new Error('no hashes')

const fox = written('![gen: a fox]()')
const after = (path: string, hash: typeof red): ImageRequest => ({
  ...fox,
  explicit: new Map([['ref', path]]),
  files: new Map([['ref', [hash]]]),
})
const varied = (name: string, base: ImageRequest): ImageRequest => ({
  ...fox,
  explicit: new Map([['vary', name]]),
  base,
})

describe('a key', () => {
  test('follows what a file holds, not its path', () => {
    expect(authoredKeyOf(after('a.png', red))).toBe(authoredKeyOf(after('b/c.png', red)))
    expect(authoredKeyOf(after('a.png', red))).not.toBe(authoredKeyOf(after('a.png', blue)))
    expect(authoredKeyOf(after('a.png', red))).not.toBe(authoredKeyOf(fox))
  })

  test('follows the picture that is varied, not its name', () => {
    const hen = written('![gen: a hen](name=hen)')
    const key = authoredKeyOf(varied('hen', hen))
    expect(authoredKeyOf(varied('bird', written('![gen: a hen](name=bird)')))).toBe(key)
    expect(authoredKeyOf(varied('hen', written('![gen: a duck](name=hen)')))).not.toBe(key)
    expect(hashOf(varied('hen', hen))).toBe(hashOf(varied('bird', hen)))
    expect(hashOf(varied('hen', hen))).not.toBe(hashOf(fox))
  })

  test('and a request change with every attribute', () => {
    const sources = ['', 'complexity=low', 'complexity=high', 'rendering=vivid', 'animated=4']
    const all = [...sources, 'animated=5', 'vector'].map((one) => written(`![gen: a fox](${one})`))
    expect(new Set(all.map(authoredKeyOf)).size).toBe(all.length)
    expect(new Set(all.map(hashOf)).size).toBe(all.length)
  })
})
