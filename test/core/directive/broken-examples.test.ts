import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readMarkdown } from '../../../packages/core/src/directive/scan.ts'

const folder = fileURLToPath(new URL('../../../playground/src', import.meta.url))

/** Every directive in the text of the example posts, with its post and its own text. */
const directives = globSync('**/*.md', { cwd: folder }).flatMap((file) => {
  const source = readFileSync(`${folder}/${file}`, 'utf8')
  const read = readMarkdown(source, file).directives
  return read.map(({ start, end, place }) => {
    return { source, start, end, place, text: source.slice(start, end), count: read.length }
  })
})

test('the example posts hold directives of more than one form, and none is broken', () => {
  expect(directives.length).toBeGreaterThan(15)
  expect(directives.filter(({ text }) => text.includes('"')).length).toBeGreaterThan(5)
  const problems = directives.flatMap(
    ({ source, place }) => readMarkdown(source, place.file).problems,
  )
  expect(problems).toEqual([])
})

describe('a slip of the pen in any directive of an example post', () => {
  test.for<readonly [string, (text: string) => string, string]>([
    ['no end', (text) => text.slice(0, -1), 'directive-unfinished'],
    ['no end of its prompt', (text) => text.replace('](', '('), 'directive-unfinished'],
    ['no beginning of its attributes', (text) => text.replace('](', ']'), 'directive-unfinished'],
    ['a gap before its attributes', (text) => text.replace('](', '] ('), 'directive-unfinished'],
    [
      'a quote that is not closed',
      (text) => text.replace(/"(?=[^"]*$)/, ''),
      'directive-unfinished',
    ],
    ['a capital', (text) => text.replace('![gen:', '![Gen:'), 'directive-misspelt'],
    ['a blank too many', (text) => text.replace('![gen:', '![ gen:'), 'directive-misspelt'],
  ])('is told where it stands, and buys nothing there: %s', ([, slip, kind]) => {
    const slipped = directives.filter(({ text }) => slip(text) !== text)
    expect(slipped.length).toBeGreaterThan(5)
    for (const { source, start, end, place, text, count } of slipped) {
      const broken = source.slice(0, start) + slip(text) + source.slice(end)
      const read = readMarkdown(broken, place.file)
      expect(read.problems.map((problem) => [problem.kind, problem.place])).toEqual([[kind, place]])
      expect(read.directives).toHaveLength(count - 1)
    }
  })
})
