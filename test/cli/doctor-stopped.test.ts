import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { thisProcess } from '../../packages/core/src/store/claim/holder.ts'
import { fsJournal } from '../../packages/core/src/store/journal.ts'
import { healthy } from '../support/doctoring.ts'
import { gitEnvironment, writeAged } from '../support/git-project.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

test('Ctrl-C while `doctor --fix` waits for another build ends it, and tells what is left', async () => {
  using project = await healthy()
  const { entry, entryFile } = await project.buy('an owl')
  rmSync(project.path(entryFile))
  const intent = { id: 'one', requestHash: entry.requestHash, worstMicroUsd: 50_000 }
  await fsJournal(project.path('.imprompt')).receive(intent, entry)
  const claim = project.path(`.imprompt/claims/${entry.requestHash}/1`)
  mkdirSync(dirname(claim), { recursive: true })
  writeAged(claim, JSON.stringify({ ...thisProcess(), machine: 'another' }))
  // Whoever looks at a claim asks there for the time.
  rmSync(project.path('.imprompt/tmp'), { recursive: true, force: true })

  const child = spawn(process.execPath, [bin, 'doctor', '--fix'], {
    cwd: project.root,
    env: gitEnvironment,
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const stdout = text(child.stdout)
  await expect.poll(() => existsSync(project.path('.imprompt/tmp')), { interval: 5 }).toBe(true)
  child.kill('SIGINT')
  expect(await closed).toBe(0)
  expect(await stdout).toContain('warning  unfinished-purchase')
  expect(await stdout).not.toContain('mended')
  expect(project.has(entryFile)).toBe(false)
})
