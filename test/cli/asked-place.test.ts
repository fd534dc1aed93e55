import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { openCli } from '../support/cli-session.ts'

const config = `export default { images: {
  hero: { prompt: 'a hero', size: '512x512', alt: 'hero' },
  foot: { prompt: 'a foot', size: '512x512', alt: 'foot' },
} }
`
const files = {
  'imprompt.config.mjs': config,
  'posts/fox.md': '![gen: a fox](alt=fox, name=fox)\n',
}

test('a picture of the configuration is drafted, picked and upgraded by its name or its place', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), ...files })
  await using cli = openCli(project.root)
  const drafts = await cli.run('drafts', 'imprompt.config.mjs:1:1 images.foot', '-n', '1')
  expect(drafts.stdout).toContain('`imprompt pick foot NUMBER` renders one')
  const missing = await cli.run('pick', 'foot', '2')
  expect(missing.stderr).toContain('`imprompt drafts foot -n 2` makes it')
  const picked = await cli.run('pick', 'imprompt.config.mjs:1:1', 'images.foot', '1')
  expect([picked.code, picked.stdout]).toEqual([
    0,
    expect.stringContaining('imprompt.config.mjs:1:1 images.foot  draft 1 is picked'),
  ])
  const both = ['imprompt.config.mjs:1', 'images.hero', 'imprompt.config.mjs:1:1 images.foot']
  expect((await cli.run('upgrade', ...both)).code).toBe(0)
  expect((await cli.run('reroll', 'imprompt.config.mjs:1:1', 'images.foot')).stderr).toContain(
    'images.foot  Its attributes do not stand between parentheses',
  )
  const ambiguous = await cli.run('pick', 'imprompt.config.mjs:1:1', '1')
  expect(ambiguous.stderr).toMatch(
    /^Several pictures at .*; nothing was bought\nExpected\n.* images\.hero\n/,
  )
  expect(openAi.billed).toHaveLength(1 + 1)
})

test.for([
  [
    ['drafts', 'hreo', '-n', '1'],
    /two words such as .*, or the name of one, did you mean `hero`; nothing was bought;/,
  ],
  [['drafts', 'nosuchname', '-n', '1'], /or the name of one \(`foot`, `fox`, `hero`\)/],
  [['drafts', '写真/fox.md', '-n', '1'], /^Unexpected `写真\/fox\.md`/],
  [['drafts', '写真.md:1', '-n', '1'], /^No picture at `写真\.md:1`; nothing was bought/],
  [['pick', 'hreo', '1'], /did you mean `hero`; nothing was bought/],
  [['reroll', 'nobody'], /the name of one \(`.+`, `.+`, `.+`\); nothing was changed/],
  [
    ['upgrade', '--yes', 'imprompt.config.mjs:1:1', 'images.her'],
    /^No picture at .*; nothing was changed/,
  ],
] as const)('%j buys nothing, and names what there is', async ([args, message]) => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), ...files })
  await using cli = openCli(project.root)
  const { code, stderr } = await cli.run(...args)
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
  expect(openAi.requests).toBe(0)
})

test('a prompt in a script without spaces is a prompt', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), ...files })
  await using cli = openCli(project.root)
  expect((await cli.run('drafts', '雪中狐', '-n', '1')).code).toBe(0)
  expect(openAi.billed).toHaveLength(1)
})

test('where no picture has a name, that is said', async () => {
  using project = makeProject({ 'posts/fox.md': '![gen: a fox](alt=fox)\n' })
  await using cli = openCli(project.root)
  expect((await cli.run('adopt', 'fox', '--undo')).stderr).toContain(
    'or the name of one (no picture has a name); nothing was changed',
  )
})
