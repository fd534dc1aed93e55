import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImpromptError, type Pictures } from '@imprompt/core'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const fox = '![gen: a red fox](size=64x64)'
const owl = '![gen: a grey owl](size=64x64)'

let project: TestProject
beforeEach(() => {
  project = makeProject({
    'fox.md': fox,
    'owl.md': owl,
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'\nexport default { provider: sketch() }`,
  })
})
afterEach(() => project[Symbol.dispose]())

/** Opens the site as a framework does in development, and answers what it tells. */
async function develop(): Promise<{
  readonly pictures: Pictures
  readonly told: readonly string[]
}> {
  const told: string[] = []
  const { api } = imprompt()
  await api.open({
    root: project.root,
    command: 'dev',
    envMode: 'development',
    base: '/',
    assetsDir: 'assets',
    outDir: project.path('dist'),
    publicDir: project.path('public'),
    log: { info: (line) => void told.push(line), warn: () => {} },
  })
  return { pictures: await api.pictures(), told }
}

/** Turns a bit of the original of one picture. */
function damageOne(): void {
  const store = project.path('.imprompt')
  const names = readdirSync(store, { recursive: true, encoding: 'utf8' })
  const original = names.find((name) => /^(?!derived).*\.png$/.test(name)) ?? ''
  const bytes = readFileSync(join(store, original))
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  writeFileSync(join(store, original), bytes)
}

test('each placeholder is told once, however many pages show it', async () => {
  const { pictures, told } = await develop()
  expect(told).toEqual([expect.stringMatching(/^2 placeholders in 2 files; /)])
  await pictures.rewrite(fox, 'fox.md')
  expect(told).toHaveLength(1)
  await pictures.rewrite('![gen: a hen](alt=hen)\n', 'fox.md')
  expect(told.slice(1)).toEqual([expect.stringMatching(/^1 placeholder in fox\.md; /)])
})

test('what is bought for is told apart from drafts', async () => {
  project.write({ 'owl.md': `---\ndraft: true\n---\n\n${owl}` })
  expect((await develop()).told).toEqual([
    expect.stringMatching(
      /^1 placeholder in fox\.md; .* buys .*, and nothing for 1 more on drafts$/,
    ),
  ])
  project.write({ 'fox.md': `---\ndraft: true\n---\n\n${fox}` })
  expect((await develop()).told).toEqual([
    '2 placeholders in 2 files; nothing is bought for drafts',
  ])
})

test('pictures of older defaults are told once', async () => {
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  project.write({
    'imprompt.config.ts': `import { sketch } from '@imprompt/core'\nexport default { provider: sketch(), quality: 'high' }`,
  })
  const { pictures, told } = await develop()
  await pictures.rewrite(fox, 'fox.md')
  expect(told).toEqual(['2 pictures keep older defaults; `imprompt upgrade` prices them'])
})

test('a damaged picture is told, and keeps no other from being shown', async () => {
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  damageOne()
  const { pictures, told } = await develop()
  expect(told.join('\n')).toMatch(/its bytes are not those that were bought/)
  const shown = await Promise.allSettled([
    pictures.rewrite(fox, 'fox.md'),
    pictures.rewrite(owl, 'owl.md'),
  ])
  const failures = shown.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(failures).toEqual([expect.any(ImpromptError)])
})
