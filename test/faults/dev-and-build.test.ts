import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { expectSettled, projectOf } from '../support/faults.ts'
import { startOpenAi } from '../support/openai-server.ts'
import type { TestProject } from '../support/project.ts'

const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
)

function run(args: readonly string[], project: TestProject): ChildProcess {
  return spawn(process.execPath, [vite, ...args], {
    cwd: project.root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '' },
  })
}

interface DevServer extends AsyncDisposable {
  readonly url: string
}

async function startDev(project: TestProject): Promise<DevServer> {
  const child = run(['--host', '127.0.0.1', '--port', '0'], project)
  const closed = new Promise((resolve) => child.on('close', resolve))
  if (child.stdout === null) throw new Error('the server says nothing')
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (url === undefined) continue
    return {
      url,
      [Symbol.asyncDispose]: async () => {
        child.kill()
        await closed
      },
    }
  }
  throw new Error('the server did not start')
}

test('two servers of development beside a build buy nothing, and show what it bought', async () => {
  await using openAi = await startOpenAi({ delayMs: 1000 })
  using project = projectOf(openAi, 3)
  project.write({
    'index.html': '<script type="module" src="/main.js"></script>\n',
    'main.js': `import post from './post.md?raw'\ndocument.body.innerHTML = post\n`,
    'vite.config.ts': `import imprompt from 'vite-plugin-imprompt'\nexport default { plugins: [imprompt()] }\n`,
  })
  await using one = await startDev(project)
  await using other = await startDev(project)
  const building = run(['build'], project)
  building.stdout?.resume()
  const built = new Promise<number | null>((resolve) => building.on('close', resolve))
  await expect.poll(() => openAi.billed, { interval: 5, timeout: 30_000 }).toHaveLength(3)
  const pages = [one, other].map(async ({ url }) =>
    (await fetch(`${url}/post.md?import&raw`)).text(),
  )
  for (const page of await Promise.all(pages)) expect(page).toContain('@imprompt/')
  expect(await built).toBe(0)
  expect(await expectSettled({ openAi, project }, 3)).toBe(0)
  expect(openAi.billed).toHaveLength(3)
})
