import { describe, expect, test } from 'vitest'
import { describeProblem } from '../../../packages/core/src/problem.ts'
import { openai } from '../../../packages/core/src/provider/openai/openai.ts'
import { requestFor } from '../../../packages/core/src/request/request.ts'
import { directiveIn, settingsOf } from '../../support/fakes.ts'

const settings = settingsOf({}, openai())

function read(attributes: string) {
  return requestFor(directiveIn(`![gen: a fox](${attributes})`), settings)
}

describe('an unknown model of OpenAI', () => {
  test.for([
    ['gpt-image-2.5-flar', 'gpt-image-2.5-flare'],
    ['gpt-image-9', 'gpt-image-2'],
  ] as const)('`%s` is probably `%s`, and no model that retires', ([name, nearest]) => {
    const answer = read(`model=${name}`)
    if (!('problems' in answer)) throw new Error('it is known')
    expect(answer.problems).toMatchObject([{ kind: 'attribute-value', name: 'model', nearest }])
    expect(answer.problems.map(describeProblem).join('')).not.toMatch(/dall-e|gpt-image-1/)
  })
})

test.for([
  ['model=dall-e-3, size=1024x1024', 'standard'],
  ['model=dall-e-3, size=1024x1024, quality=hd', 'hd'],
  ['model=gpt-image-2', 'medium'],
] as const)('%s is asked for in the quality %s', ([attributes, quality]) => {
  expect(read(attributes)).toMatchObject({ request: { request: { quality } } })
})

test('a quality that an author names must be one of the model', () => {
  const answer = read('model=dall-e-3, size=1024x1024, quality=high')
  expect(answer).toMatchObject({ problems: [{ kind: 'attribute-value', name: 'quality' }] })
})
