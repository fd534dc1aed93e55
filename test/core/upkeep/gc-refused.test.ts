import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../../packages/core/src/open-project.ts'
import { thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import { collect, isWhole, thorough, twoPictures } from '../../support/collecting.ts'
import {
  type Bought,
  type GitProject,
  buyIn,
  directiveOf,
  gitEnvironment,
  makeGitProject,
  writeAged,
} from '../../support/git-project.ts'

describe('a collection is refused, and deletes nothing,', () => {
  const causes: Readonly<
    Record<
      string,
      readonly [words: string, cause: (project: GitProject & { other: Bought }) => void]
    >
  > = {
    'where a directive is unfinished': [
      '1 problem in the content, the first at b.md:1',
      ({ write }) => write({ 'b.md': '![gen: an owl](\n' }),
    ],
    'where a page cannot be parsed': [
      'the first at b.md:3:1',
      ({ write }) => write({ 'b.md': '---\ncover: { gen: an owl\n---\n' }),
    ],
    'where there is no content': [
      '`**/*.{md,mdx,markdown,svx}` of `content` name no file',
      ({ root }) => rmSync(join(root, 'post.md')),
    ],
    'where one of several globs names nothing': [
      '`psots/*.md` of `content` name no file',
      ({ write }) =>
        write({ 'imprompt.config.mjs': `export default { content: ['*.md', 'psots/*.md'] }\n` }),
    ],
    'where another project is below, which may use the store': [
      '`sites/b/imprompt.config.mjs` is another project',
      ({ write }) => write({ 'sites/b/imprompt.config.mjs': 'export default {}\n' }),
    ],
    'in the midst of a merge': [
      'A merge is under way',
      ({ git, write, commit }) => {
        commit()
        git('checkout', '-qb', 'side')
        write({ 'x.txt': '1' })
        commit()
        git('checkout', '-q', 'main')
        write({ 'y.txt': '2' })
        commit()
        git('merge', '-q', '--no-ff', '--no-commit', 'side')
      },
    ],
    'in a sparse checkout': [
      'The checkout is sparse',
      ({ git, commit }) => {
        commit()
        git('sparse-checkout', 'set', '--no-cone', '/*')
      },
    ],
    'where an object of git is missing': [
      'is missing; `git fsck` tells more',
      ({ git, commit, top }) => {
        commit()
        git('checkout', '-q', '--orphan', 'lost')
        git('commit', '-qm', 'lost')
        const object = git('rev-parse', 'HEAD').trim()
        git('checkout', '-q', 'main')
        rmSync(join(top, '.git/objects', object.slice(0, 2), object.slice(2)))
      },
    ],
    'where another work tree is not there': [
      '/.wt` is not there',
      ({ git, commit, top }) => {
        commit()
        git('worktree', 'add', '-q', '-b', 'side', `${top}/.wt`)
        renameSync(`${top}/.wt`, `${top}/.gone`)
      },
    ],
    'where a `.git` is not understood': [
      'not a git repository',
      ({ top }) => rmSync(join(top, '.git/HEAD')),
    ],
    'where an entry cannot be read': [
      'cannot be told which bytes it pins',
      ({ root, other }) => writeAged(join(root, other.entryFile), '<<<<<<< HEAD\n'),
    ],
    'while a build buys': [
      'buys the request',
      ({ root }) => {
        const claims = join(root, '.imprompt/claims', 'a'.repeat(64))
        mkdirSync(claims, { recursive: true })
        writeAged(join(claims, '1'), JSON.stringify(thisProcess()))
      },
    ],
  }

  test.for(Object.keys(causes))('%s', async (name) => {
    using project = await twoPictures()
    const [words = '', cause] = causes[name] ?? []
    cause?.(project)
    const collected = collect(project)
    await expect(collected).rejects.toThrow(words)
    await expect(collected).rejects.toThrow(/othing was deleted/)
    expect(project.has(project.other.originalFile)).toBe(true)
  })

  test.for(['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE'])('where %s is set', async (name) => {
    using project = await twoPictures()
    project.commit()
    const { upkeep } = await project.open({ [name]: join(project.top, '.git') })
    await expect(upkeep.collect(thorough)).rejects.toThrow(`\`${name}\` in the environment`)
    expect(isWhole(project, project.other)).toBe(true)
  })

  test('on a shallow clone, unless told', async () => {
    using source = await twoPictures()
    source.commit()
    source.commit()
    using project = makeGitProject({})
    const clone = join(project.top, 'clone')
    project.git('clone', '-q', '--depth', '1', `file://${source.top}`, clone)
    const { upkeep } = await openProject({ folder: clone, environment: gitEnvironment })
    const now = { ...thorough, graceDays: 0 }
    await expect(upkeep.collect(now)).rejects.toMatchObject({ code: 'COLLECTION_REFUSED' })
    expect(existsSync(join(clone, source.other.entryFile))).toBe(true)
    const { paid } = await upkeep.collect({ ...now, despite: ['shallow-clone'] })
    expect(paid).toHaveLength(2)
  })

  test('in a submodule', async () => {
    using source = await twoPictures()
    source.commit()
    using project = makeGitProject({})
    project.git('submodule', '--quiet', 'add', source.top, 'site')
    const folder = join(project.top, 'site')
    const { upkeep } = await openProject({ folder, environment: gitEnvironment })
    await expect(upkeep.collect({ ...thorough, graceDays: 0 })).rejects.toThrow('submodule')
  })

  test('where other projects may use the store, unless told', async () => {
    using project = makeGitProject(
      {
        'post.md': directiveOf('a fox'),
        'imprompt.config.mjs': `export default { store: '../../.imprompt' }\n`,
      },
      'sites/a',
    )
    const other = await buyIn(project.top, 'an owl')
    project.commit()
    await expect(collect(project)).rejects.toThrow('other-projects')
    expect(existsSync(join(project.top, other.originalFile))).toBe(true)
    const { paid } = await collect(project, { despite: ['other-projects'] })
    expect(paid).toHaveLength(2)
  })
})
