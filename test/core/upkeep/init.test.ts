import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openProject } from '../../../packages/core/src/open-project.ts'
import { directiveOf, gitEnvironment, makeGitProject } from '../../support/git-project.ts'
import { testUnless } from '../../support/skip.ts'

const gitFiles = ['.imprompt/.gitignore', '.imprompt/.gitattributes'] as const
const lfsLine = 'originals/** filter=lfs diff=lfs merge=lfs -text'

function lfsHindrance(): string | undefined {
  try {
    execFileSync('git', ['lfs', 'version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'Git LFS is missing; `apt-get install git-lfs` brings it'
  }
}

test('writes what git must know, once', async () => {
  using project = makeGitProject({})
  const { upkeep } = await project.open()
  expect(await upkeep.initialise({ usesLfs: false })).toEqual(['.gitignore', '.gitattributes'])
  const texts = gitFiles.map((name) => readFileSync(join(project.root, name), 'utf8'))
  expect(texts[1]).toBe(
    'images/** text eol=lf -merge\nledger/** text eol=lf merge=union\noriginals/** -text\n',
  )
  expect(await upkeep.initialise({ usesLfs: false })).toEqual([])
  expect(gitFiles.map((name) => readFileSync(join(project.root, name), 'utf8'))).toEqual(texts)
})

test('adds the lines that an older version did not write after those of a person', async () => {
  using project = makeGitProject({ '.imprompt/.gitignore': '# mine\n/derived/\n/tmp/' })
  const { upkeep } = await project.open()
  await upkeep.initialise({ usesLfs: false })
  const text = readFileSync(join(project.root, gitFiles[0]), 'utf8')
  expect(text).toMatch(/^# mine\n\/derived\/\n\/tmp\/\n\/journal\/\n/)
  expect(text.match(/^\/tmp\/$/gm)).toHaveLength(1)
})

test('changes nothing where Git LFS is not set up', async () => {
  using project = makeGitProject({})
  const { upkeep } = await project.open()
  await expect(upkeep.initialise({ usesLfs: true })).rejects.toMatchObject({ code: 'LFS_MISSING' })
  expect(project.has('.imprompt')).toBe(false)
})

describe('with Git LFS', () => {
  const lfsTest = testUnless(lfsHindrance())

  lfsTest('originals are kept as pointers, and a clone without them buys nothing', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    project.git('lfs', 'install', '--local')
    const { upkeep, verify } = await project.open()
    await upkeep.initialise({ usesLfs: false })
    expect(await upkeep.initialise({ usesLfs: true })).toEqual(['.gitattributes'])
    expect(await upkeep.initialise({ usesLfs: true })).toEqual([])
    const attributes = readFileSync(join(project.root, gitFiles[1]), 'utf8')
    expect(attributes.split('\n')).toEqual([
      'images/** text eol=lf -merge',
      'ledger/** text eol=lf merge=union',
      lfsLine,
      '',
    ])
    const { originalFile } = await project.buy('a fox')
    project.commit()
    expect(project.git('show', `HEAD:${originalFile}`)).toMatch(/^version https:\/\/git-lfs/)
    expect(await upkeep.checkUp({ isFixing: false })).toEqual({ ailments: [], mended: [] })
    expect((await verify()).findings).toEqual([])

    const clone = join(project.top, 'clone')
    project.git('clone', '-q', project.top, clone)
    const cloned = await openProject({ folder: clone, environment: gitEnvironment })
    const { ailments } = await cloned.upkeep.checkUp({ isFixing: true })
    expect(ailments.map(({ code }) => code)).toEqual(['lfs-pointer', 'lfs-not-set-up'])
    expect(ailments[0]?.remedy).toContain('git lfs pull')
    rmSync(clone, { recursive: true })
  })

  lfsTest('a collection keeps what another branch names by a pointer', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    project.git('lfs', 'install', '--local')
    const { upkeep } = await project.open()
    await upkeep.initialise({ usesLfs: true })
    const { originalFile } = await project.buy('an owl')
    project.commit()
    project.git('branch', 'other')
    const options = { isDeleting: true, graceDays: 14, despite: [], takesQuarantine: false }
    expect((await upkeep.collect(options)).paid).toEqual([])
    expect(project.has(originalFile)).toBe(true)
  })
})
