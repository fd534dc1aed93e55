import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseDirectives } from '../../../../packages/core/src/directive/scan.ts'
import type { Directive } from '../../../../packages/core/src/directive/directive.ts'
import { openai } from '../../../../packages/core/src/provider/openai/openai.ts'
import type { Problem } from '../../../../packages/core/src/problem.ts'
import { readRequests } from '../../../../packages/core/src/request/read-requests.ts'
import { settingsOf } from '../../../support/fakes.ts'

const folder = fileURLToPath(new URL('../../../../playground/src', import.meta.url))
const files = globSync('**/*.md', { cwd: folder })

function nearIn(directives: readonly Directive[]): readonly (Problem & { kind: 'prompt-near' })[] {
  const styles = { plate: '{prompt}, on a plate', block: '{prompt}, in blocks' }
  const { problems } = readRequests(directives, settingsOf({ styles }, openai()))
  return problems.filter((problem) => problem.kind === 'prompt-near')
}

const examples = files.flatMap((file) => {
  const source = readFileSync(`${folder}/${file}`, 'utf8')
  return parseDirectives(source, file).map((directive) => ({
    directive,
    text: source.slice(directive.start, directive.end),
  }))
})

test('no prompt of the example posts is nearly another one', () => {
  expect(nearIn(examples.map(({ directive }) => directive))).toEqual([])
})

test.for([
  ['one more', (text: string) => text.replace('](', ' tonight]('), 'with `tonight`'],
  ['another', (text: string) => text.replace(/\w+\](?=\()/, 'zeppelin]'), '`zeppelin` for'],
] as const)('a long prompt of theirs with %s word is told as nearly theirs', ([, slip, said]) => {
  const long = examples.filter(({ directive }) => directive.prompt.split(/\s+/).length > 9)
  const told = long.map(({ directive, text }) => {
    const [copy] = parseDirectives(slip(text), 'copy.md')
    const near = copy === undefined ? [] : nearIn([directive, copy])
    return near.map(({ difference, other }) => [difference.includes(said), other])
  })
  expect(long.length).toBeGreaterThan(5)
  expect(told).toEqual(long.map(({ directive }) => [[true, directive.place]]))
})
