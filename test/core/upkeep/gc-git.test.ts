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
  gitAt,
  gitEnvironment,
  makeGitProject,
  writeAged,
} from '../../support/git-project.ts'

/** Has the current branch follow one of a remote. */
function follow({ git }: GitProject, branch: string): void {
  git('update-ref', `refs/remotes/origin/${branch}`, 'HEAD')
  git('config', 'branch.main.remote', 'origin')
  git('config', 'branch.main.merge', `refs/heads/${branch}`)
  git('config', 'remote.origin.url', 'nowhere')
  git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
}

describe('what git names elsewhere stays', () => {
  /** The owl is committed, and then its name is deleted from the page and its files from the branch. */
  const elsewhere: Readonly<Record<string, (project: GitProject) => unknown>> = {
    'another branch': (project: GitProject) => project.git('branch', 'other', 'HEAD~1'),
    'a remote-tracking branch': (project: GitProject) =>
      project.git('update-ref', 'refs/remotes/origin/other', 'HEAD~1'),
    'a tag': (project: GitProject) => project.git('tag', 'v1', 'HEAD~1'),
    'an annotated tag': (project: GitProject) =>
      project.git('tag', '-a', '-m', 'x', 'v1', 'HEAD~1'),
    'another work tree without a branch': (project: GitProject) =>
      project.git('worktree', 'add', '-q', '--detach', `${project.top}/.wt`, 'HEAD~1'),
    'a ref of some other tool': (project: GitProject) =>
      project.git('update-ref', 'refs/saved/x', 'HEAD~1'),
  }

  test.for([
    ...Object.keys(elsewhere).map((name) => [name, '.'] as const),
    ['another branch', 'sites/the blog [ü]'] as const,
  ])('by %s, of a project in `%s`', async ([name, below]) => {
    using project = await twoPictures(below)
    const { other } = project
    project.write({ 'post.md': directiveOf('a fox') + directiveOf('an owl') })
    project.commit()
    project.write({ 'post.md': directiveOf('a fox') })
    project.commit()
    elsewhere[name]?.(project)
    const { kept, paid } = await collect(project)
    expect(paid).toEqual([])
    expect(kept.map(({ why }) => why.kind)).toEqual(['named'])
    expect(isWhole(project, other)).toBe(true)
  })

  test('but not by the current branch, its upstream and what was there before', async () => {
    using project = await twoPictures()
    project.commit()
    follow(project, 'main')
    project.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    const { paid, notes } = await collect(project)
    expect(paid).toHaveLength(2)
    expect(notes.join()).toContain('`main`, `origin/main`')
  })

  test('and by an upstream whose name ends like that of the current branch', async () => {
    using project = await twoPictures()
    project.commit()
    follow(project, 'alice/main')
    const { kept, notes } = await collect(project)
    expect(kept).toMatchObject([{ why: { kind: 'named', by: ['origin/alice/main'] } }])
    expect(notes.join()).not.toContain('origin/alice/main')
    expect(isWhole(project, project.other)).toBe(true)
  })

  test('and by an upstream of another name', async () => {
    using project = await twoPictures()
    project.commit()
    project.git('checkout', '-q', '-b', 'feature', '--track', 'main')
    expect((await collect(project)).paid).toEqual([])
    expect(isWhole(project, project.other)).toBe(true)
  })

  test('by a stash, also one below the top, and one of new files', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    project.commit()
    const bought: Bought[] = []
    for (const prompt of ['an owl', 'a hen']) {
      bought.push(await project.buy(prompt))
      project.git('stash', 'push', '-q', '--include-untracked')
    }
    for (const prompt of ['an owl', 'a hen']) await project.buy(prompt)
    const { kept } = await collect(project)
    expect(kept.flatMap(({ why }) => (why.kind === 'named' ? why.by : []))).toContain('stash@{1}')
    expect(bought.map((one) => isWhole(project, one))).toEqual([true, true])
  })

  test('by the index, what is staged and not committed', async () => {
    using project = await twoPictures()
    project.write({ 'x.txt': 'x' })
    project.git('add', 'x.txt')
    project.git('commit', '-qm', 'c')
    project.git('add', '-A')
    expect((await collect(project)).paid).toEqual([])
    expect(isWhole(project, project.other)).toBe(true)
  })

  test.for(['on disk', 'in its index'] as const)('by another work tree, %s', async (where) => {
    using project = await twoPictures()
    project.write({ '.gitignore': 'node_modules\n.imprompt\n.wt\n' })
    project.commit()
    const worktree = `${project.top}/.wt`
    project.git('worktree', 'add', '-q', '-b', 'side', worktree)
    const { entryFile, originalFile } = await buyIn(worktree, 'an owl')
    if (where === 'in its index') {
      gitAt(worktree, 'add', '-f', entryFile, originalFile)
      rmSync(join(worktree, '.imprompt'), { recursive: true })
    }
    expect((await collect(project)).paid).toEqual([])
    expect(isWhole(project, project.other)).toBe(true)
  })

  test.for(['a main work tree', 'no main work tree'])(
    'seen from a linked one, of %s',
    async (main) => {
      using project = await twoPictures()
      project.commit()
      const worktree = `${project.top}/.wt`
      project.git('worktree', 'add', '-q', '-b', 'side', worktree)
      if (main === 'no main work tree') project.git('config', 'core.bare', 'true')
      const { upkeep } = await openProject({ folder: worktree, environment: gitEnvironment })
      const { kept, paid } = await upkeep.collect({ ...thorough, graceDays: 0 })
      expect(paid).toEqual([])
      expect(kept).toMatchObject([{ why: { kind: 'named' } }])
    },
  )

  test('by an entry of another branch that pins bytes which are not committed', async () => {
    using project = makeGitProject({
      'post.md': directiveOf('a fox'),
      '.gitignore': 'node_modules\n.imprompt/originals\n',
    })
    const theirs = await project.buy('an owl', {}, 'theirs')
    project.commit()
    project.git('branch', 'other')
    const ours = await project.buy('an owl', {}, 'ours')
    expect(ours.entryFile).toBe(theirs.entryFile)
    project.write({ 'post.md': `${directiveOf('a fox')}${directiveOf('an owl')}` })
    project.commit()
    expect((await collect(project)).paid).toEqual([])
    expect(project.has(theirs.originalFile)).toBe(true)
  })
})

describe('a collection is refused, and deletes nothing,', () => {
  const causes: Readonly<Record<string, (project: GitProject & { other: Bought }) => void>> = {
    'where a directive is unfinished': ({ write }) => write({ 'b.md': '![gen: an owl](\n' }),
    'where a page cannot be parsed': ({ write }) =>
      write({ 'b.md': '---\ncover: { gen: an owl\n---\n' }),
    'where there is no content': ({ root }) => rmSync(join(root, 'post.md')),
    'where one of several globs names nothing': ({ write }) =>
      write({ 'imprompt.config.mjs': `export default { content: ['*.md', 'psots/*.md'] }\n` }),
    'where another project is below, which may use the store': ({ write }) =>
      write({ 'sites/b/imprompt.config.mjs': 'export default {}\n' }),
    'in the midst of a merge': ({ git, write, commit }) => {
      commit()
      git('checkout', '-qb', 'side')
      write({ 'x.txt': '1' })
      commit()
      git('checkout', '-q', 'main')
      write({ 'y.txt': '2' })
      commit()
      git('merge', '-q', '--no-ff', '--no-commit', 'side')
    },
    'in a sparse checkout': ({ git, commit }) => {
      commit()
      git('sparse-checkout', 'set', '--no-cone', '/*')
    },
    'where an object of git is missing': ({ git, commit, top }) => {
      commit()
      git('checkout', '-q', '--orphan', 'lost')
      git('commit', '-qm', 'lost')
      const object = git('rev-parse', 'HEAD').trim()
      git('checkout', '-q', 'main')
      rmSync(join(top, '.git/objects', object.slice(0, 2), object.slice(2)))
    },
    'where another work tree is not there': ({ git, commit, top }) => {
      commit()
      git('worktree', 'add', '-q', '-b', 'side', `${top}/.wt`)
      renameSync(`${top}/.wt`, `${top}/.gone`)
    },
    'where a `.git` is not understood': ({ top }) => rmSync(join(top, '.git/HEAD')),
    'where an entry cannot be read': ({ root, other }) =>
      writeAged(join(root, other.entryFile), '<<<<<<< HEAD\n'),
    'while a build buys': ({ root }) => {
      const claims = join(root, '.imprompt/claims', 'a'.repeat(64))
      mkdirSync(claims, { recursive: true })
      writeAged(join(claims, '1'), JSON.stringify(thisProcess()))
    },
  }

  test.for(Object.keys(causes))('%s', async (name) => {
    using project = await twoPictures()
    causes[name]?.(project)
    await expect(collect(project)).rejects.toMatchObject({
      message: expect.stringMatching(/othing was deleted/),
    })
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
