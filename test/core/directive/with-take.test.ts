import { describe, expect, test } from 'vitest'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { withTake } from '../../../packages/core/src/directive/with-take.ts'

function rerolled(source: string, take = 3, at = 0): string | undefined {
  const directive = parseDirectives(source, 'post.md')[at]
  if (directive === undefined) throw new Error(`no directive in ${source}`)
  return withTake(source, directive, take)
}

describe('another take is asked for', () => {
  test.for([
    ['![gen: a fox]()', '![gen: a fox](take=3)'],
    ['![gen: a fox](size=512x512)', '![gen: a fox](size=512x512, take=3)'],
    ['![gen: a fox]( size=512x512 )', '![gen: a fox]( size=512x512, take=3)'],
    ['![gen: a fox](take=2)', '![gen: a fox](take=3)'],
    ['![gen: a fox](take="2", size=512x512)', '![gen: a fox](take=3, size=512x512)'],
    [
      "![gen: take=2 of a fox](size=512x512, take='2')",
      '![gen: take=2 of a fox](size=512x512, take=3)',
    ],
    [
      'Text\r\n\r\n> ![gen: a fox\r\n> in snow](alt="take=1",\r\n> take=1)\r\n',
      'Text\r\n\r\n> ![gen: a fox\r\n> in snow](alt="take=1",\r\n> take=3)\r\n',
    ],
    ['\uFEFF![gen: a fox]()\n', '\uFEFF![gen: a fox](take=3)\n'],
    [
      '---\ntitle: A\n---\n\n![gen: a 🦊](alt=fox) and more',
      '---\ntitle: A\n---\n\n![gen: a 🦊](alt=fox, take=3) and more',
    ],
  ] as const)('in %j', ([source, changed]) => {
    expect(rerolled(source)).toBe(changed)
    const [directive] = parseDirectives(changed, 'post.md')
    expect(directive?.attributes.find(({ name }) => name === 'take')?.value).toBe('3')
  })

  test.for([
    ['![gen: a fox](take=2)', '![gen: a fox]()'],
    ['![gen: a fox](take=2, alt=fox)', '![gen: a fox](alt=fox)'],
    ['![gen: a fox](alt=fox, take=2)', '![gen: a fox](alt=fox)'],
    ['![gen: a fox](alt=fox take="2", size=og )', '![gen: a fox](alt=fox, size=og )'],
    ['![gen: a fox](alt=fox)', '![gen: a fox](alt=fox)'],
    ['> ![gen: a fox](alt="a",\n> take=2)', '> ![gen: a fox](alt="a",\n> take=1)'],
  ] as const)('which is the first, in %j', ([source, changed]) => {
    expect(rerolled(source, 1)).toBe(changed)
    expect(parseDirectives(changed, 'post.md')).toHaveLength(1)
  })

  test('of the second directive of a line alone', () => {
    expect(rerolled('![gen: a fox](take=1) ![gen: a hen](take=1)', 2, 1)).toBe(
      '![gen: a fox](take=1) ![gen: a hen](take=2)',
    )
  })
})

test.for([
  ['---\ncover: "gen: a fox"\n---\n'],
  ['![gen: a fox][wide]\n\n[wide]: <> "size=512x512"\n'],
] as const)('nothing is changed of %j, whose attributes stand elsewhere', ([source]) => {
  const directives = parseDirectives(source, 'post.md')
  for (const directive of directives) expect(withTake(source, directive, 2)).toBeUndefined()
})
