import { expect, test } from 'vitest'
import { readMarkdown } from '../../../packages/core/src/directive/scan.ts'
import { requestFor } from '../../../packages/core/src/request/request.ts'
import { settingsOf } from '../../support/fakes.ts'

const words = 'the quiet harbour at dusk with two small boats '
const megabyte = 1_000_000

test('reads a prompt of 10 MB, and refuses it as too long', { timeout: 300_000 }, () => {
  const prompt = ` ${words.repeat((10 * megabyte) / words.length)}`
  const source = `before ![gen:${prompt}](size=1x1, take=2) after`
  const { directives, problems } = readMarkdown(source, 'page.md')
  const [directive] = directives
  expect(problems).toEqual([])
  expect(directives).toHaveLength(1)
  expect(directive?.prompt === prompt).toBe(true)
  expect([directive?.start, directive?.end]).toEqual([7, source.length - ' after'.length])
  expect(directive && requestFor(directive, settingsOf())).toMatchObject({
    problems: [{ kind: 'prompt-too-long', actual: prompt.trim().length, limit: 100 }],
  })
})

test('reads a directive at the end of a line of 1 MB', { timeout: 300_000 }, () => {
  const line = words.repeat(megabyte / words.length)
  const source = `${line}![gen: a fox](size=1x1)`
  const { directives, problems } = readMarkdown(source, 'page.md')
  expect(problems).toEqual([])
  expect(directives).toMatchObject([{ prompt: ' a fox', start: line.length, end: source.length }])
})

test('reads a directive below a line of 1 MB without one', { timeout: 300_000 }, () => {
  const source = `${words.repeat(megabyte / words.length)}\n\n![gen: a fox](size=1x1)`
  const { directives } = readMarkdown(source, 'page.md')
  expect(directives).toMatchObject([{ prompt: ' a fox', place: { line: 3, column: 1 } }])
})
