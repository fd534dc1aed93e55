import { describe, expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { type DraftLook, type Drafts, draftsOf } from '../../../packages/core/src/request/draft.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { nothingKnown } from '../../../packages/core/src/request/known.ts'
import { directiveIn, fakeProvider, mute, requestIn, settingsOf } from '../../support/fakes.ts'

const other = fakeProvider(() => Promise.reject(new Error('nobody asks')), { id: 'other' })
const settings = settingsOf({ quality: 'high', providers: [other] }, mute)

function draftsIn(source: string, look: DraftLook = {}, numbers: readonly number[] = [1]): Drafts {
  return draftsOf(directiveIn(source), numbers, look, { settings, known: nothingKnown })
}

function requestsIn(...asked: Parameters<typeof draftsIn>): readonly ImageRequest[] {
  const drafts = draftsIn(...asked)
  return 'requests' in drafts ? drafts.requests : []
}

function firstIn(...asked: Parameters<typeof draftsIn>): ImageRequest {
  const [first] = requestsIn(...asked)
  if (first === undefined) throw new Error('no draft')
  return first
}

const keyIn = (...asked: Parameters<typeof draftsIn>): string => authoredKeyOf(firstIn(...asked))

describe('drafts of a picture', () => {
  test('are takes by their numbers, in the lowest quality, where the picture stands', () => {
    const drafts = requestsIn('![gen: a fox](size=512x512, take=4)', {}, [1, 2])
    expect(drafts.map(({ place, request, isDraft }) => ({ place, request, isDraft }))).toEqual(
      [1, 2].map((number) => ({
        place: { file: 'post.md', line: 1, column: 1, draft: number },
        request: {
          provider: 'fake',
          model: 'fake-1',
          prompt: 'a fox',
          size: { width: 512, height: 512 },
          quality: 'low',
          take: number,
          draft: true,
        },
        isDraft: false,
      })),
    )
  })

  test('share nothing with each other, nor with what a directive can ask for', () => {
    const [one, two] = requestsIn('![gen: a fox]()', {}, [1, 2]).map(authoredKeyOf)
    expect(one).not.toBe(two)
    const written = requestIn('![gen: a fox](quality=low, take=1)', settings)
    expect(one).not.toBe(authoredKeyOf(written))
    const hash = requestHashOf(firstIn('![gen: a fox]()').request)
    expect(hash).not.toBe(requestHashOf(written.request))
  })

  test.for([
    ['![gen: a fox](take=7)', {}],
    ['![gen: a fox](quality=medium)', {}],
    ['![gen: a fox](alt=Fox, name=fox)', {}],
    ['![gen: a fox]()', { quality: 'low' }],
  ] as const)('of %s %j are those of the plain one', ([source, look]) => {
    expect(keyIn(source, look)).toBe(keyIn('![gen: a fox]()'))
  })

  test.for([
    ['![gen: a fox.]()', {}],
    ['![gen: a fox](size=512x512)', {}],
    ['![gen: a fox]()', { size: '512x512' }],
    ['![gen: a fox]()', { quality: 'medium' }],
    ['![gen: a fox]()', { model: 'plain', size: 'square' }],
    ['![gen: a fox]()', { model: 'other/fake-1' }],
  ] as const)('of %s %j are others than those of the plain one', ([source, look]) => {
    expect(keyIn(source, look)).not.toBe(keyIn('![gen: a fox]()'))
  })

  test('are made by another provider where a model is named with it', () => {
    const { request } = firstIn('![gen: a fox]()', { model: 'other/plain', size: 'square' })
    expect(request).toMatchObject({ provider: 'other', model: 'plain' })
    expect(request).not.toHaveProperty('quality')
  })

  test('are told what they cannot be', () => {
    expect(draftsIn('![gen: a fox]()', { model: 'no-such', size: 'huge' })).toMatchObject({
      problems: [
        { kind: 'attribute-value', name: 'size', place: { file: 'post.md', line: 1 } },
        { kind: 'attribute-value', name: 'model' },
      ],
    })
  })
})
