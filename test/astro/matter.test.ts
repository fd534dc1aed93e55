import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { readMatter } from '../../packages/astro/src/matter.ts'

/** What Astro itself reads front matter with, which it lets nobody else import. */
interface Helpers {
  parseFrontmatter(
    source: string,
    options: { readonly frontmatter: 'empty-with-spaces' },
  ): { readonly frontmatter: unknown; readonly rawFrontmatter: string; readonly content: string }
}

let astro: Helpers
beforeAll(async () => {
  const ours = createRequire(new URL('../../packages/astro/package.json', import.meta.url))
  const theirs = createRequire(ours.resolve('astro/package.json'))
  const path = theirs.resolve('@astrojs/internal-helpers/frontmatter')
  astro = await import(pathToFileURL(path).href)
})

describe('front matter', () => {
  test.for([
    ['of YAML', '---\ntitle: A\ncount: 3\nlist: [1, two]\n---\n\n# Text\n'],
    ['with days and times', '---\nday: 2026-11-30\ntime: 2026-11-30T12:00:00Z\n---\nText'],
    ['with words that older YAML reads as others', '---\na: yes\nb: 012\nc: ~\nd: 1_000\n---\n'],
    ['with anchors', '---\na: &one { gen: a fox }\nb: *one\n---\n'],
    ['of TOML', '+++\ntitle = "A"\nday = 2026-11-30\n[cover]\ngen = "a fox"\n+++\nText\n'],
    ['behind a byte order mark', '\uFEFF---\ntitle: A\n---\nText'],
    ['behind blank lines', '\n\n---\ntitle: A\n---\nText'],
    ['with lines of Windows', '---\r\ntitle: A\r\n---\r\n\r\nText\r\n'],
    ['with dashes in its text', '---\ntitle: A\n---\nText\n\n---\n\nmore\n'],
    ['with a dollar sign', "---\ntitle: $& and $'\n---\n$& text"],
    ['that is empty', '---\n---\nText'],
    ['that is a comment', '---\n# nothing\n---\nText'],
    ['that is not there', '# Text\n\n---\n\nmore'],
    ['of nothing', ''],
  ] as const)('%s is read as Astro does', ([, source]) => {
    const { frontmatter, rawFrontmatter, content } = astro.parseFrontmatter(source, {
      frontmatter: 'empty-with-spaces',
    })
    const { data, text, body } = readMatter(source)
    expect(data).toEqual(frontmatter)
    expect(text).toBe(rawFrontmatter)
    expect(body).toBe(content.trim())
  })
})
