import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { thisProcess } from '../../../packages/core/src/store/claim/holder.ts'
import { collect, isGone, isWhole, twoPictures } from '../../support/collecting.ts'
import { age, directiveOf, makeGitProject, writeAged } from '../../support/git-project.ts'

type Files = Readonly<Record<string, string>>

describe('what content names stays', () => {
  test('and the rest goes, entry and original, with what it cost', async () => {
    using project = await twoPictures()
    project.commit()
    const { paid, isDeleted } = await collect(project)
    expect(isDeleted).toBe(true)
    expect(paid.map(({ kind }) => kind)).toEqual(['entry', 'original'])
    expect(paid[0]).toMatchObject({ microUsd: 41_000, prompt: 'an owl', isUncommitted: false })
    expect(isWhole(project, project.named)).toBe(true)
    expect(isGone(project, project.other)).toBe(true)
  })

  test('and nothing goes that was only listed', async () => {
    using project = await twoPictures()
    const { paid } = await collect(project, { isDeleting: false })
    expect(paid).toHaveLength(2)
    expect(isWhole(project, project.other)).toBe(true)
  })

  test.for<readonly [string, Files]>([
    ['a draft', { 'post.md': `---\ndraft: true\n---\n\n${directiveOf('an owl')}` }],
    [
      'front matter',
      { 'post.md': `---\ncover: { gen: an owl, size: 512x512, quality: low }\n---\n` },
    ],
    [
      'the configuration',
      {
        'post.md': directiveOf('a fox'),
        'imprompt.config.mjs': `export default { images: { owl: { prompt: 'an owl', size: '512x512', quality: 'low' } } }\n`,
      },
    ],
    [
      'what a picture is made from, and both are named by its page',
      {
        'post.md': `![gen: an owl](size=512x512, quality=low, alt=x, name=owl)\n\n![gen: at night](vary=owl, alt=y)\n`,
      },
    ],
  ])('in %s', async ([, files]) => {
    using project = await twoPictures()
    project.write(files)
    await collect(project, { isDeleting: true })
    expect(isWhole(project, project.other)).toBe(true)
  })

  const styled = (template: string): string =>
    `export default { styles: { brand: ${JSON.stringify(template)} } }\n`

  test.for<readonly [string, Files, Files]>([
    [
      'where it was bought under a former text of its style',
      {
        'imprompt.config.mjs': styled('{prompt}. In red'),
        'post.md': '![gen: an owl](style=brand, size=512x512, quality=low, alt=x)\n',
      },
      { 'imprompt.config.mjs': styled('{prompt}. In blue') },
    ],
    [
      'where another notation asks for the same',
      { 'post.md': '![gen: an owl](size=512x512, quality=medium, alt=x)\n' },
      { 'post.md': '![gen: an owl](size=512x512, alt=x)\n' },
    ],
    [
      'where it is made from a picture that another notation asks for',
      { 'post.md': '![gen: an owl](size=512x512, quality=medium, alt=x, name=owl)\n' },
      {
        'post.md':
          '![gen: an owl](size=512x512, alt=x, name=owl)\n\n![gen: at night](vary=owl, alt=y)\n',
      },
    ],
  ])('%s', async ([, before, after]) => {
    using project = makeGitProject(before)
    const bought = await project.buyFirst()
    project.write(after)
    expect((await collect(project)).paid).toEqual([])
    expect(isWhole(project, bought)).toBe(true)
    project.write({ 'post.md': directiveOf('a fox') })
    expect((await collect(project)).paid).toHaveLength(2)
  })

  test('and so does an original that another entry pins', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    const named = await project.buy('a fox', {}, 'the same bytes')
    const other = await project.buy('an owl', {}, 'the same bytes')
    expect(other.originalFile).toBe(named.originalFile)
    const { paid } = await collect(project)
    expect(paid).toMatchObject([{ kind: 'entry' }])
    expect(paid[0]?.microUsd).toBeUndefined()
    expect(isWhole(project, named)).toBe(true)
  })
})

describe('what is new stays', () => {
  test.for([
    ['an entry by the day on which it was bought', 'boughtAt'],
    ['an entry by the day on which it was written', 'entryFile'],
    ['an original by the day on which it was written', 'originalFile'],
  ] as const)('%s', async ([, what]) => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    const now = new Date()
    const bought = await project.buy(
      'an owl',
      what === 'boughtAt' ? { boughtAt: now.toISOString() } : {},
    )
    if (what !== 'boughtAt') utimesSync(join(project.root, bought[what]), now, now)
    expect((await collect(project)).kept.map(({ why }) => why.kind)).toContain('young')
    expect(isWhole(project, bought)).toBe(true)
    await collect(project, { graceDays: 0 })
    expect(isGone(project, bought)).toBe(true)
  })

  test('bytes without an entry go once they are old', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    const bought = await project.buy('an owl')
    rmSync(join(project.root, bought.entryFile))
    expect((await collect(project)).paid).toMatchObject([{ kind: 'orphan' }])
    expect(project.has(bought.originalFile)).toBe(false)
  })

  test('bytes that the journal awaits stay for good', async () => {
    using project = makeGitProject({ 'post.md': directiveOf('a fox') })
    const { entry, entryFile, originalFile } = await project.buy('an owl')
    rmSync(join(project.root, entryFile))
    const intent = { id: 'one', requestHash: entry.requestHash, worstMicroUsd: 50_000 }
    await fsJournal(join(project.root, '.imprompt')).receive(intent, entry)
    expect((await collect(project)).kept).toMatchObject([{ why: { kind: 'unfinished' } }])
    expect(project.has(originalFile)).toBe(true)
  })
})

describe('outside of a repository', () => {
  test('the content speaks alone, and that is said', async () => {
    using project = await twoPictures()
    rmSync(join(project.top, '.git'), { recursive: true })
    const { paid, notes } = await collect(project)
    expect(notes.join()).toContain('No git repository')
    expect(paid).toMatchObject([{ isUncommitted: true }, { isUncommitted: true }])
    expect(isGone(project, project.other)).toBe(true)
  })
})

describe('nothing is deleted outside of the store', () => {
  test.for(['originals', 'images', 'derived', 'originals/shard'])(
    'through a link in the place of `%s`',
    async (name) => {
      using project = await twoPictures()
      const { originalFile, entry } = project.other
      const path = name.replace('shard', entry.original.sha256.slice(0, 2))
      const linked = join(project.root, '.imprompt', path)
      const target = join(project.top, 'elsewhere')
      if (name === 'derived') mkdirSync(linked)
      renameSync(linked, target)
      symlinkSync(target, linked)
      if (name === 'derived') writeAged(join(target, 'x.webp'), 'x')
      const { paid, free } = await collect(project)
      const reached = [...paid, ...free].filter((one) => one.path.startsWith(path))
      expect(reached).toEqual([])
      if (path !== 'images') return
      expect(project.has(originalFile)).toBe(true)
    },
  )
})

describe('what costs nothing', () => {
  test('goes once it is of no use', async () => {
    using project = await twoPictures()
    const store = join(project.root, '.imprompt')
    const { requestHash } = project.named.entry
    const gone = { ...thisProcess(), pid: 2 ** 22 + 1 }
    const open = 'b'.repeat(64)
    const files = {
      'tmp/old': '',
      'derived/ab/old.webp': 'x',
      'drafts/old.html': 'x',
      [`claims/${requestHash}/1`]: JSON.stringify(gone),
      [`claims/${open}/1`]: JSON.stringify(gone),
      [`claims/${open}/1.over`]: '',
      [`claims/${open}/2`]: JSON.stringify(gone),
      'claims/batches/1': JSON.stringify(gone),
      'claims/batches/1.beat': '1',
      'claims/batches/2': JSON.stringify(gone),
      'claims/batches/2.over': '',
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(store, name)), { recursive: true })
      writeAged(join(store, name), text)
    }
    project.write({ '.imprompt/derived/ab/new.webp': 'x', '.imprompt/tmp/new': '' })
    project.write({ '.imprompt/drafts/new.html': 'x' })
    const { free } = await collect(project)
    expect(free.map(({ path }) => path).toSorted()).toEqual(
      [
        `claims/${open}/1`,
        `claims/${open}/1.over`,
        `claims/${requestHash}/1`,
        'claims/batches/1',
        'claims/batches/1.beat',
        'derived/ab/old.webp',
        'drafts/old.html',
        'tmp/old',
      ].toSorted(),
    )
    expect(existsSync(join(store, `claims/${open}/2`))).toBe(true)
    expect(existsSync(join(store, 'tmp/new'))).toBe(true)
  })

  test('what was put out of the way is listed, and goes where that is said', async () => {
    using project = await twoPictures()
    const path = join(project.root, '.imprompt/quarantine', 'c'.repeat(64))
    project.write({ [`.imprompt/quarantine/${'c'.repeat(64)}`]: 'bytes' })
    age(path)
    expect((await collect(project)).quarantined).toHaveLength(1)
    expect(existsSync(path)).toBe(true)
    await collect(project, { takesQuarantine: true })
    expect(existsSync(path)).toBe(false)
  })
})
