import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import { createContentReader } from '../../packages/core/src/directive/content.ts'
import { makeProject } from '../support/project.ts'
import { compare } from './measure.ts'
import { documentOf, illustratedDocumentOf } from './prose.ts'

const fileCount = 2_000
const fileLength = 10_000
/** Parsing every file takes a minute: this many are parsed, and their time is multiplied. */
const sampleCount = 50
const globs = ['**/*.{md,mdx,markdown,svx}']

describe.for([0, 1, 10])('a site of 20 MB with directives in %i of 100 files', (percent) => {
  test('is listed, read and scanned, against the least that this takes', async () => {
    using project = makeProject(siteOf(percent))
    const { files, directives } = await createContentReader().readAll(project.root, globs, [])
    expect(files).toBe(fileCount)
    expect(directives.length > 0).toBe(percent > 0)
    const sources = readAll(project.root)
    const sample = sources.filter((_source, index) => index % (fileCount / sampleCount) === 0)
    await compare(
      {
        name: `scan of ${files} files, ${percent} % of which hold ${directives.length} directives`,
        run: () => createContentReader().readAll(project.root, globs, []),
      },
      [
        { name: 'readdir, read, `includes`', run: () => readAndSearch(project.root) },
        {
          name: `remark-parse + GFM of all (from ${sampleCount}, by size)`,
          run: () => sample.map(parseWithRemark),
          times: lengthOf(sources) / lengthOf(sample),
        },
      ],
    )
  })
})

function siteOf(percent: number): Readonly<Record<string, string>> {
  const step = percent === 0 ? Number.POSITIVE_INFINITY : 100 / percent
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_none, index) => {
      const isIllustrated = index % step === step - 1
      const source = isIllustrated
        ? illustratedDocumentOf(index, fileLength, 16)
        : documentOf(index, fileLength)
      return [`docs/part-${index % 40}/page-${index}.md`, source] as const
    }),
  )
}

function readAndSearch(root: string): number {
  return markdownFiles(root).filter((path) => readFileSync(path).includes('![gen:')).length
}

function readAll(root: string): readonly string[] {
  return markdownFiles(root).map((path) => readFileSync(path, 'utf8'))
}

function markdownFiles(root: string): readonly string[] {
  return readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(root, 'docs', name))
}

function parseWithRemark(source: string): unknown {
  return unified().use(remarkParse).use(remarkGfm).parse(source)
}

function lengthOf(sources: readonly string[]): number {
  return sources.reduce((sum, source) => sum + source.length, 0)
}
