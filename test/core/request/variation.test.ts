import { describe, expect, test } from 'vitest'
import type { Config } from '../../../packages/core/src/config/config.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import {
  authoredKeyOf,
  recordedRequestOf,
  requestHashOf,
} from '../../../packages/core/src/key/key.ts'
import type { FoundFile } from '../../../packages/core/src/ports.ts'
import { describeProblem, severityOf } from '../../../packages/core/src/problem.ts'
import { sha256Of } from '../../../packages/core/src/key/key.ts'
import { readRequests } from '../../../packages/core/src/request/read-requests.ts'
import { captionOf } from '../../../packages/core/src/request/variation.ts'
import { capable } from '../../support/capable.ts'
import { settingsOf } from '../../support/fakes.ts'

const mask = (width: number, height: number): FoundFile => ({
  kind: 'picture',
  sha256: sha256Of(Buffer.from(`${width}x${height}`)),
  format: 'png',
  hasAlpha: true,
  bytes: 1000,
  width,
  height,
})

const files = new Map([
  ['large.png', mask(1536, 1024)],
  ['small.png', mask(64, 64)],
])

function read(source: string, config: Config = {}) {
  const directives = parseDirectives(source, 'post.md')
  const known = { names: new Map(), files }
  const { requests, problems } = readRequests(directives, settingsOf(config, capable()), known)
  const errors = problems.filter((problem) => severityOf(problem) === 'error')
  return {
    requests,
    problems: errors.map((one) => `${one.place.line}:${one.place.column} ${describeProblem(one)}`),
  }
}

describe('a variation', () => {
  test('is based on the picture that it names, before or after it, whatever the case', () => {
    const { requests, problems } = read(`
![gen: by night](vary=Inn)

![gen: an inn](name=inn, size=1536x1024, alt="An inn")

![gen: in snow](vary=night-inn)

![gen: at dawn](vary=inn, name=night-inn)
`)
    expect(problems).toEqual([])
    const [night, inn, snow, dawn] = requests
    if (!night || !inn || !snow || !dawn) throw new Error('a directive was lost')
    expect([night.base, snow.base, dawn.base]).toEqual([inn, dawn, inn])
    expect(recordedRequestOf(snow).basedOn).toBe(requestHashOf(recordedRequestOf(dawn)))
    expect(night.request.prompt).toBe('by night')
    expect(night.wanted).toEqual({ width: 1536, height: 1024 })
    expect(night.display.alt).toBeUndefined()
  })

  test('has a size of its own where it names one, and the model of the configuration', () => {
    const { requests } = read(
      '![gen: an inn](name=inn, size=1536x1024, model=still)\n\n![gen: b](vary=inn, size=1024x1024)',
    )
    expect(requests[1]?.request).toMatchObject({
      model: 'all',
      size: { width: 1024, height: 1024 },
    })
  })

  test('without a prompt says what it varies, inside its style, and has its alternative text', () => {
    const { requests, problems } = read(
      '![gen: an inn](name=inn, alt="An inn")\n\n![gen:](vary=inn, style=ink, name=other)\n\n![gen:](vary=other, take=2)',
      { styles: { ink: '{prompt}. Ink' } },
    )
    expect(problems).toEqual([])
    expect(requests.map(({ request }) => request.prompt)).toEqual([
      'an inn',
      'A variation of this picture: an inn. Ink',
      'A variation of this picture: an inn',
    ])
    expect(requests.map(({ prompt }) => prompt)).toEqual(['an inn', '', ''])
    expect(requests.map(captionOf)).toEqual(['an inn', 'an inn', 'an inn'])
    expect(requests.map(({ display }) => display.alt)).toEqual(['An inn', 'An inn', 'An inn'])
  })

  test('is another image where the picture that it varies is another one, not where that has another name', () => {
    const keyOf = (source: string): string | undefined =>
      read(source).requests.map(authoredKeyOf).at(-1)
    const key = keyOf('![gen: an inn](name=inn)\n\n![gen: b](vary=inn)')
    expect(keyOf('![gen: an inn](name=pub)\n\n![gen: b](vary=pub)')).toBe(key)
    expect(keyOf('![gen: a mill](name=inn)\n\n![gen: b](vary=inn)')).not.toBe(key)
    expect(keyOf('![gen: b]()')).not.toBe(key)
  })

  test('of a model that wants no words is asked for without any', () => {
    const { requests, problems } = read(
      '![gen: an inn](name=inn)\n\n![gen:](vary=inn, model=wordless)',
    )
    expect(problems).toEqual([])
    expect(requests[1]?.request.prompt).toBe('')
  })

  test('may be masked', () => {
    const base = '![gen: an inn](name=inn, size=1530x1020)\n\n'
    expect(read(`${base}![gen: a](vary=inn, mask=large.png)`).problems).toEqual([])
  })

  test.for([
    [
      '![gen: a](name=inn)\n![gen: b](vary=in)',
      [
        '2:11 No picture is named `in`, did you mean `inn`; expected a directive elsewhere with `name=in` and no problem of its own',
      ],
    ],
    [
      '![gen: a](name=inn, vary=inn)',
      [
        '1:21 `vary=inn` leads back to this very picture, which cannot be made after itself; name another one',
      ],
    ],
    [
      // What stands behind a circle is not told: it is mended with that.
      '![gen: a](name=a, vary=B)\n![gen: b](name=b, vary=c)\n![gen: c](name=c, vary=a)\n![gen: d](vary=a)',
      [
        '1:19 `vary=B` leads back to this very picture, which cannot be made after itself; name another one',
        '2:19 `vary=c` leads back to this very picture, which cannot be made after itself; name another one',
        '3:19 `vary=a` leads back to this very picture, which cannot be made after itself; name another one',
      ],
    ],
    [
      // Nor is a picture missed that has problems of its own.
      '![gen: a](name=inn, size=x)\n![gen: b](vary=inn, name=b)\n![gen: c](vary=b)\n![gen: c](use=inn)',
      [
        '1:21 Unexpected value `x` of `size`, expected `1536x1024`, `16:9`, `square`, `landscape`, `portrait`, `wide` or `og`',
      ],
    ],
    [
      '![gen: a](name=inn, vector)\n![gen: b](vary=inn)',
      [
        '2:11 Unexpected `vary=inn`, which is a drawing: only a still picture of pixels can be varied; name another one',
      ],
    ],
    [
      '![gen: a](name=inn, animated, size=960x960)\n![gen: b](vary=inn)',
      [
        '2:11 Unexpected `vary=inn`, which is an animation: only a still picture of pixels can be varied; name another one',
      ],
    ],
    [
      '![gen: a](name=inn)\n![gen: b](vary=inn, model=still)',
      [
        '2:11 Unexpected attribute `vary`: `still` of `fake` does not honour it; remove it or name another model',
      ],
    ],
    [
      '![gen: a](name=inn)\n![gen: b](vary=inn, model=wordless, style=none)',
      [
        '2:1 Unexpected prompt beside `vary`: `wordless` makes a variation of the picture alone; remove it or name another model',
        '2:37 Unexpected style beside `vary`: `wordless` makes a variation of the picture alone; remove it or name another model',
      ],
    ],
    [
      '![gen: a](name=inn)\n![gen: b](use=inn, vary=inn)',
      [
        '2:20 Unexpected `vary` beside `use`, which shows a picture as it was bought; remove one of them',
      ],
    ],
    [
      '![gen: a](name=inn)\n![gen: b](vary=inn, ref="small.png small.png small.png")',
      ['2:21 Unexpected 3 files of `ref`, expected at most 2 for `all`; remove some'],
    ],
    [
      '![gen: a](name=inn)\n![gen: b](vary=inn, name=inn)',
      [
        '2:11 `vary=inn` leads back to this very picture, which cannot be made after itself; name another one',
      ],
    ],
  ] as const)('has the problems of %j', ([source, expected]) => {
    expect(read(source).problems).toEqual(expected)
  })

  test.for([
    ['my_inn', 'Unexpected value `my_inn` of `vary`, expected letters, digits and hyphens'],
    ['""', 'Unexpected value `` of `vary`, expected letters, digits and hyphens'],
  ] as const)('that names %s is told, with a name and without one', ([name, expected]) => {
    const inn = '![gen: an inn](name=inn)\n\n'
    const alone = read(`${inn}![gen: by night](vary=${name})`)
    expect(alone.problems).toEqual([expect.stringContaining(expected)])
    const named = read(`${inn}![gen: by night](vary=${name}, name=night)\n\n![gen: c](vary=night)`)
    expect(named.problems).toEqual([expect.stringContaining(expected)])
  })

  test('stands at the end of a chain of 8 pictures at most', () => {
    const chain = (length: number): string =>
      Array.from({ length }, (_one, at) => `![gen: ${at}](name=n${at}, vary=n${at + 1})\n\n`).join(
        '',
      )
    const { requests, problems } = read(`${chain(8)}![gen: the first](name=n8)`)
    expect(problems).toEqual([])
    expect(requests).toHaveLength(9)
    expect(requests[0]?.base).toBe(requests[1])
    const deep = read(`${chain(300)}![gen: the first](name=n300)`)
    expect(deep.requests).toHaveLength(9)
    expect(deep.problems).toEqual([
      '583:24 Unexpected variation of a variation, and so on through more than 8 pictures; name an earlier one',
    ])
    expect(read(chain(300)).problems).toEqual([
      expect.stringContaining('No picture is named `n300`'),
    ])
  })
})
