import { describe, expect, test } from 'vitest'
import { applyFixes } from '../../../packages/core/src/directive/apply-fixes.ts'
import { readMarkdown } from '../../../packages/core/src/directive/scan.ts'
import { readRequests } from '../../../packages/core/src/request/read-requests.ts'
import { settingsOf } from '../../support/fakes.ts'

/** What is left of a document after each safe fix, and the kinds of errors that it still has. */
function fixed(source: string): { readonly text: string; readonly errors: readonly string[] } {
  let text = source
  for (let round = 0; round < 5; round += 1) {
    const { directives, problems } = readMarkdown(text, 'post.md')
    const all = [...problems, ...readRequests(directives, settingsOf()).problems]
    const next = applyFixes(
      text,
      all.flatMap(({ fix }) => fix ?? []),
    )
    if (next === text)
      return { text, errors: all.map(({ kind }) => kind).filter((kind) => kind !== 'alt-missing') }
    text = next
  }
  throw new Error(`the fixes of ${source} do not come to rest`)
}

describe('a fix', () => {
  test.for([
    ['the case of a name', '![gen: a](Size=16:9, ALT="b")', '![gen: a](size=16:9, alt="b")'],
    ['the case of a value', '![gen: a](quality=High)', '![gen: a](quality=high)'],
    ['the case of a quoted value', '![gen: a](fit="Cover")', '![gen: a](fit="cover")'],
    ['the case of both', '![gen: a](Quality=HIGH)', '![gen: a](quality=high)'],
    ['the cross of a size', '![gen: a](size=512X512)', '![gen: a](size=512x512)'],
    ['another cross of a size', '![gen: a](size="512×512")', '![gen: a](size="512x512")'],
    ['a missing comma', '![gen: a](alt="b"title="c")', '![gen: a](alt="b", title="c")'],
    [
      'missing commas',
      `![gen: a](alt='b'title='c'quality=low)`,
      `![gen: a](alt='b', title='c', quality=low)`,
    ],
    [
      'a semicolon and a space',
      '![gen: a](size=16:9; quality=low)',
      '![gen: a](size=16:9, quality=low)',
    ],
    ['a semicolon', '![gen: a](size=16:9;quality=low)', '![gen: a](size=16:9, quality=low)'],
    [
      'missing quotes',
      '![gen: a](alt=a red fox, size=16:9)',
      '![gen: a](alt="a red fox", size=16:9)',
    ],
    ['missing quotes at the end', '![gen: a](alt=a red fox)', '![gen: a](alt="a red fox")'],
    [
      'typographic quotes',
      '![gen: a](alt=“a red fox”, size=16:9)',
      '![gen: a](alt="a red fox", size=16:9)',
    ],
    ['one word in typographic quotes', '![gen: a](alt=“fox”)', '![gen: a](alt="fox")'],
    ['a semicolon after a text', '![gen: a](alt=fox; class=big)', '![gen: a](alt=fox, class=big)'],
    ['low quotes', '![gen: a](alt=„a fox“)', '![gen: a](alt="a fox")'],
    ['the case of the keyword', '![Gen: a](size=16:9)', '![gen: a](size=16:9)'],
    [
      'every line of a quote',
      '> text ![gen: a\n> b](Size=16:9,\n> alt=a red fox)',
      '> text ![gen: a\n> b](size=16:9,\n> alt="a red fox")',
    ],
    ['a file with a byte order mark', '\uFEFF![gen: a](Size=16:9)', '\uFEFF![gen: a](size=16:9)'],
    ['CRLF', 'a\r\n\r\n![gen: a](Size=16:9)\r\n', 'a\r\n\r\n![gen: a](size=16:9)\r\n'],
    [
      'a table',
      '| a |\n| - |\n| ![gen: a \\| b](Fit=Cover) |',
      '| a |\n| - |\n| ![gen: a \\| b](fit=cover) |',
    ],
  ] as const)('mends %s', ([, source, expected]) => {
    expect(fixed(source)).toEqual({ text: expected, errors: [] })
  })

  test.for([
    ['![gen: a](sise=16:9)', 'attribute-unknown'],
    ['![gen: a](alt=fox sise=1024x1024)', 'attribute-unknown'],
    ['![gen: a](alt=fox href=./a.png)', 'attribute-unknown'],
    ['![gen: a](alt=“one two”;size=square)', 'attribute-malformed'],
    ['![gen: a](alt=fox dark)', 'attribute-unknown'],
    ['![gen: a](alt=fox pirority)', 'attribute-unknown'],
    ['![gen: a](size=huge)', 'attribute-value'],
    ['![gen: a](alt="b"size)', 'attribute-malformed'],
    ['![gen: a](alt="b" "c")', 'attribute-malformed'],
    ['![gen: a](size=16:9 red)', 'attribute-unknown'],
    ['![gen: a', 'directive-unfinished'],
  ] as const)('does not guess what %j means', ([source, kind]) => {
    const { text, errors } = fixed(source)
    expect(text).toBe(source)
    expect([...new Set(errors)]).toEqual([kind])
  })

  test('that does not fit its text is left out, and so is one that overlaps another', () => {
    const place = { file: 'a.md', line: 1, column: 3 }
    expect(applyFixes('abcdef', [{ place, actual: 'xx', text: 'yy' }])).toBe('abcdef')
    expect(applyFixes('abcdef', [{ place: { ...place, line: 9 }, actual: 'c', text: 'y' }])).toBe(
      'abcdef',
    )
    expect(
      applyFixes('abcdef', [
        { place, actual: 'cd', text: '12' },
        { place: { ...place, column: 4 }, actual: 'de', text: '34' },
        { place: { ...place, column: 5 }, actual: 'e', text: '5' },
      ]),
    ).toBe('ab125f')
  })
})
