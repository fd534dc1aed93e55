import { describe, expect, test } from 'vitest'
import { newImages } from '../../packages/core/src/plan/budget.ts'
import { type Plan, planFor } from '../../packages/core/src/plan/plan.ts'
import { entryPath, originalPath } from '../../packages/core/src/store/address.ts'
import { encodeEntry } from '../../packages/core/src/store/entry.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { entryOfBytes } from '../support/entries.ts'
import { inputOf, requestIn, settingsOf } from '../support/fakes.ts'
import { makeProject } from '../support/project.ts'

const original = Buffer.from('bytes that were paid for')
const request = requestIn('![gen: a fox]()')
const entry = entryOfBytes(request, original, { making: { revisedPrompt: 'a red fox' } })
const text = Buffer.from(encodeEntry(entry))

const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' } as const

/** What a build makes of a store whose one entry was damaged. */
async function planWith(damaged: Uint8Array, defaults: 'pin' | 'follow'): Promise<Plan> {
  using project = makeProject({
    [`.imprompt/${entryPath(entry.key)}`]: damaged,
    [`.imprompt/${originalPath(entry.original)}`]: original,
  })
  const store = fsStore(project.path('.imprompt'))
  return planFor(inputOf([request]), settingsOf({ defaults }), store, history)
}

function flipped(at: number): Buffer {
  const bytes = Buffer.from(text)
  bytes[at] = (text[at] ?? 0) ^ (1 << (at % 7))
  return bytes
}

describe.for([['pin'], ['follow']] as const)('where defaults are to %s', ([defaults]) => {
  test('a bit that flips in an entry buys nothing', async () => {
    for (const at of text.keys()) {
      const plan = await planWith(flipped(at), defaults)
      expect(newImages(plan), `byte ${at}`).toEqual([])
      expect(['stored', 'fault'], `byte ${at}`).toContain(plan.images[0]?.source.kind)
    }
  })

  test.for([
    ['cut short', text.subarray(0, 100)],
    ['emptied', Buffer.alloc(0)],
    ['made longer', Buffer.concat([text, Buffer.from('{}')])],
    ['an array', Buffer.from('[]')],
    ['of another version', Buffer.from(encodeEntry(entry).replace('"schema": 1', '"schema": 2'))],
    [
      'of another request',
      Buffer.from(encodeEntry(entry).replace(entry.requestHash, 'c'.repeat(64))),
    ],
  ] as const)('an entry that was %s is a fault', async ([, damaged]) => {
    const plan = await planWith(damaged, defaults)
    expect(plan.images.map(({ source }) => source.kind)).toEqual(['fault'])
  })
})
