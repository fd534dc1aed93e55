import { describe, expect, test } from 'vitest'
import { authoredKeyOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import type { Capability } from '../../../packages/core/src/ports.ts'
import { draftsOf } from '../../../packages/core/src/request/draft.ts'
import { finalFault, finalOf, plainFinalOf } from '../../../packages/core/src/request/final.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { nothingKnown } from '../../../packages/core/src/request/known.ts'
import { directiveIn, mute, requestIn, settingsOf } from '../../support/fakes.ts'

const files = ['one', 'two'].map((text) => sha256Of(Buffer.from(text)))

function settingsWith(honours: readonly Capability[], maxReferences = 2) {
  const models = mute.models.map((model) => ({ ...model, honours, maxReferences }))
  return settingsOf({}, { ...mute, models })
}

const settings = settingsWith(['quality', 'ref', 'vary'])

function draftOf(source: string, size: string): ImageRequest {
  const context = { settings, known: nothingKnown }
  const drafts = draftsOf(directiveIn(source), [3], { size }, context)
  const [draft] = 'requests' in drafts ? drafts.requests : []
  if (draft === undefined) throw new Error('no draft')
  return draft
}

describe('the final picture of a draft', () => {
  const source = '![gen: a fox](quality=high, take=2)'
  const request = requestIn(source, settings)
  const draft = draftOf(source, '512x512')

  test('is made from it in the look of its directive, whatever the size of the draft', () => {
    const final = finalOf(request, draft)
    expect(final.base).toBe(draft)
    expect(final.request).toEqual(request.request)
    expect(final.wanted).toEqual({ width: 1536, height: 1024 })
    expect(final.explicit.get('size')).toBe('1536x1024')
    expect(authoredKeyOf(final)).not.toBe(authoredKeyOf(request))
  })

  test('leaves the mask out by which the draft was made', () => {
    const mask = sha256Of(Buffer.from('a mask'))
    const masked: ImageRequest = {
      ...request,
      explicit: new Map([...request.explicit, ['mask', 'm.png']]),
      files: new Map([['mask', [mask]]]),
      request: { ...request.request, mask },
    }
    expect(finalOf(masked, draft)).toEqual(finalOf(request, draft))
  })

  test('is the take of its number without it', () => {
    const plain = plainFinalOf(request, draft)
    expect(plain.base).toBeUndefined()
    expect(plain.request).toEqual({ ...request.request, take: 3 })
    expect(authoredKeyOf(plain)).toBe(
      authoredKeyOf(requestIn('![gen: a fox](quality=high, take=3)')),
    )
  })
})

describe('a draft can go along', () => {
  const request = requestIn('![gen: a fox]()', settings)

  test('where the model makes pictures from others', () => {
    expect(finalFault(request, settings)).toBeUndefined()
    expect(finalFault(request, settingsWith(['quality']))).toBe(
      '`fake-1` of `fake` makes no picture from another one',
    )
  })

  test.for([
    [{ frames: 4 }, 'an animation is made from words alone'],
    [{ vector: true }, 'a drawing is made from words alone'],
  ] as const)('but for %j', ([more, fault]) => {
    const shaped = { ...request, request: { ...request.request, ...more } }
    expect(finalFault(shaped, settings)).toBe(fault)
  })

  test('as far as there is room beside its references', () => {
    const after = (references: typeof files) =>
      finalFault({ ...request, request: { ...request.request, references } }, settings)
    expect(after(files.slice(1))).toBeUndefined()
    expect(after(files)).toBe('`fake-1` takes 2 pictures along, and `ref` names as many already')
  })
})
