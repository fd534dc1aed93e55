import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attemptsIn, expectSettled, projectOf } from '../support/faults.ts'
import { type OpenAiDouble, refusals, startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'

const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
)

interface Building {
  readonly child: ChildProcess
  /** The signal that ended it. */
  readonly ended: Promise<string | null>
}

/** A build of pictures, one at a time. */
function startBuild(project: TestProject, besides = ''): Building {
  project.write({
    'index.html': '<script type="module" src="/main.js"></script>\n',
    'main.js': `import post from './post.md?raw'\ndocument.body.innerHTML = post\n`,
    'imprompt.config.ts': 'export default { concurrency: 1 }\n',
    'vite.config.ts': `import imprompt from 'vite-plugin-imprompt'\n${besides}\nexport default { plugins: [imprompt()] }\n`,
  })
  const env = { PATH: process.env['PATH'] ?? '' }
  const child = spawn(process.execPath, [vite, 'build'], { cwd: project.root, stdio: 'pipe', env })
  const ended = new Promise<string | null>((resolve) =>
    child.on('close', (_code, signal) => resolve(signal)),
  )
  return { child, ended }
}

/** A build when the first of its pictures is paid for. */
async function buildUntilPaid(openAi: OpenAiDouble, project: TestProject): Promise<Building> {
  const building = startBuild(project)
  await expect.poll(() => openAi.billed, { interval: 5 }).toHaveLength(1)
  return building
}

describe('`vite build` that gets', () => {
  test.for([['SIGINT'], ['SIGTERM']] as const)(
    '%s keeps the picture that is paid for, asks for no other, and ends by it',
    async ([signal]) => {
      await using openAi = await startOpenAi({ delayMs: 500 })
      using project = projectOf(openAi, 3)
      const { child, ended } = await buildUntilPaid(openAi, project)
      child.kill(signal)
      expect(await ended).toBe(signal)
      expect(openAi.billed).toHaveLength(1)
      expect(await expectSettled({ openAi, project }, 3)).toBe(0)
    },
  )

  test('two signals ends at once, and leaves an unknown charge on record', async () => {
    await using openAi = await startOpenAi({ delayMs: 2000 })
    using project = projectOf(openAi, 1)
    const { child, ended } = await buildUntilPaid(openAi, project)
    // It has said that it waits.
    child.stderr?.once('data', () => child.kill('SIGTERM'))
    child.kill('SIGINT')
    expect(await ended).toBe('SIGTERM')
    expect(openAi.billed).toHaveLength(1)
    expect(await expectSettled({ openAi, project })).toBe(1)
    expect(openAi.billed).toHaveLength(2)
  })

  test('a signal that others listen to, between two requests, asks for no other', async () => {
    await using openAi = await startOpenAi()
    using project = projectOf(openAi, 3)
    // It waits for two seconds then, and nothing is under way.
    openAi.fail(refusals.rateLimit)
    const { child, ended } = startBuild(project, `process.on('SIGINT', () => {})`)
    await expect.poll(() => openAi.requests, { interval: 5 }).toBe(1)
    await expect.poll(() => attemptsIn(project), { interval: 5 }).toEqual([])
    child.kill('SIGINT')
    expect(await ended).toBe(null)
    expect(child.exitCode).toBe(1)
    expect(openAi.requests).toBe(1)
  })
})
