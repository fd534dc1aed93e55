import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requestHashOf } from '../../../packages/core/src/key/key.ts'
import {
  type Bought,
  type GitProject,
  directiveOf,
  makeGitProject,
} from '../../support/git-project.ts'

/** Two branches of one project, each with a purchase; `main` is checked out, where the other one is to be merged. */
async function twoBranches(theirs: string, dates: readonly [ours: string, theirs: string]) {
  const project = makeGitProject({ 'post.md': directiveOf('a hen') }, 'a site')
  await project.buy('a hen')
  project.commit()
  project.git('checkout', '-qb', 'side')
  const side = await project.buy(theirs, { boughtAt: dates[1] }, 'their bytes')
  project.commit()
  project.git('checkout', '-q', 'main')
  const main = await project.buy('a fox', { boughtAt: dates[0] }, 'our bytes')
  project.commit()
  return { ...project, main, side }
}

const [early, late] = ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'] as const

function merge({ git }: GitProject): boolean {
  try {
    git('merge', '-q', '-m', 'merge', 'side')
    return true
  } catch {
    return false
  }
}

async function damageIn(project: GitProject): Promise<readonly unknown[]> {
  return (await (await project.open()).verify()).findings
}

function keptIn(project: GitProject, { entryFile }: Bought): string {
  return JSON.parse(readFileSync(join(project.root, entryFile), 'utf8')).original.sha256
}

test('two branches that bought different pictures merge without a conflict', async () => {
  using project = await twoBranches('an owl', [early, late])
  expect(merge(project)).toBe(true)
  expect(await damageIn(project)).toEqual([])
  const { upkeep } = await project.open()
  expect(await upkeep.checkUp({ isFixing: false })).toEqual({ ailments: [], mended: [] })
})

describe('two branches that bought the same picture', () => {
  test.for([
    ['ours', [early, late]],
    ['theirs', [late, early]],
  ] as const)(
    'keep the earlier purchase, as it is %s, and the bytes of both',
    async ([side, dates]) => {
      using project = await twoBranches('a fox', dates)
      expect(merge(project)).toBe(false)
      const { upkeep } = await project.open()
      const { ailments } = await upkeep.checkUp({ isFixing: false })
      expect(ailments).toMatchObject([
        { code: 'conflict', severity: 'error' },
        { code: 'uncommitted', severity: 'warning' },
      ])

      expect(await upkeep.checkUp({ isFixing: true })).toMatchObject({
        mended: [expect.stringContaining('the earlier purchase is kept')],
      })
      const earlier = side === 'ours' ? project.main : project.side
      expect(keptIn(project, project.main)).toBe(earlier.entry.original.sha256)
      expect(
        [project.main, project.side].map(({ originalFile }) => project.has(originalFile)),
      ).toEqual([true, true])
      expect(await damageIn(project)).toEqual([])
      project.git('commit', '-qm', 'merged')
      expect(project.git('status', '--porcelain')).toBe('')
      expect(await damageIn(project)).toEqual([])
    },
  )

  test('give way to what a person put in its place, though that was later', async () => {
    using project = await twoBranches('a fox', [early, late])
    project.git('checkout', '-q', 'side')
    const { entry } = project.side
    const request = { ...entry.request, adopted: entry.original.sha256 }
    const adopted = await project.buy(
      'a fox',
      {
        boughtAt: late,
        request,
        requestHash: requestHashOf(request),
        adopted: { file: 'fox.png' },
      },
      'edited bytes',
    )
    project.commit()
    project.git('checkout', '-q', 'main')
    expect(merge(project)).toBe(false)
    const { upkeep } = await project.open()
    await upkeep.checkUp({ isFixing: true })
    expect(keptIn(project, project.main)).toBe(adopted.entry.original.sha256)
    const text = readFileSync(join(project.root, project.main.entryFile), 'utf8')
    expect(JSON.parse(text).former).toMatchObject([
      { original: { sha256: project.main.entry.original.sha256 } },
    ])
    expect(await damageIn(project)).toEqual([])
  })

  test('are left alone where the bytes of the earlier one are not those that were bought', async () => {
    using project = await twoBranches('a fox', [late, early])
    merge(project)
    writeFileSync(join(project.root, project.side.originalFile), 'others')
    const { upkeep } = await project.open()
    const { ailments, mended } = await upkeep.checkUp({ isFixing: true })
    expect(mended).toEqual([])
    expect(ailments.map(({ code }) => code)).toContain('conflict')
    expect(project.git('ls-files', '-u')).not.toBe('')
  })

  test('are mended also where the marks of an older version were committed', async () => {
    using project = await twoBranches('a fox', [late, early])
    project.write({ '.imprompt/.gitattributes': 'images/** text eol=lf\n' })
    merge(project)
    expect(await damageIn(project)).not.toEqual([])
    project.commit('with marks')
    const { upkeep } = await project.open()
    const { mended } = await upkeep.checkUp({ isFixing: true })
    expect(mended).toContainEqual(expect.stringContaining('resolved'))
    expect(keptIn(project, project.main)).toBe(project.side.entry.original.sha256)
    expect(await damageIn(project)).toEqual([])
  })

  test('are the one that is left where the other branch deleted it', async () => {
    using project = await twoBranches('an owl', [early, late])
    project.git('checkout', '-q', 'side')
    const hen = await project.buy('a hen', { boughtAt: late })
    project.commit()
    project.git('checkout', '-q', 'main')
    rmSync(join(project.root, hen.entryFile))
    project.commit()
    expect(merge(project)).toBe(false)
    const { upkeep } = await project.open()
    expect((await upkeep.checkUp({ isFixing: true })).mended).toHaveLength(1)
    expect(project.git('ls-files', '-u')).toBe('')
    expect(await damageIn(project)).toEqual([])
    expect(keptIn(project, hen)).toBe(hen.entry.original.sha256)
    expect(keptIn(project, project.main)).toBe(project.main.entry.original.sha256)
  })
})

test('an entry has the same bytes whoever writes it', async () => {
  using project = makeGitProject({ 'post.md': directiveOf('a fox') })
  const { entryFile, entry } = await project.buy('a fox')
  const text = readFileSync(join(project.root, entryFile), 'utf8')
  const backwards = Object.fromEntries(Object.entries(entry).toReversed())
  await project.buy('a fox', backwards)
  expect(readFileSync(join(project.root, entryFile), 'utf8')).toBe(text)
  expect(text).toMatch(/^\{\n {2}"schema": 1,\n {2}"key"/)
})
