import { parse, postprocess, preprocess } from 'micromark'
import { expect, test } from 'vitest'
import { dialectOf } from '../../packages/core/src/directive/dialect.ts'
import { parseDirectives } from '../../packages/core/src/directive/scan.ts'
import { genDirective } from '../../packages/core/src/directive/syntax.ts'
import { compare } from './measure.ts'
import { documentOf, illustratedDocumentOf } from './prose.ts'

const illustrated = illustratedDocumentOf(1, 250_000, 8)
const plain = documentOf(1, 250_000)

test('reading 250 kB with our scanner, against micromark without the construct', async () => {
  const directives = parseDirectives(illustrated, 'page.md').length
  expect(directives).toBeGreaterThan(100)
  await compare(
    {
      name: `scan of 250 kB with ${directives} directives`,
      run: () => parseDirectives(illustrated, 'page.md'),
    },
    [
      { name: 'micromark with the construct', run: () => parseWith(illustrated, [genDirective()]) },
      { name: 'micromark without the construct', run: () => parseWith(illustrated, []) },
      {
        name: 'the document without directives, per byte',
        run: () => parseDirectives(plain, 'page.md'),
        times: illustrated.length / plain.length,
      },
    ],
    15,
  )
  // What the construct itself adds: the target is 1.1 at most.
  await compare(
    {
      name: 'micromark with the construct',
      run: () => parseWith(illustrated, [genDirective()]),
    },
    [{ name: 'micromark without it', run: () => parseWith(illustrated, []) }],
    15,
  )
})

function parseWith(source: string, more: readonly ReturnType<typeof genDirective>[]): unknown {
  const tokenizer = parse({ extensions: [...dialectOf('page.md'), ...more] }).document()
  return postprocess(tokenizer.write(preprocess()(source, undefined, true)))
}
