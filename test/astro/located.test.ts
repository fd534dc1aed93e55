import { ImpromptError } from '@imprompt/core'
import { expect, test } from 'vitest'
import { located } from '../../packages/astro/src/located.ts'

async function told(failure: unknown): Promise<unknown> {
  return located(Promise.reject(failure)).catch((caught: unknown) => caught)
}

test('a failure of ours has the place that it names, and no stack, which Astro would print empty', async () => {
  const failure = new ImpromptError('AUTHORING_PROBLEMS', 'A problem\n  a.md:3:7  It is that')
  expect(await told(failure)).toMatchObject({
    message: failure.message,
    loc: { file: 'a.md', line: 3, column: 7 },
    stack: '',
  })
})

test('any other failure keeps its stack', async () => {
  const failure = new TypeError('a fault')
  const { stack } = failure
  expect(await told(failure)).toMatchObject({ stack })
  expect(await told('a text')).toBe('a text')
})
