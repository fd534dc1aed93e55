import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { sha256Of } from '../../packages/core/src/key/key.ts'
import { elsewhere, expectSettled, isWhole, projectOf, sampleOf } from '../support/faults.ts'
import { fileDisk, fileDiskHindrance, mounted } from '../support/mounts.ts'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { credentials, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { testWhereAllowed } from '../support/skip.ts'

/** Moments between the payment and the end of the build, and that end itself. */
const moments = isWhole ? 24 : 4

/** Copies of a disk while a build pays for a picture, the last one after its end. */
async function cutsWhileBuying(
  openAi: OpenAiDouble,
  project: TestProject,
): Promise<readonly string[]> {
  using disk = fileDisk(project.path('disk'), project.path('.imprompt'))
  const ended = new AbortController()
  const building = runCli(project.root, ['generate'], elsewhere(project)).then(({ code }) => {
    ended.abort()
    return code
  })
  await expect.poll(() => openAi.billed, { interval: 2 }).toHaveLength(1)
  const cuts: string[] = []
  while (!ended.signal.aborted && cuts.length < 200) {
    const cut = project.path(`cut-${cuts.length}`)
    disk.snapshot(cut)
    cuts.push(cut)
    await setTimeout(10)
  }
  expect(await building).toBe(0)
  disk.snapshot(project.path('cut-last'))
  const step = Math.ceil(cuts.length / (moments - 1))
  return [...cuts.filter((_cut, at) => at % step === 0), project.path('cut-last')]
}

/** Originals and entries under their final names that are not whole. */
function halfFilesIn(project: TestProject): readonly string[] {
  return ['originals', 'images'].flatMap((name) => {
    const folder = project.path(`.imprompt/${name}`)
    const paths = existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
          /\.\w+$/.test(path),
        )
      : []
    return paths.filter((path) => {
      const bytes = readFileSync(`${folder}/${path}`)
      if (name === 'images') return !bytes.toString('utf8').endsWith('}\n')
      return !basename(path).startsWith(sha256Of(bytes))
    })
  })
}

testWhereAllowed(fileDiskHindrance())(
  `a power cut at any moment leaves no half file, and loses nothing but an open request${sampleOf('24 moments')}`,
  { timeout: 600_000 },
  async ({ annotate }) => {
    await using openAi = await startOpenAi({ delayMs: 50 })
    using project = projectOf(openAi)
    const cuts = await cutsWhileBuying(openAi, project)
    const unknown: number[] = []
    for (const cut of cuts) {
      await using next = await startOpenAi()
      project.write({ '.env.local': credentials(next.url) })
      using _ = mounted(cut, project.path('.imprompt'))
      expect(halfFilesIn(project), cut).toEqual([])
      // The picture was paid for before the cut: it is there, or that charge is told as unknown.
      unknown.push(await expectSettled({ openAi: next, project, paid: 1 }))
    }
    expect(unknown.at(-1)).toBe(0)
    await annotate(`unknown charges after each cut: ${unknown.join(' ')}`)
  },
)
