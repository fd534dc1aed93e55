import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))

test('a command goes on where nobody reads what it says any more', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': '![gen: a fox](size=512x512, quality=low, alt=Fox)\n',
  })
  const { PATH = '' } = process.env
  const options = { cwd: project.root, env: { PATH } }
  const child = spawn(process.execPath, [bin, 'drafts', 'post.md:1', '-n', '2'], options)
  child.stdout.destroy()
  child.stderr.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(openAi.billed).toHaveLength(2)
  const { stdout } = await runCli(project.root, ['verify', '--json'])
  expect(JSON.parse(stdout).ledger).toMatchObject({ bought: 2, unknown: 0 })
})
