import fc from 'fast-check'
import { expect, test } from 'vitest'
import { directivesInData } from '../../../../packages/core/src/directive/front-matter/directives-in-data.ts'
import { mayHoldInFrontMatter } from '../../../../packages/core/src/directive/front-matter/may-hold.ts'
import { readFrontMatter } from '../../../../packages/core/src/directive/front-matter/front-matter.ts'
import { dataOf, expectExactEdits, expectOnlyUrls, urlsFor } from './replaced.ts'
import { tomlDocuments } from './toml-documents.ts'
import { yamlDocuments } from './yaml-documents.ts'

const place = { file: 'fox.md', line: 1, column: 1 }

test.for([
  ['YAML', yamlDocuments, expectExactEdits],
  ['TOML', tomlDocuments, (): void => undefined],
] as const)('puts nothing but URLs into %s, whatever its notation', ([, documents, expectMore]) => {
  let found = 0
  fc.assert(
    fc.property(documents, (source) => {
      expect(readFrontMatter(source, 'fox.md')?.problems, source).toEqual([])
      const paths = urlsFor(source).map(({ path }) => JSON.stringify(path))
      const inData = directivesInData(dataOf(source), place)
      expect(paths.toSorted()).toEqual(inData.map(({ path }) => JSON.stringify(path)).toSorted())
      if (paths.length === 0) return
      found += paths.length
      expect(mayHoldInFrontMatter(source)).toBe(true)
      expectOnlyUrls(source)
      expectMore(source)
    }),
    { numRuns: 500 },
  )
  expect(found).toBeGreaterThan(500)
})
