import { describe, expect, test } from 'vitest'
import type { Directive } from '../../../packages/core/src/directive/directive.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { authoredKeyOf } from '../../../packages/core/src/key/key.ts'
import { describeProblem, severityOf } from '../../../packages/core/src/problem.ts'
import { readRequests } from '../../../packages/core/src/request/read-requests.ts'
import { settingsOf } from '../../support/fakes.ts'

const directives = (source: string): readonly Directive[] => parseDirectives(source, 'post.md')

function read(source: string) {
  const { requests, problems } = readRequests(directives(source), settingsOf())
  const errors = problems.filter((problem) => severityOf(problem) === 'error')
  return {
    requests,
    problems: errors.map(
      (problem) => `${problem.place.line}:${problem.place.column} ${describeProblem(problem)}`,
    ),
  }
}

describe('a picture that is used again', () => {
  test('is the one that was named, before or after it, whatever the case', () => {
    const { requests, problems } = read(`
![gen: un phare](use=LightHouse, class=wide)

![gen: a lighthouse](name=lighthouse, size=512x512, quality=low, alt="A lighthouse")

![gen:](use=lighthouse)
`)
    expect(problems).toEqual([])
    expect(new Set(requests.map(authoredKeyOf)).size).toBe(1)
    expect(requests.map(({ display }) => display.alt)).toEqual([
      'un phare',
      'A lighthouse',
      'A lighthouse',
    ])
    expect(requests.map(({ place }) => place.line)).toEqual([2, 4, 6])
    expect(requests[0]).toMatchObject({
      prompt: 'a lighthouse',
      wanted: { width: 512, height: 512 },
      display: { className: 'wide', name: 'lighthouse' },
    })
  })

  test.for([
    [
      '![gen: a](name=lighthouse)\n![gen: b](use=lighthose)',
      [
        '2:11 No picture is named `lighthose`, did you mean `lighthouse`; expected a directive elsewhere with `name=lighthose` and no problem of its own',
      ],
    ],
    [
      '![gen: b](use=fox)',
      [
        '1:11 No picture is named `fox`; expected a directive elsewhere with `name=fox` and no problem of its own',
      ],
    ],
    [
      '![gen: a](name=fox)\n![gen: b](use=fox, size=16:9, quality=low)',
      [
        '2:20 Unexpected `size` beside `use`, which shows a picture as it was bought; remove one of them',
        '2:31 Unexpected `quality` beside `use`, which shows a picture as it was bought; remove one of them',
      ],
    ],
    ['![gen: b](use)', ['1:11 Unexpected value `` of `use`, expected letters, digits and hyphens']],
    [
      '![gen: b](use="../fox")',
      ['1:11 Unexpected value `../fox` of `use`, expected letters, digits and hyphens'],
    ],
    [
      // What is used again has no name of its own, by which it could be used in turn.
      '![gen: b](use=hen, name=fox)\n![gen: a](use=fox)',
      [
        '1:20 Unexpected `name` beside `use`, which shows a picture as it was bought; remove one of them',
        '1:11 No picture is named `hen`; expected a directive elsewhere with `name=hen` and no problem of its own',
        '2:11 No picture is named `fox`; expected a directive elsewhere with `name=fox` and no problem of its own',
      ],
    ],
  ] as const)('has the problems of %j', ([source, expected]) => {
    expect(read(source).problems).toEqual(expected)
  })
})
