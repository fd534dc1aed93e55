import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

let project: TestProject
beforeEach(async () => {
  await using openAi = await startOpenAi()
  project = makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': ['fox', 'hen', 'owl']
      .map((name) => `![gen: ${name}](size=512x512, quality=low, alt=${name})\n`)
      .join('\n'),
  })
  expect((await runCli(project.root, ['generate'])).code).toBe(0)
  expect(openAi.billed).toHaveLength(3)
})
afterEach(() => project[Symbol.dispose]())

/** Paths of what stands below a folder of the store, in order. */
function filesIn(name: string): readonly string[] {
  const folder = project.path(`.imprompt/${name}`)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .filter((one) => /\.\w+$/.test(one))
    .toSorted()
    .map((one) => `${folder}/${one}`)
}

function flipByte(path: string): void {
  const bytes = readFileSync(path)
  const at = bytes.length >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`

const damages = {
  corrupt: (at: number) => flipByte(filesIn('originals')[at] ?? ''),
  missing: (at: number) => rmSync(filesIn('originals')[at] ?? ''),
  unverifiable: (at: number) => writeFileSync(filesIn('originals')[at] ?? '', pointer),
  'corrupt entry': (at: number) => writeFileSync(filesIn('images')[at] ?? '', '{}\n'),
} as const

test('a store without damage', async () => {
  const { code, stdout } = await runCli(project.root, ['verify'])
  expect(stdout).toMatch(
    /^3 pictures, [\d.]+ [kM]B as they were bought\n3 attempts in the ledger: 3 bought for \$0\.\d+\n$/,
  )
  expect(code).toBe(0)
})

test('no store at all is no damage', async () => {
  rmSync(project.path('.imprompt'), { recursive: true })
  const { code, stdout } = await runCli(project.root, ['verify'])
  expect(stdout).toBe('0 pictures, 0 B as they were bought\n')
  expect(code).toBe(0)
})

test.for([
  [['corrupt'], 9],
  [['corrupt entry'], 9],
  [['missing'], 10],
  [['unverifiable'], 12],
  [['corrupt', 'unverifiable'], 13],
  // What is removed comes last, so that the others keep their places.
  [['corrupt', 'unverifiable', 'missing'], 15],
] as const)('%j is told apart by the exit code %i', async ([kinds, expected]) => {
  for (const [at, kind] of kinds.entries()) damages[kind](at)
  const { code, stdout } = await runCli(project.root, ['verify'])
  for (const kind of kinds) expect(stdout).toContain(`  ${kind.replace(' entry', '')}  post.md:`)
  expect(stdout).toContain(`${3 - kinds.length} of 3 pictures, `)
  expect(code).toBe(expected)
  const json = await runCli(project.root, ['verify', '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({
    entries: 3,
    intact: 3 - kinds.length,
  })
  expect(JSON.parse(json.stdout).findings).toHaveLength(kinds.length)
})

test('a pointer of Git LFS is told, and nothing is bought for it', async () => {
  damages.unverifiable(0)
  const { code, stderr } = await runCli(project.root, ['generate'])
  expect(stderr).toContain('run `git lfs pull`')
  expect(code).toBe(4)
})
