import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Config } from '../../../../packages/core/src/config/config.ts'
import { parseDirectives } from '../../../../packages/core/src/directive/scan.ts'
import { describeProblem, severityOf } from '../../../../packages/core/src/problem.ts'
import { gapHasher } from '../../../../packages/core/src/request/lint/gap-hashes.ts'
import { readRequests } from '../../../../packages/core/src/request/read-requests.ts'
import { directiveIn, fakeProvider, settingsOf } from '../../../support/fakes.ts'

const provider = fakeProvider(() => Promise.reject(new Error('asked')), {
  models: [
    {
      id: 'fake-1',
      aliases: [],
      sizes: { kind: 'grid', step: 16, maxEdge: 4096, maxRatio: 3, minPixels: 1, maxPixels: 1e8 },
      qualities: ['low', 'auto'],
      backgrounds: [],
      honours: ['quality'],
      maxPromptCodePoints: 1_000,
    },
  ],
})

/** The warnings of a document, less those that say that there is no `alt`. */
function warnings(source: string, config: Config = {}, file = 'post.md'): readonly string[] {
  const settings = settingsOf({ quality: 'low', ...config }, provider)
  return readRequests(parseDirectives(source, file), settings)
    .problems.filter(({ kind }) => kind !== 'alt-missing')
    .map((problem) => {
      expect(severityOf(problem), problem.kind).toBe('warning')
      return `${problem.place.line} ${describeProblem(problem)}`
    })
}

describe('a lint', () => {
  test('tells a picture without an alternative text', () => {
    const settings = settingsOf({}, provider)
    const directives = parseDirectives(
      '![gen: a](quality=low) ![gen: b](quality=low, alt="") ![gen: c](quality=low, alt=c)',
      'post.md',
    )
    // The value of front matter that it stands for becomes an address.
    const value = { ...directiveIn('![gen: d](quality=low)'), path: ['cover'] }
    expect(readRequests([...directives, value], settings).problems).toMatchObject([
      { kind: 'alt-missing', place: { column: 1 } },
    ])
  })

  test.for([
    ['\u200B', 'U+200B'],
    ['\u202E', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u00AD', 'U+00AD'],
    ['\u{E0041}', 'U+E0041'],
  ] as const)('tells the invisible character %j', ([character, name]) => {
    expect(warnings(`![gen: a ${character}red fox${character}]()`)).toEqual([
      `1 Unexpected invisible characters ${name} in the prompt, which make it another request than it seems; remove them`,
    ])
  })

  test.for(['👩‍🚀 and 🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'क्‍ष'])('leaves the joiners of %s alone', (prompt) => {
    expect(warnings(`![gen: ${prompt}]()`)).toEqual([])
  })

  test('tells a quality that cannot be priced', () => {
    const text =
      '1 `quality=auto` cannot be priced before it is bought, expected a quality by its name'
    expect(warnings('![gen: a](quality=auto)')).toEqual([text])
    expect(warnings('![gen: a]()', { quality: 'auto' })).toEqual([text])
  })

  test('tells a name that one picture has twice', () => {
    expect(warnings('![gen: a](name=fox)\n![gen: a](name=Fox)')).toEqual([
      '2 The picture named `Fox` stands at post.md:1:1 already; show it again by `use=Fox`',
    ])
    expect(warnings('![gen: a](name=fox)\n![gen: b](use=fox)')).toEqual([])
  })

  test('tells a prompt that another default style shows', () => {
    const config = {
      styles: { one: '{prompt}, one', two: '{prompt}, two' },
      style: { 'a.md': 'one', 'b.md': 'two' },
    }
    const settings = settingsOf({ quality: 'low', ...config }, provider)
    const all = ['a.md', 'b.md'].flatMap((file) => parseDirectives('![gen: a](alt=a)', file))
    expect(readRequests(all, settings).problems).toMatchObject([
      { kind: 'style-shadowed', place: { file: 'b.md' }, other: { file: 'a.md' } },
    ])
  })
})

describe('a near-duplicate', () => {
  const first = 'a red fox under a very old oak'

  test.for([
    ['a red fox under a very old elm', '`elm` for `oak`'],
    ['the red fox under a very old oak', '`the` for `a`'],
    ['a red fox under a old oak', 'without `very`'],
    ['one a red fox under a very old oak', 'with `one`'],
    ['a red fox under a very old oak tree', 'with `tree`'],
    ['A red fox, under a very old oak.', 'the same words'],
  ] as const)('%j is told', ([prompt, difference]) => {
    expect(warnings(`![gen: ${first}]()\n![gen: ${prompt}]()`)).toEqual([
      `2 Nearly the prompt of post.md:1:1 (${difference}), and so another purchase; make them alike if one picture was meant`,
    ])
  })

  test.for([
    ['another prompt', 'a blue owl above a quite new barn'],
    ['two words that differ', 'a red owl under a very old elm'],
    ['one purchase', first],
    ['words that have changed places', 'a fox red under a very old oak'],
  ] as const)('%s is none', ([, prompt]) => {
    expect(warnings(`![gen: ${first}]()\n![gen: ${prompt}]()`)).toEqual([])
  })

  test.for([
    ['![gen: a red fox]()\n![gen: a blue fox]()'],
    [`![gen: ${first}](size=16:9)\n![gen: ${first} tree](size=1:1)`],
    [`![gen: ${first}](take=1)\n![gen: ${first}](take=2)`],
  ])('short prompts and other shapes are none: %j', ([source = '']) => {
    expect(warnings(source)).toEqual([])
  })

  test('shares a hash with whatever differs by a word, and with nothing else', () => {
    const word = constantFrom('a', 'b', 'c', 'd')
    const hashesOf = gapHasher()
    assert(
      property(array(word, { maxLength: 6 }), array(word, { maxLength: 6 }), (one, other) => {
        const shared = hashesOf('s', one).filter((hash) => hashesOf('s', other).includes(hash))
        expect(shared.length > 0).toBe(isWithinAWord(one, other))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Tries every replacement and insertion, as slowly as it takes to be sure. */
function isWithinAWord(one: readonly string[], other: readonly string[]): boolean {
  const gaps = (words: readonly string[]): readonly string[] => [
    ...words.map((_word, index) => words.with(index, '_').join(' ')),
    ...[...words, ''].map((_word, index) => words.toSpliced(index, 0, '_').join(' ')),
  ]
  return gaps(one).some((gap) => gaps(other).includes(gap))
}
