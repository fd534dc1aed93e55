import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Answer, GenerateInput } from '../../../packages/core/src/ports.ts'
import { drawSketch } from '../../../packages/core/src/provider/sketch/draw.ts'
import { sketch } from '../../../packages/core/src/provider/sketch/sketch.ts'
import { inspectReply } from '../../../packages/core/src/resolve/inspect-reply.ts'
import { colours } from '../../../packages/core/src/provider/sketch/word/colours.ts'
import { mediumWords } from '../../../packages/core/src/provider/sketch/word/media.ts'
import {
  bodies,
  hours,
  seasons,
  weathers,
} from '../../../packages/core/src/provider/sketch/word/moods.ts'
import { settings } from '../../../packages/core/src/provider/sketch/word/settings.ts'
import { subjects } from '../../../packages/core/src/provider/sketch/word/subjects.ts'

const small = { width: 96, height: 64 }

/** The first word of every row. */
const vocabulary = [
  settings,
  mediumWords,
  hours,
  weathers,
  seasons,
  bodies,
  colours,
  ...Object.values(subjects),
].flatMap((table) =>
  Object.values<string>(table).flatMap((words) => words.split(/,\s*/).slice(0, 1)),
)

describe('drawing', () => {
  test.for([
    [256, 256],
    [1200, 630],
    [641, 977],
    [1920, 640],
    [1, 1],
    [512, 64],
    [64, 512],
  ] as const)('answers a PNG of exactly %d by %d pixels', async ([width, height]) => {
    const input = { prompt: 'a boat in the harbour', size: { width, height }, take: 1 }
    const picture = await sharp(await drawSketch(input, 'sketch')).metadata()
    expect(picture).toMatchObject({ format: 'png', width, height })
  })

  test('draws every thing, place, mood, colour and medium that it knows', async () => {
    expect(vocabulary.length).toBeGreaterThan(120)
    const blank: string[] = []
    for (const word of vocabulary) {
      const bytes = await drawSketch(
        { prompt: word, size: small, take: 1, quality: 'low' },
        'sketch',
      )
      const { entropy } = await sharp(bytes).stats()
      if (entropy < 1) blank.push(word)
    }
    expect(blank).toEqual([])
  })

  test.for([
    ['markup', '</svg><script>alert("1")</script> & <image href="file:///etc/passwd"/>'],
    ['quotes', `"'\`&quot;&#0;`],
    ['NUL and controls', 'a fox\u0000\u0001\u001b[31m'],
    ['emoji and a lone surrogate', 'a 🦊 in the 🌲 \ud83d'],
    ['a very long text', 'lighthouse & <b> '.repeat(2000)],
    ['names of the language', 'constructor __proto__ toString'],
    ['nothing', ''],
  ] as const)('is safe from %s', async ([, prompt]) => {
    const bytes = await drawSketch({ prompt, size: small, take: 1 }, 'placeholder')
    expect(await sharp(bytes).metadata()).toMatchObject(small)
  })

  test('leaves a transparent ground open and any other ground closed', async () => {
    const input = { prompt: 'a fox at night', size: small, take: 1 }
    const open = await sharp(
      await drawSketch({ ...input, background: 'transparent' }, 'sketch'),
    ).stats()
    expect(open.isOpaque).toBe(false)
    expect(open.channels[3]?.min).toBe(0)
    expect(open.channels[3]?.max).toBe(255)
    for (const background of ['auto', 'opaque']) {
      const closed = await sharp(await drawSketch({ ...input, background }, 'sketch')).stats()
      expect(closed.isOpaque).toBe(true)
    }
  })

  test('marks a placeholder far more than a sketch', async () => {
    const input = { prompt: 'a quiet sea', size: { width: 300, height: 200 }, take: 1 }
    const [sketched, held] = await Promise.all([
      drawSketch(input, 'sketch'),
      drawSketch(input, 'placeholder'),
    ])
    const changed = await sharp(sketched)
      .composite([{ input: Buffer.from(held), blend: 'difference' }])
      .greyscale()
      .threshold(12)
      .stats()
    expect(changed.channels[0]?.mean).toBeGreaterThan(255 * 0.1)
  })
})

describe('the provider', () => {
  const input: GenerateInput = { prompt: 'an owl', model: 'sketch-1', size: small, take: 1 }

  async function generate(signal: AbortSignal, more: Partial<GenerateInput> = {}): Promise<Answer> {
    const connection = sketch().connect({})
    if (connection.kind !== 'ready') throw new TypeError('Expected a connection')
    return connection.generate({ ...input, ...more }, signal)
  }

  test('is free, exactly', () => {
    expect(sketch().estimate(input)).toEqual({
      microUsd: 0,
      worstMicroUsd: 0,
      basis: 'exact',
      asOf: '2026-11-23',
      source: 'drawn locally',
    })
  })

  test('says that its pictures come from an algorithm and not from a trained model', () => {
    expect(sketch().digitalSourceType).toBe('algorithmicMedia')
  })

  test('offers one model that makes any size', () => {
    const { id, models, defaultModel } = sketch()
    expect(id).toBe('sketch')
    expect(models.map((model) => model.id)).toEqual([defaultModel])
    expect(models[0]).toMatchObject({
      sizes: { kind: 'grid', step: 1, maxEdge: 4096 },
      honours: ['quality', 'background', 'seed', 'animated', 'vector'],
      frames: { min: 2, max: 16 },
    })
  })

  test('needs no key and answers with the same bytes each time', async () => {
    const signal = new AbortController().signal
    const first = await generate(signal)
    expect(first).toMatchObject({ kind: 'image', microUsd: 0 })
    expect(await generate(signal)).toEqual(first)
  })

  test.for([
    ['an animation', { frames: 4 }, { format: 'gif', frames: 4 }],
    ['a drawing', { vector: true }, { format: 'svg' }],
    [
      'a drawing without a ground',
      { vector: true, background: 'transparent' },
      { format: 'svg', isOpaque: false },
    ],
  ] as const)('makes %s that a purchase accepts', async ([, more, original]) => {
    const answer = await generate(new AbortController().signal, more)
    if (answer.kind !== 'image') throw new TypeError('Expected a picture')
    expect(await inspectReply(answer.bytes, { ...input, ...more })).toMatchObject({
      original: { ...small, ...original },
    })
  })

  test('throws the reason of an abort', async () => {
    const reason = new Error('enough')
    await expect(generate(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
