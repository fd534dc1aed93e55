import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import type { Checkup } from '../../../packages/core/src/upkeep/doctor/ailment.ts'
import { type GitProject, directiveOf, makeGitProject } from '../../support/git-project.ts'

async function look(project: GitProject, isFixing = false): Promise<Checkup> {
  const { upkeep } = await project.open()
  return upkeep.checkUp({ isFixing })
}

function codesIn({ ailments }: Checkup): readonly string[] {
  return [...new Set(ailments.map(({ code }) => code))].toSorted()
}

/** A project with a picture that was bought, committed with all that the tool writes. */
async function healthy(below?: string) {
  const project = makeGitProject({ 'post.md': directiveOf('a fox') }, below)
  const bought = await project.buy('a fox')
  project.commit()
  return { ...project, bought, path: (name: string) => join(project.root, name) }
}

type Patient = Awaited<ReturnType<typeof healthy>>

test.for(['.', 'sites/the blog [ü]'])('a store in `%s` that is well', async (below) => {
  using project = await healthy(below)
  const well = { ailments: [], mended: [] }
  expect(await look(project)).toEqual(well)
  expect(await look(project, true)).toEqual(well)
  expect(project.git('status', '--porcelain')).toBe('')
})

test('no store at all is well', async () => {
  using project = makeGitProject({})
  expect(await look(project)).toEqual({ ailments: [], mended: [] })
})

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`

describe('an ailment is told by its code', () => {
  const causes: Readonly<
    Record<string, readonly [severity: string, code: string, cause: (one: Patient) => void]>
  > = {
    'a pointer of Git LFS': [
      'error',
      'lfs-pointer',
      ({ path, bought, commit }) => {
        writeFileSync(path(bought.originalFile), pointer)
        commit()
      },
    ],
    'attributes of another folder that convert originals': [
      'warning',
      'attributes',
      ({ write, commit }) => {
        write({ '.imprompt/originals/.gitattributes': '* text\n' })
        commit()
      },
    ],
    'a rule that hides entries': [
      'error',
      'hidden',
      ({ top, commit }) => {
        writeFileSync(join(top, '.gitignore'), 'node_modules\n*.json\n!package.json\n')
        commit()
      },
    ],
    'a rule that hides the whole store': [
      'error',
      'hidden',
      ({ top, commit }) => {
        writeFileSync(join(top, '.gitignore'), 'node_modules\n.imprompt\n')
        commit()
      },
    ],
    'a file of this machine in git': [
      'warning',
      'local-committed',
      ({ write, git, top, root, commit }) => {
        write({ '.imprompt/report.json': '{}' })
        git('add', '-f', join(root, '.imprompt/report.json').slice(top.length + 1))
        commit()
      },
    ],
    'a purchase that is not committed': [
      'warning',
      'uncommitted',
      ({ bought, git }) => git('rm', '-q', '--cached', bought.originalFile),
    ],
    'an original that is gone': [
      'error',
      'bytes-missing',
      ({ bought, path, commit }) => {
        rmSync(path(bought.originalFile))
        commit()
      },
    ],
    'bytes that no entry pins': [
      'note',
      'bytes-of-nobody',
      ({ bought, path, commit }) => {
        rmSync(path(bought.entryFile))
        commit()
      },
    ],
    'an entry that is none': [
      'error',
      'entry-damaged',
      ({ bought, path, commit }) => {
        writeFileSync(path(bought.entryFile), '{}\n')
        commit()
      },
    ],
    'more than clones like to fetch': [
      'note',
      'size',
      ({ bought, path, git }) => {
        writeFileSync(path(bought.originalFile), Buffer.alloc(50_000_001))
        git('update-index', '--assume-unchanged', bought.originalFile)
      },
    ],
  }

  test.for(Object.keys(causes))('%s', async (name) => {
    using project = await healthy()
    const [severity, code, cause] = causes[name] ?? []
    cause?.(project)
    const checkup = await look(project)
    expect(codesIn(checkup).filter((one) => one !== 'name')).toEqual([code])
    expect(checkup.ailments.find((one) => one.code === code)?.severity).toBe(severity)
  })

  test('a name that is not in lower case', async () => {
    using project = await healthy()
    const { entryFile } = project.bought
    const other = entryFile.replace(/[^/]+\.json$/, (name) =>
      name.toUpperCase().replace('JSON', 'json'),
    )
    renameSync(project.path(entryFile), project.path(other))
    project.commit()
    const { ailments } = await look(project)
    expect(ailments.map(({ code }) => code)).toEqual(['name', 'bytes-of-nobody'])
    expect(ailments[0]?.remedy).toContain(entryFile.replace('.imprompt/', ''))
  })

  test('a file of an unknown kind, which may be of a newer version and is not to be deleted', async () => {
    using project = await healthy()
    const path = project.bought.originalFile.replace('.png', '.avif').replace('.imprompt/', '')
    project.write({ [`.imprompt/${path}`]: 'bytes' })
    project.commit()
    const { ailments } = await look(project, true)
    expect(ailments).toMatchObject([{ code: 'name', severity: 'note', path }])
    expect(ailments[0]?.remedy).toMatch(/^move it out of the store, and keep it/)
    expect(project.has(`.imprompt/${path}`)).toBe(true)
  })

  test('a repository that git may mistake for another one', async () => {
    using project = await healthy()
    const { upkeep } = await project.open({ GIT_DIR: '.git' })
    const checkup = await upkeep.checkUp({ isFixing: true })
    expect(codesIn(checkup)).toEqual(['git'])
  })

  test('no repository', async () => {
    using project = await healthy()
    rmSync(join(project.top, '.git'), { recursive: true })
    expect(codesIn(await look(project))).toEqual(['git'])
  })
})

describe('what is safe is mended', () => {
  test('rules of git, without touching those of a person', async () => {
    using project = await healthy()
    project.write({
      '.imprompt/.gitignore': '# mine\n/derived/\n!/report.json\n',
      '.imprompt/.gitattributes': 'images/** linguist-generated\n',
    })
    project.commit()
    expect(codesIn(await look(project))).toEqual(['attributes', 'local-not-ignored'])
    await look(project, true)
    const attributes = readFileSync(project.path('.imprompt/.gitattributes'), 'utf8')
    expect(attributes).toMatch(
      /^images\/\*\* linguist-generated\nimages\/\*\* text eol=lf -merge\n/,
    )
    const ignored = readFileSync(project.path('.imprompt/.gitignore'), 'utf8')
    expect(ignored).toMatch(/^# mine\n\/derived\/\n!\/report\.json\n\/journal\/\n/)
    expect(ignored).not.toMatch(/^\/report\.json$/m)
    project.commit()
    expect(codesIn(await look(project))).toEqual(['local-not-ignored'])
    expect((await look(project)).ailments[0]?.message).toContain('`report.json`')
  })

  test('line ends', async () => {
    using project = await healthy()
    const path = project.path(project.bought.entryFile)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll('\n', '\r\n'))
    expect(codesIn(await look(project))).toContain('line-ends')
    const { mended, ailments } = await look(project, true)
    expect(mended).toHaveLength(1)
    expect(ailments).toEqual([])
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  test.for(['as they were bought', 'as others'] as const)(
    'a lost entry, where its bytes are there %s',
    async (how) => {
      using project = await healthy()
      const { entryFile, originalFile } = project.bought
      const text = readFileSync(project.path(entryFile), 'utf8')
      rmSync(project.path(entryFile))
      if (how === 'as others') writeFileSync(project.path(originalFile), 'others')
      await look(project, true)
      expect(project.has(entryFile)).toBe(how === 'as they were bought')
      if (how === 'as others') return
      expect(readFileSync(project.path(entryFile), 'utf8')).toBe(text)
    },
  )

  test('an unfinished purchase, once, for nothing', async () => {
    using project = await healthy()
    const { entry, entryFile, originalFile } = await project.buy('an owl')
    rmSync(project.path(entryFile))
    const intent = { id: 'one', requestHash: entry.requestHash, worstMicroUsd: 50_000 }
    const journal = fsJournal(project.path('.imprompt'))
    await journal.receive(intent, entry)
    expect(codesIn(await look(project))).toContain('unfinished-purchase')
    const { mended, ailments } = await look(project, true)
    expect(mended).toEqual(['stored 1 unfinished of 1'])
    expect(ailments.map(({ code }) => code)).toEqual(['uncommitted'])
    expect([project.has(entryFile), project.has(originalFile)]).toEqual([true, true])
    expect(await journal.verdicts()).toEqual(new Map())
  })

  test('but no unknown charge, which is told with its worst case', async () => {
    using project = await healthy()
    const { requestHash } = project.bought.entry
    await fsJournal(project.path('.imprompt')).begin({
      id: 'one',
      requestHash,
      worstMicroUsd: 50_000,
    })
    const { ailments, mended } = await look(project, true)
    expect(mended).toEqual([])
    expect(ailments).toMatchObject([{ code: 'unknown-charge', severity: 'warning' }])
    expect(ailments[0]?.message).toContain('$0.05')
  })

  test('and what lies out of the way is told', async () => {
    using project = await healthy()
    const name = 'c'.repeat(64)
    mkdirSync(project.path('.imprompt/quarantine'))
    writeFileSync(project.path(`.imprompt/quarantine/${name}`), 'bytes')
    const { ailments } = await look(project)
    expect(ailments).toMatchObject([{ code: 'out-of-the-way', severity: 'note' }])
  })
})
