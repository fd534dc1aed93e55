import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startOpenAi, type OpenAiDouble } from '../support/openai-server.ts'
import { png } from '../support/pictures.ts'
import { credentials, makeProject, type TestProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const picture = await png({ width: 64, height: 64 })

let openAi: OpenAiDouble
let project: TestProject
beforeEach(async () => {
  openAi = await startOpenAi()
  project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.png': picture })
})
afterEach(async () => {
  project[Symbol.dispose]()
  await openAi[Symbol.asyncDispose]()
})

/** A post with one directive a line, each with one more attribute. */
function ask(attributes: readonly string[]): void {
  const lines = attributes.map((one) => `![gen: a fox](size=512x512, alt=fox, ${one})\n`)
  project.write({ 'posts/a.md': lines.join('') })
}

test('a file that cannot go along is told at its attribute, and nothing is sent', async () => {
  project.write({ 'posts/empty.png': '', 'posts/page.png': '<html>', 'posts/large.png': picture })
  truncateSync(project.path('posts/large.png'), 500_000_000)
  mkdirSync(project.path('posts/folder.png'))
  symlinkSync('/etc/hostname', project.path('posts/outer.png'))
  symlinkSync('loop.png', project.path('posts/loop.png'))
  symlinkSync('gone.png', project.path('posts/nowhere.png'))
  const rows = [
    ['empty.png', '`empty.png` of `ref`: it is no PNG, JPEG or WebP'],
    ['page.png', '`page.png` of `ref`: it is no PNG, JPEG or WebP'],
    ['large.png', 'it has 500000000 bytes, and may have less than 50 MB'],
    ['folder.png', '`folder.png` of `ref`: it is no file'],
    ['outer.png', '`outer.png` of `ref`: it stands outside of the project'],
    ['loop.png', '`loop.png` of `ref`: it cannot be read as a picture'],
    ['nowhere.png', 'No file `posts/nowhere.png`'],
    ['none.png', 'No file `posts/none.png`'],
    ['../../x.png', '`../../x.png` of `ref`: it stands outside of the project'],
    ['https://a.invalid/b.png', 'it is an address, and only files of the project go along'],
  ] as const
  ask(rows.map(([ref]) => `ref=${ref}`))
  const { code, stderr } = await runCli(project.root, ['generate'])
  for (const [index, [, said]] of rows.entries())
    expect(lineAbout(stderr, `posts/a.md:${index + 1}:38`)).toContain(said)
  expect(code).toBe(2)
  expect(openAi.requests).toBe(0)
})

test('a blank or a comma parts two files, of which each is told', async () => {
  ask(['"fox one.png"', '"./fox one.png"', '"fox,one.png"'].map((ref) => `ref=${ref}`))
  const { code, stdout } = await runCli(project.root, ['lint'])
  expect(stdout.match(/No file `posts\/fox`/g)).toHaveLength(3)
  expect(stdout.match(/No file `posts\/one.png`/g)).toHaveLength(3)
  expect(code).toBe(2)
})

function lineAbout(output: string, place: string): string | undefined {
  return output.split('\n').find((line) => line.includes(`${place}  `))
}

describe('a picture of the configuration', () => {
  const configure = (ref: string): void => {
    const image = `{ prompt: 'a fox', size: '512x512', quality: 'low', ref: '${ref}' }`
    project.write({ 'imprompt.config.ts': `export default { images: { hero: ${image} } }` })
  }

  test('names files relative to it, or from the root, and is bought once by what they hold', async () => {
    for (const [ref, said] of [
      ['posts/fox.png', '1 bought'],
      ['./posts/fox.png', '1 stored'],
      ['/posts/fox.png', '1 stored'],
    ] as const) {
      configure(ref)
      const { code, stdout } = await runCli(project.root, ['generate'])
      expect([ref, code, stdout]).toEqual([ref, 0, expect.stringContaining(said)])
    }
    expect(openAi.received[0]).toMatchObject({ path: '/v1/images/edits' })
    expect(openAi.billed).toHaveLength(1)
    expect(openAi.requests).toBe(1)
  })

  test.for([
    ['fox.png', 'No file `fox.png`'],
    ['../fox.png', 'it stands outside of the project'],
  ] as const)('is refused at its field with %s', async ([ref, said]) => {
    configure(ref)
    const { code, stderr } = await runCli(project.root, ['generate'])
    expect(stderr).toContain('imprompt.config.ts:1:1 images.hero.ref')
    expect(stderr).toContain(said)
    expect(code).toBe(2)
    expect(openAi.requests).toBe(0)
  })
})

test('a mask without a picture is told, and nothing is sent', async () => {
  project.write({ 'posts/mask.png': await png({ width: 64, height: 64 }, '#33669900') })
  ask(['mask=mask.png'])
  const { code, stderr } = await runCli(project.root, ['generate'])
  expect(stderr).toContain('(mask-alone)')
  expect(code).toBe(2)
  expect(openAi.requests).toBe(0)
})
