import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Ailment } from '../../../packages/core/src/upkeep/doctor/ailment.ts'
import { checkupText } from '../../../packages/core/src/upkeep/doctor/checkup-text.ts'
import { thorough } from '../../support/collecting.ts'
import { type Patient, healthy, look } from '../../support/doctoring.ts'
import { directiveOf } from '../../support/git-project.ts'

const below = 'sites/blog'

function restoring(file: string): string {
  return `\`git restore -- ":/${below}/${file}"\``
}

/** Does what a remedy says, as far as it is a command of git. */
function follow(project: Patient, { remedy }: Ailment): void {
  const [, path = ''] = /^`git restore -- "([^"]+)"`/.exec(remedy) ?? []
  project.git('restore', '--', path)
}

const damages: Readonly<Record<string, readonly [code: string, damage: (one: Patient) => string]>> =
  {
    'an original that was emptied': [
      'bytes-damaged',
      ({ bought, path }) => {
        writeFileSync(path(bought.originalFile), '')
        return bought.originalFile
      },
    ],
    'an original of other bytes, as many': [
      'bytes-damaged',
      ({ bought, path }) => {
        const bytes = readFileSync(path(bought.originalFile))
        bytes[0] = (bytes[0] ?? 0) ^ 1
        writeFileSync(path(bought.originalFile), bytes)
        return bought.originalFile
      },
    ],
    'an original that was deleted': [
      'bytes-missing',
      ({ bought, path }) => {
        rmSync(path(bought.originalFile))
        return bought.originalFile
      },
    ],
    'an entry that was deleted': [
      'deleted',
      ({ bought, path }) => {
        rmSync(path(bought.entryFile))
        return bought.entryFile
      },
    ],
    'an entry that is none': [
      'entry-damaged',
      ({ bought, path }) => {
        writeFileSync(path(bought.entryFile), '{}\n')
        return bought.entryFile
      },
    ],
    'an entry of another request': [
      'entry-damaged',
      ({ bought, path }) => {
        const text = readFileSync(path(bought.entryFile), 'utf8')
        writeFileSync(path(bought.entryFile), text.replace('"a fox"', '"a dog"'))
        return bought.entryFile
      },
    ],
  }

const changes = {
  'picture that content names': directiveOf('an owl'),
  'content that cannot be told': '![gen: an owl](\n',
} as const

describe('what git holds is no reason to commit its damage', () => {
  test.for(Object.keys(damages))('%s comes back by git', async (name) => {
    using project = await healthy(below)
    const [code = '', damage] = damages[name] ?? []
    const file = damage?.(project) ?? ''
    const { ailments } = await look(project)
    const errors = ailments.filter(({ severity }) => severity === 'error')
    expect(errors).toMatchObject([
      { code, path: file.replace('.imprompt/', ''), place: 'post.md:1:1' },
    ])
    expect(checkupText({ ailments, mended: [] })).toContain(`  error  ${code}  post.md:1:1  `)
    expect(errors[0]?.remedy).toContain(restoring(file))
    expect(checkupText({ ailments, mended: [] })).not.toContain('git add')
    for (const error of errors) follow(project, error)
    expect(await look(project)).toEqual({ ailments: [], mended: [] })
  })

  test('a damaged original whose entry is gone as well', async () => {
    using project = await healthy()
    await project.buy('an owl')
    const { entryFile, originalFile } = project.bought
    rmSync(project.path(entryFile))
    writeFileSync(project.path(originalFile), '')
    const { ailments } = await look(project)
    expect(ailments).toMatchObject([
      { code: 'bytes-damaged', path: originalFile.replace('.imprompt/', '') },
      { code: 'deleted', path: entryFile.replace('.imprompt/', '') },
      { code: 'uncommitted', remedy: expect.stringMatching(/^mend the errors, then commit/) },
      { code: 'bytes-of-nobody' },
    ])
  })

  test('what a collection deleted is no damage, and comes back by git', async () => {
    using project = await healthy(below)
    const { entryFile } = await project.buy('an owl')
    project.commit()
    const { upkeep } = await project.open()
    await upkeep.collect(thorough)
    const { ailments } = await look(project)
    expect(ailments).toMatchObject([
      { code: 'deleted', severity: 'note', path: entryFile.replace('.imprompt/', '') },
    ])
    expect(ailments[0]?.message).toMatch(/^2 files deleted of pictures that no content names/)
    expect(ailments[0]?.remedy).toMatch(/^commit: `git add .*restore/)
    project.commit()
    expect((await look(project)).ailments).toEqual([])
  })

  test.for(['picture that content names', 'content that cannot be told'] as const)(
    'a deleted entry is an error all the same: a %s',
    async (why) => {
      using project = await healthy()
      const owl = await project.buy('an owl')
      project.commit()
      rmSync(project.path(owl.entryFile))
      project.write({ 'owl.md': changes[why] })
      const errors = (await look(project)).ailments.filter(({ severity }) => severity === 'error')
      expect(errors).toMatchObject([{ code: 'deleted' }])
    },
  )

  test('bytes that nobody is known to need are an error where an entry cannot be read', async () => {
    using project = await healthy()
    const owl = await project.buy('an owl')
    project.commit()
    rmSync(project.path(owl.originalFile))
    writeFileSync(project.path(owl.entryFile), '{}\n')
    const errors = (await look(project)).ailments.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ code }) => code)).toEqual(['entry-damaged', 'deleted'])
  })

  test('a ledger that was deleted', async () => {
    using project = await healthy()
    project.write({ '.imprompt/ledger/2026-11/a.jsonl': '' })
    project.commit()
    rmSync(`${project.root}/.imprompt/ledger/2026-11/a.jsonl`)
    expect((await look(project)).ailments).toMatchObject([
      { code: 'deleted', severity: 'error', path: 'ledger/2026-11/a.jsonl' },
    ])
  })
})

describe('what git does not hold', () => {
  test('comes back from elsewhere, or is bought anew', async () => {
    using project = await healthy()
    const { entryFile, originalFile } = await project.buy('an owl')
    rmSync(`${project.root}/${originalFile}`)
    const { ailments } = await look(project)
    expect(ailments).toMatchObject([{ code: 'bytes-missing' }, { code: 'uncommitted' }])
    expect(ailments[0]?.remedy).toContain(`delete \`${entryFile.replace('.imprompt/', '')}\``)
    expect(ailments[0]?.remedy).not.toContain('git restore')
  })

  test('may be on a remote, which is asked first', async () => {
    using project = await healthy()
    project.write({
      'imprompt.config.js':
        "export default { remotes: [(await import('@imprompt/core')).http({ url: 'http://127.0.0.1:9/' })] }\n",
      'post.md': directiveOf('a fox'),
    })
    writeFileSync(project.path(project.bought.originalFile), '')
    const { ailments } = await look(project)
    const damaged = ailments.find(({ code }) => code === 'bytes-damaged')
    expect(damaged?.remedy).toMatch(/^`imprompt pull`; where no remote has it: `git restore /)
  })

  test('is to be committed, also where an entry was written anew', async () => {
    using project = await healthy()
    await project.buy('a fox', {}, 'other bytes')
    expect((await look(project)).ailments).toMatchObject([
      { code: 'uncommitted', severity: 'warning' },
      { code: 'bytes-of-nobody' },
    ])
  })
})

test('a broken line of a ledger is told by its number', async () => {
  using project = await healthy()
  project.write({ '.imprompt/ledger/2026-11/a.jsonl': '\n{"schema":1,"at' })
  project.commit()
  const checkup = await look(project)
  expect(checkup.ailments).toMatchObject([{ code: 'ledger-line', severity: 'warning', line: 2 }])
  expect(checkupText(checkup)).toContain('ledger/2026-11/a.jsonl:2\n')
})
