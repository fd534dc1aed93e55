import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { codesIn, healthy, look } from '../../support/doctoring.ts'

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
    expect(ailments).toMatchObject([
      {
        code: 'out-of-the-way',
        severity: 'note',
        remedy: expect.stringMatching(
          /^no purchase here waits for them, .*`imprompt gc --quarantine/,
        ),
      },
    ])
    const { entry } = project.bought
    writeFileSync(project.path(`.imprompt/quarantine/${entry.original.sha256}`), 'bytes')
    const intent = { id: 'one', requestHash: entry.requestHash, worstMicroUsd: 50_000 }
    await fsJournal(project.path('.imprompt')).receive(intent, entry)
    const remedies = (await look(project)).ailments.map(({ remedy }) => remedy)
    expect(remedies).toContain(
      '`imprompt doctor --fix`, or the next build that buys, takes them back',
    )
  })
})
