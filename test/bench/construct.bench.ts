import { parse, postprocess, preprocess } from 'micromark'
import { expect, test } from 'vitest'
import { dialectOf } from '../../packages/core/src/directive/dialect.ts'
import { parseDirectives } from '../../packages/core/src/directive/scan.ts'
import { compare } from './measure.ts'
import { documentOf, illustratedDocumentOf } from './prose.ts'

const illustrated = illustratedDocumentOf(1, 250_000, 8)
const plain = documentOf(1, 250_000)

test('reading 250 kB with our construct, against the same parse without it', async () => {
  const directives = parseDirectives(illustrated, 'page.md').length
  expect(directives).toBeGreaterThan(100)
  await compare(
    {
      name: `parse of 250 kB with ${directives} directives`,
      run: () => parseDirectives(illustrated, 'page.md'),
    },
    [
      { name: 'the same without the construct', run: () => parseWithout(illustrated) },
      {
        name: 'the document without directives, per byte',
        run: () => parseDirectives(plain, 'page.md'),
        times: illustrated.length / plain.length,
      },
    ],
    15,
  )
})

function parseWithout(source: string): unknown {
  const tokenizer = parse({ extensions: dialectOf('page.md') }).document()
  return postprocess(tokenizer.write(preprocess()(source, undefined, true)))
}
