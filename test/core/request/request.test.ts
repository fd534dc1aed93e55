import { describe, expect, test } from 'vitest'
import { describeProblem } from '../../../packages/core/src/problem.ts'
import { requestFor } from '../../../packages/core/src/request/request.ts'
import { directiveIn, requestIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({
  styles: { brand: '{prompt}. Flat vector' },
})

function problemsOf(source: string): readonly string[] {
  const answer = requestFor(directiveIn(source), settings)
  if ('request' in answer) return []
  return answer.problems.map(
    ({ place, ...problem }) => `${place.line}:${place.column} ${describeProblem(problem)}`,
  )
}

describe('a request', () => {
  test('takes what the directive leaves out from the configuration', () => {
    const { request, wanted, explicit } = requestIn('![gen: a red fox]()', settings)
    expect(request).toEqual({
      provider: 'fake',
      prompt: 'a red fox',
      model: 'fake-1',
      size: { width: 1536, height: 1024 },
      quality: 'medium',
      take: 1,
    })
    expect(wanted).toEqual({ width: 1536, height: 1024 })
    expect([...explicit]).toEqual([])
  })

  test('asks for a legal size that covers the wanted one', () => {
    const { request, wanted } = requestIn('![gen: a fox](size=1200x630)', settings)
    expect(request.size).toEqual({ width: 1200, height: 640 })
    expect(wanted).toEqual({ width: 1200, height: 630 })
  })

  test('leaves out a quality that the model does not have', () => {
    const { request } = requestIn('![gen: a fox](model=plain, size=square)', settings)
    expect(request).not.toHaveProperty('quality')
  })

  test('wraps the prompt in its style, and leaves braces of the prompt alone', () => {
    const { request, prompt } = requestIn('![gen: a {prompt} $& fox](style=brand)', settings)
    expect(prompt).toBe('a {prompt} $& fox')
    expect(request.prompt).toBe('a {prompt} $& fox. Flat vector')
  })

  test.for([
    ['![gen: a  *red*\nfox]()', 'a *red* fox'],
    [String.raw`![gen: a \[red\] fox &amp; hen]()`, 'a [red] fox & hen'],
    ['![gen: cafe\u0301]()', 'caf\u00e9'],
    ['> ![gen: a red\n> fox]()', 'a red fox'],
  ] as const)('reads %j as the canonical text %j', ([source, prompt]) => {
    expect(requestIn(source, settings).prompt).toBe(prompt)
  })

  test('keeps free attributes out of what is bought', () => {
    const { explicit, display } = requestIn(
      '![gen: a fox](alt="A fox", widths="320, 640", class="wide hero", priority)',
      settings,
    )
    expect([...explicit]).toEqual([])
    expect(display).toMatchObject({
      alt: 'A fox',
      widths: [320, 640],
      className: 'wide hero',
      priority: 'high',
    })
  })
})

describe('a problem', () => {
  test.for([
    ['![gen: a fox](sise=1x1)', ['1:15 Unexpected attribute `sise`, did you mean `size`']],
    ['![gen: a fox](zzz=1)', ['1:15 Unexpected attribute `zzz`']],
    [
      '![gen: a fox](size=16/9)',
      [
        '1:15 Unexpected value `16/9` of `size`, expected `1536x1024`, `16:9`, `square`, `landscape`, `portrait`, `wide` or `og`',
      ],
    ],
    [
      '![gen: a fox](take=1, take=2)',
      ['1:23 Unexpected second `take`, expected each attribute once'],
    ],
    [
      '![gen: a fox](a=1 "b")',
      ['1:15 Unexpected attribute `a`', '1:19 Unexpected `"b"`, expected `name=value` or a flag'],
    ],
    ['![gen: ]()', ['1:1 Unexpected empty prompt, expected text after `gen:`']],
    [
      '![gen: a fox](model=plain, size=square, quality=high)',
      [
        '1:41 Unexpected attribute `quality`: `plain` of `fake` does not honour it; remove it or name another model',
      ],
    ],
    [
      '![gen: a fox](quality=max)',
      ['1:15 Unexpected value `max` of `quality`, expected `low`, `medium`, `high`'],
    ],
    ['![gen: a fox](style=house)', ['1:15 Unexpected value `house` of `style`, expected `brand`']],
    [
      '![gen: a fox](provider=other)',
      ['1:15 Unexpected value `other` of `provider`, expected `fake`'],
    ],
    [
      '![gen: a fox](size=5000x5000)',
      [
        '1:15 Unexpected size `5000x5000`: `fake-1` can make edges up to 3840 and up to 8294400 pixels',
      ],
    ],
    [
      '![gen: a &#1; fox]()',
      ['1:1 Unexpected character U+FFFD in the prompt, expected plain text; remove it'],
    ],
    [
      `![gen: ${'x'.repeat(101)}]()`,
      ['1:1 Unexpected prompt of 101 characters, expected at most 100 for `fake-1`'],
    ],
    ['![gen: a fox](constructor=1)', ['1:15 Unexpected attribute `constructor`']],
    [
      '![gen: a \u0007 fox]()',
      ['1:1 Unexpected character U+0007 in the prompt, expected plain text; remove it'],
    ],
    [
      '![gen: a\nfox](quality=high,\nsise=x, take=0)',
      [
        '3:1 Unexpected attribute `sise`, did you mean `size`',
        '3:9 Unexpected value `0` of `take`, expected a whole number from 1',
      ],
    ],
  ] as const)('in %j is told with its place', ([source, problems]) => {
    expect(problemsOf(source)).toEqual(problems)
  })
})
