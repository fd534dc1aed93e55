import { expect, test } from 'vitest'
import { directivesInData } from '../../../../packages/core/src/directive/front-matter/directives-in-data.ts'
import { frontMatterEdits } from '../../../../packages/core/src/directive/front-matter/edits.ts'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { mayHoldInFrontMatter } from '../../../../packages/core/src/directive/front-matter/may-hold.ts'
import { withUrls } from '../../../../packages/core/src/directive/front-matter/with-urls.ts'
import { toml, yaml } from './asked.ts'
import { dataOf, urlsFor } from './replaced.ts'

const size = 100_000

/** As often as it takes to fill it. */
function many(line: (index: number) => string): string {
  const length = Math.ceil(size / line(100_000).length)
  return Array.from({ length }, (_, index) => line(index)).join('')
}

test.for([
  ['keys', yaml(many((n) => `k${n}: 1\n`) + 'cover: gen:a'), 1],
  ['directives', yaml(many((n) => `k${n}: "gen: a"\n`)), 4000],
  ['items', yaml('l:\n' + many((n) => `- gen: a${n}\n`)), 4000],
  ['aliases', yaml('a: &a b\ncover: { gen: &c a }\nl:\n' + many(() => '- *a\n- *c\n')), 1],
  ['anchors', yaml(many((n) => `a${n}: &a${n} { gen: b }\nb${n}: *a${n}\n`)), 1000],
  ['comments', yaml('cover:\n  gen: a\n' + many((n) => `  # gen ${n}\n`)), 1],
  ['blank lines', yaml('cover:\n  gen: >-\n    a\n' + many(() => '\n')), 1],
  ['empty values', yaml('cover: { gen: a }\nl:\n' + many(() => '-  \n')), 1],
  ['keys of TOML', toml(many((n) => `k${n} = 1\n`) + 'cover = "gen: a"'), 1],
  ['directives of TOML', toml(many((n) => `k${n} = "gen: a"\n`)), 4000],
  ['tables of TOML', toml(many((n) => `[k${n}]\na = 1\n`) + 'cover = "gen: a"'), 1],
  ['a list of tables', toml(many((n) => `[[k]]\na = "gen: ${n}"\n`)), 2000],
  ['a deep table', toml(`[${'a.'.repeat(400)}a]\n` + many((n) => `k${n} = "gen: a"\n`)), 4000],
] as const)('reads and edits %s by the thousand', ([, source, least]) => {
  expect(mayHoldInFrontMatter(source)).toBe(true)
  const directives = readFrontMatter(source, 'fox.md')?.directives ?? []
  expect(directives.length).toBeGreaterThanOrEqual(least)
  expect(frontMatterEdits(source, urlsFor(source)).length).toBeGreaterThanOrEqual(least)
})

test('finds and replaces directives in data by the thousand', () => {
  const source = yaml('l:\n' + many((n) => `- gen: a${n}\n`))
  const data = dataOf(source)
  const place = { file: 'fox.md', line: 1, column: 1 }
  expect(directivesInData(data, place).map(({ path }) => path)).toEqual(
    urlsFor(source).map(({ path }) => path),
  )
  expect(directivesInData(withUrls(data, urlsFor(source)), place)).toEqual([])
})

test.for([
  ['fences that do not close', many(() => '---a\n')],
  ['spaces after a fence', `---${' '.repeat(size)}a`],
  ['words', many(() => ' gen gen\n')],
  ['words before a blank', `---\n${'gen '.repeat(size / 4)}\n---`],
  ['words before blank lines', `---\na: >-\n${many(() => '  gen \n   \n')}---`],
  ['backslashes', `---\n${'\\'.repeat(size)}\n---`],
  ['backslashes before blanks', `---\n${many(() => '\\   \n')}---`],
] as const)('denies quickly that %s hold a directive', ([, text]) => {
  expect(mayHoldInFrontMatter(text.startsWith('---') ? text : `---\n${text}`)).toBe(false)
})
