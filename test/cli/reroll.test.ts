import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readOnly, readOnlyHindrance } from '../support/read-only.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'
import { testUnless } from '../support/skip.ts'

const page = 'A fox:\n\n![gen: a fox](size=512x512, quality=low, alt=fox)\n'

test('another take is bought once, and an earlier one can be gone back to for nothing', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), 'posts/fox.md': page })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  const text = (): string => readFileSync(project.path('posts/fox.md'), 'utf8')
  expect((await run('generate')).code).toBe(0)
  const another = await run('reroll', 'posts/fox.md:3')
  expect(another.stdout).toMatch(
    /^posts\/fox\.md:3:1 {2}take 1 → 2; `imprompt generate` or the next build buys it for \$0\.\d+\n$/,
  )
  expect(another.code).toBe(0)
  expect(text()).toBe(page.replace('alt=fox', 'alt=fox, take=2'))
  expect(openAi.billed).toHaveLength(1)
  expect((await run('generate')).code).toBe(0)
  expect(openAi.billed).toHaveLength(2)
  const back = await run('reroll', './posts/fox.md:3:1', '--take', '1')
  expect(back.stdout).toBe('posts/fox.md:3:1  take 2 → 1, which is stored and costs nothing\n')
  expect(text()).toBe(page)
  expect((await run('generate')).stdout).toContain('1 stored')
  expect((await run('reroll', 'posts/fox.md:3')).stdout).toContain('which is stored')
  expect(openAi.billed).toHaveLength(2)
})

test('going back finds a picture that keeps older defaults', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'fox.md': '![gen: a fox](size=512x512, alt=fox)\n',
    'imprompt.config.js': "export default { quality: 'low' }",
  })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  expect((await run('generate')).code).toBe(0)
  project.write({ 'imprompt.config.js': "export default { quality: 'high' }" })
  expect((await run('reroll', 'fox.md:1')).code).toBe(0)
  const back = await run('reroll', 'fox.md:1', '--take', '1')
  expect(back.stdout).toContain('which is stored and costs nothing')
  expect((await run('generate')).stdout).toContain('1 pinned')
  expect(openAi.billed).toHaveLength(1)
})

test.for([
  [
    ['posts/fox.md:1'],
    'No picture at `posts/fox.md:1`; nothing was changed\nExpected\n  posts/fox.md:3:1',
  ],
  [['posts/hen.md:3'], 'No picture at `posts/hen.md:3`; nothing was changed\nThe file holds none'],
  [
    ['posts/two.md:1'],
    'Several pictures at `posts/two.md:1`; nothing was changed\nExpected\n  posts/two.md:1:1\n  posts/two.md:1:20',
  ],
  [
    ['posts/cover.md:2'],
    'posts/cover.md:2:8  Its attributes do not stand between parentheses of its own',
  ],
  [['a fox'], 'Unexpected `a fox`, expected the place of a picture'],
  [[], 'Unexpected ``, expected the place of a picture'],
  [['posts/fox.md:3', '--take', '0'], 'Unexpected `0` of `--take`'],
] as const)('%j changes no file, and says what to do', async ([args, message]) => {
  using project = makeProject({
    'posts/fox.md': page,
    'posts/two.md': '![gen: a hen](alt) ![gen: an owl](alt)\n',
    'posts/cover.md': '---\ncover: "gen: a cat"\n---\n',
  })
  const { code, stderr } = await runCli(project.root, ['reroll', ...args])
  expect(stderr).toContain(message)
  expect(code).toBe(2)
  expect(readFileSync(project.path('posts/fox.md'), 'utf8')).toBe(page)
})

testUnless(readOnlyHindrance())(
  'a folder that cannot be written is told, and its file is as it was',
  async () => {
    using project = makeProject({ 'posts/fox.md': page })
    using _ = readOnly(project.path('posts'))
    const { code, stderr } = await runCli(project.root, ['reroll', 'posts/fox.md:3'])
    expect(stderr).toMatch(
      /^`.*posts\/fox\.md` cannot be written: E\w+: .*; it is as it was\. Let this user/,
    )
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(2)
    expect(readFileSync(project.path('posts/fox.md'), 'utf8')).toBe(page)
  },
)
