import { describe, expect, test } from 'vitest'

import { readRequestHash } from '../../../packages/core/src/key/key.ts'
import type {
  Answer,
  Capability,
  GenerateInput,
  Model,
  Provider,
  ReadyConnection,
} from '../../../packages/core/src/ports.ts'
import { fallback } from '../../../packages/core/src/provider/fallback/fallback.ts'
import { asked, refused, vendor } from '../../support/fallback-vendors.ts'
import { png } from '../../support/pictures.ts'

describe('what a stand-in is asked of pictures', () => {
  const basedOn = readRequestHash('0'.repeat(64))
  if (basedOn === undefined) throw new Error('no hash')
  const image = { bytes: new Uint8Array(1), format: 'png' } as const
  const [plain] = vendor('x', 'image').provider.models

  function able(
    id: string,
    honours: readonly Capability[],
    answer: Answer | 'image',
    model: Partial<Model> = {},
  ): { readonly provider: Provider; readonly edited: GenerateInput[] } {
    if (plain === undefined) throw new Error('no model')
    const edited: GenerateInput[] = []
    const { provider } = vendor(id, answer, {
      models: [{ ...plain, honours: [...plain.honours, ...honours], maxReferences: 2, ...model }],
    })
    const edit: NonNullable<ReadyConnection['edit']> = async (input) => {
      edited.push(input)
      return answer === 'image' ? { kind: 'image', bytes: await png(input.size) } : answer
    }
    const connect: Provider['connect'] = () => ({
      kind: 'ready',
      generate: async () => refused('run'),
      edit,
    })
    return { provider: { ...provider, connect }, edited }
  }

  test.for<
    readonly [
      string,
      readonly Capability[],
      Partial<Model>,
      Partial<GenerateInput>,
      number,
      boolean,
    ]
  >([
    ['a variation', ['vary'], {}, { basedOn }, 1, true],
    ['a variation, and knows references alone', ['ref'], {}, { basedOn }, 1, false],
    ['a reference, and knows variations alone', ['vary'], {}, {}, 1, false],
    ['a variation with a reference', ['vary'], {}, { basedOn }, 2, false],
    ['a variation with a reference', ['vary', 'ref'], {}, { basedOn }, 2, true],
    ['more pictures than it takes', ['ref'], {}, {}, 3, false],
    ['a variation without a prompt', ['vary'], {}, { basedOn, prompt: '' }, 1, false],
    [
      'a variation without a prompt',
      ['vary'],
      { variesWithoutPrompt: true },
      { basedOn, prompt: '' },
      1,
      true,
    ],
    ['frames', ['ref', 'animated'], { frames: { min: 2, max: 4 } }, { frames: 5 }, 1, false],
    ['frames', ['ref', 'animated'], { frames: { min: 2, max: 4 } }, { frames: 4 }, 1, true],
    [
      'a rendering',
      ['ref', 'rendering'],
      { renderings: ['vivid'] },
      { rendering: 'old' },
      1,
      false,
    ],
    [
      'a rendering',
      ['ref', 'rendering'],
      { renderings: ['vivid'] },
      { rendering: 'vivid' },
      1,
      true,
    ],
  ])('%s, by a model that honours %j, %j', async ([, honours, model, change, count, isAsked]) => {
    const one = able('one', ['ref', 'vary'], refused('run'))
    const two = able('two', honours, 'image', model)
    const connection = fallback([one.provider, two.provider]).connect({})
    if (connection.kind === 'locked' || connection.edit === undefined) throw new Error('no edits')
    const images = Array.from({ length: count }, () => image)
    const signal = new AbortController().signal
    const answer = await connection.edit({ ...asked, ...change }, { images }, signal)
    expect(two.edited).toHaveLength(isAsked ? 1 : 0)
    expect(answer.kind).toBe(isAsked ? 'image' : 'refused')
  })

  test('no estimate fears one that could not answer', () => {
    const dear: Provider['estimate'] = () => undefined
    const two = { ...able('two', ['ref'], 'image').provider, estimate: dear }
    const whole = fallback([able('one', ['ref', 'vary'], 'image').provider, two])
    expect(whole.estimate({ ...asked, basedOn })).toBeDefined()
    expect(whole.estimate(asked)).toBeUndefined()
  })
})

test('edits by those that edit', async () => {
  const edits: string[] = []
  const editor = (id: string, answer: Answer | 'image'): Provider => {
    const { provider } = vendor(id, answer)
    const models = provider.models.map((model) => ({
      ...model,
      honours: [...model.honours, 'ref'] as const,
      maxReferences: 2,
    }))
    return {
      ...provider,
      models,
      connect: () => ({
        kind: 'ready',
        generate: async () => refused('run'),
        edit: async (input) => {
          edits.push(id)
          return answer === 'image' ? { kind: 'image', bytes: await png(input.size) } : answer
        },
      }),
    }
  }
  const plain = vendor('plain', 'image')
  const connection = fallback([
    editor('one', refused('run')),
    plain.provider,
    editor('two', 'image'),
  ]).connect({})
  const image = { bytes: await png(asked.size), format: 'png' } as const
  const answer =
    connection.kind === 'ready'
      ? await connection.edit?.(asked, { images: [image] }, new AbortController().signal)
      : undefined
  expect(answer).toMatchObject({ kind: 'image', making: { provider: 'two' } })
  expect(edits).toEqual(['one', 'two'])
  expect(plain.billed).toEqual([])
})
