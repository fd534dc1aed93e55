import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { createContentReader } from '../../../packages/core/src/directive/content.ts'
import { makeProject } from '../../support/project.ts'

const globs = ['**/*.{md,mdx}']
const directive = '![gen: a fox]()'

describe('the content of a project', () => {
  test('is what the globs name, less what git ignores, dot folders and output', async () => {
    using project = makeProject({
      '.gitignore': 'drafts/\n',
      'posts/a.md': directive,
      'posts/deep/b.mdx': directive,
      'posts/c.txt': directive,
      'drafts/d.md': directive,
      '.obsidian/e.md': directive,
      'dist/f.md': directive,
      'posts/.gitignore': 'g.md\n',
      'posts/g.md': directive,
    })
    execFileSync('git', ['init', '--quiet'], { cwd: project.root })
    const content = await createContentReader().readAll(project.root, globs, ['dist/**'])
    expect(content.files).toBe(2)
    expect(content.directives.map(({ place }) => place.file)).toEqual([
      'posts/a.md',
      'posts/deep/b.mdx',
    ])
  })

  test('answers its directives in the order of files, whatever the disk answers', async () => {
    const files = ['b.md', 'a.md', 'c/a.md', 'B.md'].map((name) => [name, directive] as const)
    using project = makeProject(Object.fromEntries(files))
    const { directives } = await createContentReader().readAll(project.root, globs, [])
    expect(directives.map(({ place }) => place.file)).toEqual(['B.md', 'a.md', 'b.md', 'c/a.md'])
  })

  test('tells an opening that is misspelt, and front matter that asks by itself', async () => {
    using project = makeProject({
      'a.md': '![Gen: a fox](size=16:9)\n',
      'b.md': '---\ncover: "gen: a fox"\n---\n',
      'c.md': `\uFEFF---\nlong: ${'x'.repeat(20_000)}\ncover: { gen: a hen }\n---\n`,
      'd.md': '---\noxygen: 3\n---\n',
    })
    const { problems, directives } = await createContentReader().readAll(project.root, globs, [])
    expect(problems).toMatchObject([{ kind: 'directive-misspelt', place: { file: 'a.md' } }])
    expect(directives.map(({ place }) => place.file)).toEqual(['b.md', 'c.md'])
  })

  test('makes a file that is no MDX a problem at its place', async () => {
    using project = makeProject({ 'a.mdx': `Text\n\n<b>${directive}\n` })
    const { problems, directives } = await createContentReader().readAll(project.root, globs, [])
    expect(directives).toHaveLength(1)
    expect(problems).toEqual([])
    project.write({ 'a.mdx': `Text\n\n{ ${directive}\n` })
    const broken = await createContentReader().readAll(project.root, globs, [])
    expect(broken.problems).toMatchObject([
      { kind: 'file-unreadable', place: { file: 'a.mdx', line: 4 } },
    ])
  })
})
