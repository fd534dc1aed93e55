import { describe, expect, test } from 'vitest'
import { authoredKeyOf, requestHashOf } from '../../../packages/core/src/key/key.ts'
import { describeProblem } from '../../../packages/core/src/problem.ts'
import { requestFor } from '../../../packages/core/src/request/request.ts'
import { coveringFrame, describeFrames } from '../../../packages/core/src/size-rule.ts'
import { capable } from '../../support/capable.ts'
import { directiveIn, requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({ size: '960x640' }, capable())

function problemsOf(source: string): readonly string[] {
  const answer = requestFor(directiveIn(source), settings)
  if ('request' in answer) return []
  return answer.problems.map(
    ({ place, ...problem }) => `${place.line}:${place.column} ${describeProblem(problem)}`,
  )
}

describe('a request', () => {
  test.for([
    ['complexity=high', { complexity: 'high' }],
    ['rendering=natural', { rendering: 'natural' }],
    ['animated=4', { frames: 4 }],
    ['animated', { frames: 9 }],
    ['vector', { vector: true }],
  ] as const)('of %s asks for %o', ([attribute, asked]) => {
    expect(requestIn(`![gen: a fox](${attribute})`, settings).request).toMatchObject(asked)
  })

  test('of `animated` is that of `animated=9`', () => {
    const [bare, numbered] = ['animated', 'animated=9'].map((attribute) =>
      requestIn(`![gen: a fox](${attribute})`, settings),
    )
    if (bare === undefined || numbered === undefined) throw new Error('no request')
    expect(requestHashOf(bare.request)).toBe(requestHashOf(numbered.request))
    expect(authoredKeyOf(bare)).toBe(authoredKeyOf(numbered))
  })
})

describe('a problem', () => {
  test.for([
    [
      'complexity=xhigh',
      '1:15 Unexpected value `xhigh` of `complexity`, expected `low`, `medium`, `high`, did you mean `high`',
    ],
    [
      'rendering=vivd',
      '1:15 Unexpected value `vivd` of `rendering`, expected `vivid`, `natural`, did you mean `vivid`',
    ],
    ['animated=1', '1:15 Unexpected value `1` of `animated`, expected a whole number from 2'],
    [
      'animated=17, size=256x256',
      '1:15 Unexpected value `17` of `animated`, expected a whole number from 2 to 16',
    ],
    ['vector=svg', '1:15 Unexpected value `svg` of `vector`, expected no value, as it is a flag'],
    [
      'vector, animated=4',
      '1:15 Unexpected `vector` beside `animated`, which excludes it; remove one of them',
    ],
    [
      'animated=4, background=transparent',
      '1:27 Unexpected `background` beside `animated`, which excludes it; remove one of them',
    ],
    [
      'model=still, vector',
      '1:28 Unexpected attribute `vector`: `still` of `fake` does not honour it; remove it or name another model',
    ],
    [
      'animated, size=1536x1024',
      '1:25 Unexpected size `1536x1024`: `all` can make 9 frames of at most 1280x1280 and 921600 pixels each; ask for less, or for fewer frames',
    ],
  ] as const)('in %s is told', ([attributes, problem]) => {
    expect(problemsOf(`![gen: a fox](${attributes})`)).toEqual([problem])
  })
})

const grid = capable().models[0]?.sizes ?? { kind: 'list', sizes: [] }

describe('a frame', () => {
  // Unverified: the sheets are inferred; see the rule.
  test.for([
    [9, '1280x720', '1280x720'],
    [8, '960x960', '960x960'],
    [6, '1024x1024', undefined],
    [16, '960x520', '960x528'],
    [16, '960x540', undefined],
    [4, '100x100', '288x288'],
  ] as const)('of %i of %s is made as %s', ([frames, wanted, made]) => {
    const [width = 0, height = 0] = wanted.split('x').map(Number)
    const frame = coveringFrame({ width, height }, grid, frames)
    expect(frame && `${frame.width}x${frame.height}`).toBe(made)
  })

  test('of a model with a list of sizes is one of these', () => {
    const sizes = [{ width: 512, height: 512 }]
    const rule = { kind: 'list', sizes } as const
    expect(coveringFrame({ width: 500, height: 300 }, rule, 4)).toEqual(sizes[0])
    expect(describeFrames(rule, 4)).toBe('at most 512x512')
  })

  test('lies on a sheet that the grid allows, in whole steps', () => {
    for (let frames = 2; frames <= 16; frames += 1)
      for (const [width, height] of [
        [640, 360],
        [300, 500],
        [64, 64],
        [900, 300],
      ] as const) {
        const frame = coveringFrame({ width, height }, grid, frames)
        if (frame === undefined) throw new Error(`${frames} of ${width}x${height}`)
        expect(frame.width % 16).toBe(0)
        expect(frame.height % 16).toBe(0)
        expect(frame.width * frame.height * Math.max(frames, 8)).toBeLessThanOrEqual(8_294_400)
        expect(frame.width).toBeGreaterThanOrEqual(width)
        expect(frame.height).toBeGreaterThanOrEqual(height)
      }
  })
})
