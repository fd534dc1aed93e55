import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { authoredKeyOf } from '../../packages/core/src/key/key.ts'
import type { ImageRequest } from '../../packages/core/src/request/image-request.ts'
import { requestFor } from '../../packages/core/src/request/request.ts'
import { directiveIn, settingsOf } from '../support/fakes.ts'
import { openai } from '../../packages/core/src/provider/openai/openai.ts'
import { compare } from './measure.ts'
import { directiveText } from './prose.ts'

const count = 10_000

test('understanding and naming 10,000 directives, against hashing their text', async () => {
  const texts = Array.from({ length: count }, (_none, index) => directiveText(index))
  const directives = texts.map(directiveIn)
  const settings = settingsOf({}, openai())
  const understand = (): readonly ImageRequest[] =>
    directives.flatMap((directive) => {
      const answer = requestFor(directive, settings)
      return 'request' in answer ? [answer.request] : []
    })
  const requests = understand()
  expect(new Set(requests.map(authoredKeyOf)).size).toBe(count)

  const plain = {
    name: 'SHA-256 of the same text',
    run: () => texts.map((text) => hash('sha256', text, 'hex')),
  }
  await compare(
    { name: '10,000 × requestFor + authoredKeyOf', run: () => understand().map(authoredKeyOf) },
    [plain],
    9,
  )
  await compare({ name: '10,000 × requestFor', run: understand }, [plain], 9)
  await compare(
    { name: '10,000 × authoredKeyOf', run: () => requests.map(authoredKeyOf) },
    [plain],
    9,
  )
})
