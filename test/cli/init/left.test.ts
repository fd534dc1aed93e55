import { expect, test } from 'vitest'
import { manifestOf, runIn, viteProject } from '../../support/init-project.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { runCli } from '../../support/run-cli.ts'
import { gitEnvironment } from '../../support/git-project.ts'

const key = 'sk-test-1234567890'

const directive = '![gen: a fox](alt=Fox)\n'

const toPictures = [
  'write a directive into a page, such as `![gen: a lighthouse at dusk, gouache](alt="A lighthouse at dusk")`',
  '`npx imprompt plan` tells the price, and buys nothing',
  '`npx vite build` buys it, within the budget, and shows it; with `IMPROMPT_MODE=placeholder` in the environment it shows marked placeholders, and needs no key',
  'commit `.imprompt`: no other machine buys the picture again then',
]

const toKey = 'put `OPENAI_API_KEY` into the environment or `.env.local`'

function leftIn(stdout: string): readonly string[] {
  const [, rest = ''] = stdout.split('\nleft to do, in this order\n')
  return [...rest.matchAll(/^ {2}\d+\. (.*)$/gm)].map(([, one = '']) => one)
}

async function leftAfter(
  project: TestProject,
  ...args: readonly string[]
): Promise<readonly string[]> {
  return leftIn((await runIn(project, 'init', '--yes', ...args)).stdout)
}

test('tells what leads to the first picture, in order, also in a rehearsal and a second run', async () => {
  using project = viteProject()
  const expected = [toKey, ...toPictures]
  const rehearsal = await runIn(project, 'init', '--dry-run')
  expect(leftIn(rehearsal.stdout)).toEqual(expected)
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(leftIn(stdout)).toEqual(expected)
  expect(stdout).toMatch(/commit it\n\nleft to do, in this order\n {2}1\. put /)
  expect(leftIn((await runIn(project, 'init')).stdout)).toEqual(expected)
  const json = await runIn(project, 'init', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({ left: expected, changed: [] })
})

test('says nothing of it where nothing was written, as nobody agreed', async () => {
  using project = viteProject()
  expect((await runIn(project, 'init')).stdout).not.toContain('left to do')
})

test.for<[string, Readonly<Record<string, string>>]>([
  ['.env', { '.gitignore': '.env*\n', '.env': `OPENAI_API_KEY=${key}\n` }],
  ['.env.local', { '.env.local': `OPENAI_API_KEY=${key}\n` }],
])('a key of %s is found, and not printed', async ([, files]) => {
  using project = viteProject(files)
  const { stdout } = await runIn(project, 'init', '--yes')
  expect(leftIn(stdout)).toEqual(toPictures)
  expect(stdout).not.toContain(key)
})

test('so is one of the environment', async () => {
  using project = viteProject()
  const environment = { ...gitEnvironment, OPENAI_API_KEY: key }
  const { stdout } = await runCli(project.root, ['init', '--yes'], environment)
  expect(leftIn(stdout)).toEqual(toPictures)
  expect(stdout).not.toContain(key)
})

test('no key is asked for where the provider needs none', async () => {
  using project = viteProject({
    'imprompt.config.js':
      "import { sketch } from '@imprompt/core'\nexport default { provider: sketch() }\n",
  })
  expect(await leftAfter(project)).toEqual(toPictures)
})

test('a key goes to no file that a person wants in git', async () => {
  using project = viteProject({ '.gitignore': '!.env.local\n' })
  expect((await leftAfter(project))[0]).toBe('put `OPENAI_API_KEY` into the environment')
})

test('a directive that is there is not asked for, and nothing is once a picture is stored', async () => {
  using project = viteProject({
    'post.md': directive,
    'imprompt.config.js':
      "import { sketch } from '@imprompt/core'\nexport default { provider: sketch() }\n",
  })
  expect(await leftAfter(project)).toEqual(toPictures.slice(1))
  expect((await runIn(project, 'generate')).code).toBe(0)
  const { code, stdout } = await runIn(project, 'init')
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n\nall is there already\n$/)
})

test('a build that buys nothing comes after what does, and what is done by hand before both', async () => {
  using project = makeProject({
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { build: 'eleventy' },
      devDependencies: { '@11ty/eleventy': '^3.0.0' },
    }),
    'eleventy.config.js': 'export default function () {}\n',
    'pnpm-lock.yaml': '',
    'post.md': directive,
  })
  expect(await leftAfter(project)).toEqual([
    'run `pnpm add -D @imprompt/core@0.0.0 imprompt@0.0.0`',
    'by hand, as shown above: eleventy.config.js',
    toKey,
    '`pnpm exec imprompt plan` tells the price, and buys nothing',
    '`pnpm exec imprompt generate` buys it, within the budget',
    '`pnpm run build` shows it; with `IMPROMPT_MODE=placeholder` in the environment it shows marked placeholders, and needs no key',
    'commit `.imprompt`: no other machine buys the picture again then',
    'by hand, as shown above: in CI, before the site is built',
  ])
})

test('a project that nothing is known to build is told so at the end, and how to go on', async () => {
  using project = makeProject({
    'package.json': '{}',
    'post.md': directive,
    '.gitlab-ci.yml': 'script: npx imprompt check\n',
  })
  const { code, stdout } = await runIn(project, 'init', '--yes')
  expect(code).toBe(0)
  expect(stdout).toContain(
    'by hand  what builds this project is not known, and shows no pictures yet\n    `imprompt init --host NAME` names it: astro, vitepress,',
  )
  expect(leftIn(stdout)).toEqual([
    'run `npm i -D @imprompt/core@0.0.0 imprompt@0.0.0`',
    'by hand, as shown above: what builds this project is not known, and shows no pictures yet',
    toKey,
    '`npx imprompt plan` tells the price, and buys nothing',
    '`npx imprompt generate` buys it, within the budget',
    'commit `.imprompt`: no other machine buys the picture again then',
  ])
})

test.for<[string, Readonly<Record<string, string>>]>([
  ['npm i', { 'package.json': '{"workspaces":["*"]}', 'package-lock.json': '{}' }],
  ['pnpm add', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages: [site]\n' }],
])('`%s` in a workspace is told with its folder', async ([add, top]) => {
  using project = makeProject({ ...top, 'site/package.json': manifestOf('vite') })
  const [install] = await leftAfter(project, '--root', 'site')
  expect(install).toBe(
    `run \`${add} -D vite-plugin-imprompt@0.0.0 @imprompt/core@0.0.0 imprompt@0.0.0\` in \`site\``,
  )
})
