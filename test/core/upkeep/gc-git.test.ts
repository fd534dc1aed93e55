import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../../packages/core/src/open-project.ts'
import type { Kept } from '../../../packages/core/src/upkeep/gc/collection.ts'
import { collect, isWhole, thorough, twoPictures } from '../../support/collecting.ts'
import {
  type Bought,
  type GitProject,
  buyIn,
  directiveOf,
  gitAt,
  gitEnvironment,
  makeGitProject,
} from '../../support/git-project.ts'

/** Has the current branch follow one of a remote. */
function follow({ git }: GitProject, branch: string): void {
  git('update-ref', `refs/remotes/origin/${branch}`, 'HEAD')
  git('config', 'branch.main.remote', 'origin')
  git('config', 'branch.main.merge', `refs/heads/${branch}`)
  git('config', 'remote.origin.url', 'nowhere')
  git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
}

/** Collects where nothing may go; answers by whom it is told to be named, or why else it stays. */
async function whoKeeps(project: GitProject): Promise<readonly string[]> {
  const { kept, paid } = await collect(project)
  expect(paid).toEqual([])
  return namersIn(kept)
}

function namersIn(kept: readonly Kept[]): readonly string[] {
  const names = kept.flatMap(({ why }) => (why.kind === 'named' ? why.by : [why.kind]))
  return [...new Set(names)].toSorted()
}

describe('what git names elsewhere stays', () => {
  /** The owl is committed, and then its name is deleted from the page: what still names it, and how that is called. */
  const elsewhere: Readonly<
    Record<string, readonly [by: string, name: (project: GitProject) => unknown]>
  > = {
    'another branch': ['other', ({ git }) => git('branch', 'other', 'HEAD~1')],
    'a remote-tracking branch': [
      'origin/other',
      ({ git }) => git('update-ref', 'refs/remotes/origin/other', 'HEAD~1'),
    ],
    'a tag': ['v1', ({ git }) => git('tag', 'v1', 'HEAD~1')],
    'an annotated tag': ['v2', ({ git }) => git('tag', '-a', '-m', 'x', 'v2', 'HEAD~1')],
    'another work tree without a branch': [
      'TOP/.wt',
      ({ git, top }) => git('worktree', 'add', '-q', '--detach', `${top}/.wt`, 'HEAD~1'),
    ],
    'a ref of some other tool': [
      'refs/saved/x',
      ({ git }) => git('update-ref', 'refs/saved/x', 'HEAD~1'),
    ],
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
    const [by = '', make] = elsewhere[name] ?? []
    make?.(project)
    expect(await whoKeeps(project)).toEqual([by.replace('TOP', project.top)])
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
    expect(await whoKeeps(project)).toEqual(['origin/alice/main'])
    expect(isWhole(project, project.other)).toBe(true)
  })

  test('and by an upstream of another name', async () => {
    using project = await twoPictures()
    project.commit()
    project.git('checkout', '-q', '-b', 'feature', '--track', 'main')
    expect(await whoKeeps(project)).toEqual(['main'])
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
    expect(await whoKeeps(project)).toEqual(['stash@{0}', 'stash@{1}'])
    expect(bought.map((one) => isWhole(project, one))).toEqual([true, true])
  })

  test('by the index, what is staged and not committed', async () => {
    using project = await twoPictures()
    project.write({ 'x.txt': 'x' })
    project.git('add', 'x.txt')
    project.git('commit', '-qm', 'c')
    project.git('add', '-A')
    expect(await whoKeeps(project)).toEqual(['the index'])
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
    expect(await whoKeeps(project)).toEqual([worktree])
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
      expect(namersIn(kept)).toEqual(
        main === 'no main work tree' ? ['main'] : [project.top, 'main'],
      )
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
    expect(await whoKeeps(project)).toEqual(['other'])
    expect(project.has(theirs.originalFile)).toBe(true)
  })
})
