import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Patient, codesIn, healthy, look } from '../../support/doctoring.ts'
import { makeGitProject } from '../../support/git-project.ts'

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
      ({ bought, path, commit }) => {
        const bytes = 50_000_001
        writeFileSync(path(bought.originalFile), Buffer.alloc(bytes))
        const text = readFileSync(path(bought.entryFile), 'utf8')
        writeFileSync(path(bought.entryFile), text.replace(/"bytes": \d+/, `"bytes": ${bytes}`))
        commit()
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

  test('a file in a folder that its name does not tell', async () => {
    using project = await healthy()
    const { entryFile } = project.bought
    const other = entryFile.replace(/images\/../, 'images/moved')
    mkdirSync(dirname(project.path(other)))
    renameSync(project.path(entryFile), project.path(other))
    project.commit()
    const { ailments } = await look(project)
    expect(ailments[0]).toMatchObject({ code: 'name', severity: 'error' })
    expect(ailments[0]?.remedy).toBe(`rename it to \`${entryFile.replace('.imprompt/', '')}\``)
    cpSync(project.path(other), project.path(entryFile))
    project.commit()
    expect((await look(project)).ailments).toMatchObject([{ code: 'name', severity: 'note' }])
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
