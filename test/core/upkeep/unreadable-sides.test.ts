import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Ailment } from '../../../packages/core/src/upkeep/doctor/ailment.ts'
import { entryOfBytes } from '../../support/entries.ts'
import { requestIn } from '../../support/fakes.ts'
import {
  type Bought,
  type GitProject,
  directiveOf,
  gitEnvironment,
  makeGitProject,
} from '../../support/git-project.ts'

/** What a conflict is told as, which `--fix` leaves as it is. */
async function conflictIn(project: GitProject): Promise<Ailment> {
  const { upkeep } = await project.open()
  const { ailments } = await upkeep.checkUp({ isFixing: true })
  const [conflict, ...others] = ailments.filter(({ code }) => code === 'conflict')
  if (conflict === undefined || others.length > 0) throw new Error('expected one conflict')
  return conflict
}

/** The commands of git that a remedy names. */
function commandsIn({ remedy }: Ailment): readonly string[] {
  return [...remedy.matchAll(/`(git [^`]+)`/g)].flatMap(([, command]) => command ?? [])
}

/** Runs one as a person does, somewhere in the repository. */
function run({ root }: GitProject, command: string): string {
  return execFileSync(command, { cwd: root, env: gitEnvironment, shell: true, encoding: 'utf8' })
}

async function expectResolved(project: GitProject): Promise<void> {
  expect(project.git('ls-files', '-u')).toBe('')
  const { upkeep } = await project.open()
  const { ailments } = await upkeep.checkUp({ isFixing: false })
  expect(ailments.filter(({ severity }) => severity === 'error')).toEqual([])
}

type Change = (project: GitProject & { readonly entryFile: string }) => unknown

/** Two branches that changed a store, of which `side` was to be merged into `main`. */
async function bothChanged(ours: Change, theirs: Change): Promise<GitProject & Bought> {
  const made = makeGitProject({ 'post.md': directiveOf('a fox') }, 'a site')
  const project = { ...made, ...(await made.buy('a fox')) }
  project.commit()
  project.git('checkout', '-qb', 'side')
  await theirs(project)
  project.commit()
  project.git('checkout', '-q', 'main')
  await ours(project)
  project.commit()
  expect(() => project.git('merge', '-q', 'side')).toThrow('git')
  return project
}

const spoilt: Change = ({ write, entryFile }) => write({ [entryFile]: '{}\n' })
const boughtAgain: Change = ({ buy }) => buy('a fox', {}, 'their bytes')
const deleted: Change = ({ root, entryFile }) => rmSync(join(root, entryFile))

test('of a side that cannot be read, the other one can be chosen as it is told', async () => {
  using project = await bothChanged(spoilt, boughtAgain)
  const conflict = await conflictIn(project)
  expect(conflict.message).toContain('a side is no entry of this version')
  const [ours = '', theirs = '', add = ''] = commandsIn(conflict)
  run(project, ours)
  expect(readFileSync(join(project.root, project.entryFile), 'utf8')).toBe('{}\n')
  run(project, theirs)
  run(project, add)
  await expectResolved(project)
})

test('of a side that was deleted, none can be chosen', async () => {
  using project = await bothChanged(deleted, spoilt)
  const [theirs = '', add = '', ...others] = commandsIn(await conflictIn(project))
  expect(theirs).toContain('--theirs')
  run(project, theirs)
  run(project, add)
  expect(project.git('ls-files', '-u')).toBe('')
  expect(others).toEqual([])
})

test('of marks that were committed around what cannot be read, an earlier commit is taken', async () => {
  using project = makeGitProject({ 'post.md': directiveOf('a fox') }, 'a site')
  const { entryFile } = await project.buy('a fox')
  project.commit('whole')
  project.write({ [entryFile]: '<<<<<<< HEAD\n{}\n=======\n{\n>>>>>>> side\n' })
  project.commit('marks')
  const [log = '', checkout = ''] = commandsIn(await conflictIn(project))
  expect(run(project, log)).toMatch(/marks[^]*whole/)
  run(project, checkout.replace('COMMIT', 'HEAD~1'))
  await expectResolved(project)
})

test('without a repository, the marks are to be taken out by hand', async () => {
  using project = makeGitProject({ 'post.md': directiveOf('a fox') })
  const { entryFile } = await project.buy('a fox')
  project.write({ [entryFile]: '<<<<<<< HEAD\n{}\n=======\n{\n>>>>>>> side\n' })
  rmSync(join(project.top, '.git'), { recursive: true })
  const conflict = await conflictIn(project)
  expect(conflict.remedy).toContain('take the marks and one side out of it')
  expect(commandsIn(conflict)).toEqual([])
})

test('an entry that git took along with a folder is to be moved back', async () => {
  const neighbour = (entryFile: string): string => {
    for (let at = 0; ; at += 1) {
      const { key } = entryOfBytes(requestIn(directiveOf(`an owl ${at}`)), Buffer.from('bytes'))
      if (entryFile.includes(`/${key.slice(0, 2)}/`)) return `an owl ${at}`
    }
  }
  const moved = (entryFile: string): string => entryFile.replace(/images\/../, 'images/moved')
  using project = await bothChanged(
    ({ git, root, entryFile }) => {
      mkdirSync(dirname(join(root, moved(entryFile))))
      git('mv', `a site/${entryFile}`, `a site/${moved(entryFile)}`)
    },
    ({ buy, entryFile }) => buy(neighbour(entryFile)),
  )
  const conflict = await conflictIn(project)
  expect(conflict.message).toContain('git moved the entry of another picture here')
  const [, own = ''] = /move it to `([^`]+)`/.exec(conflict.remedy) ?? []
  mkdirSync(dirname(join(project.root, '.imprompt', own)), { recursive: true })
  renameSync(
    join(project.root, '.imprompt', conflict.path ?? ''),
    join(project.root, '.imprompt', own),
  )
  for (const command of commandsIn(conflict)) run(project, command)
  // The folder itself is moved still, which is told of each of its files.
  project.git('mv', `a site/${moved(project.entryFile)}`, `a site/${project.entryFile}`)
  await expectResolved(project)
})
