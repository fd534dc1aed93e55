import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const bin = fileURLToPath(new URL('../../packages/cli/dist/bin.js', import.meta.url))
const vite = join(
  dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin/vite.js',
)

/** Runs in a namespace without a network, of which a user that is not root needs one of its own. */
const alone = [['-n'], ['-r', '-n']].find(
  (flags) => spawnSync('unshare', [...flags, 'true']).status === 0,
)
const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0
const hindrance =
  alone === undefined || !canTrace
    ? 'a build without a network needs `unshare -n` and `strace`, and a kernel that lets them'
    : undefined

/** A project whose pictures are all stored. */
async function boughtProject(): Promise<TestProject> {
  await using openAi = await startOpenAi()
  const project = makeProject({
    '.env.local': credentials(openAi.url),
    'index.html': '<script type="module" src="/main.js"></script>\n',
    'main.js': `import post from './post.md?raw'\ndocument.body.innerHTML = post\n`,
    'vite.config.ts': `import imprompt from 'vite-plugin-imprompt'\nexport default { plugins: [imprompt()] }\n`,
    'post.md': '![gen: fox](size=512x512, quality=low, alt=fox)\n',
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
  return project
}

/** Runs a script where there is no network; answers its calls for sockets of the internet. */
function socketsOf(script: readonly string[], project: TestProject): string {
  mkdirSync(project.path('trace'))
  const trace = project.path('trace/calls')
  const traced = ['strace', '-ff', '-qq', '-o', trace, '-e', 'trace=socket']
  execFileSync('unshare', [...(alone ?? []), ...traced, process.execPath, ...script], {
    cwd: project.root,
    env: { PATH: process.env['PATH'] ?? '', CI: 'true' },
    stdio: 'pipe',
  })
  const names = readdirSync(project.path('trace')).map((name) => project.path(`trace/${name}`))
  return spawnSync('grep', ['-h', 'AF_INET', ...names], { encoding: 'utf8' }).stdout
}

describe('without a network, and without asking for one,', () => {
  testUnless(hindrance).for([
    ['`imprompt check`', [bin, 'check', '--mode', 'frozen']],
    ['`imprompt plan`', [bin, 'plan']],
    ['`imprompt verify`', [bin, 'verify']],
    ['`vite build` under CI', [vite, 'build']],
  ] as const)('%s goes through where all is stored', async ([, script]) => {
    using project = await boughtProject()
    expect(socketsOf(script, project)).toBe('')
  })
})
