import { expect, test } from 'vitest'
import { openCli } from '../support/cli-session.ts'
import { startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'

test('a draft that is made otherwise is told with the command that picks it, and buys nothing', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'posts/fox.md': '![gen: a fox](size=1024x1024, quality=high, alt=fox)\n',
    'posts/hen.md': '![gen: a hen](size=1024x1024, alt=hen)\n',
  })
  await using cli = openCli(project.root)
  const none = await cli.run('pick', 'posts/fox.md:1', '1')
  expect(none.stderr).toMatch(/ -n 1` makes it\n$/)
  await cli.run('drafts', 'posts/hen.md:1', '-n', '3')
  await cli.run('drafts', 'posts/fox.md:1', '-n', '2', '--model', 'gpt-image-2')
  await cli.run('drafts', 'posts/fox.md:1', '-n', '1', '--size', 'square', '--quality', 'medium')
  const { code, stderr } = await cli.run('pick', 'posts/fox.md:1', '1')
  expect(stderr).toBe(
    [
      'posts/fox.md:1:1  It has no draft 1 that is made so; nothing was bought. `imprompt drafts posts/fox.md:1:1 -n 1` makes it',
      'What there is:',
      '  2 drafts (1, 2): `imprompt pick posts/fox.md:1:1 NUMBER --model gpt-image-2`',
      '  1 draft (1): `imprompt pick posts/fox.md:1:1 NUMBER --size square --quality medium`',
      '',
    ].join('\n'),
  )
  expect(code).toBe(2)
  expect(openAi.billed).toHaveLength(3 + 2 + 1)
  const picked = await cli.run('pick', 'posts/fox.md:1', '2', '--model', 'gpt-image-2')
  expect(picked.code).toBe(0)
  expect(openAi.billed).toHaveLength(3 + 2 + 1 + 1)
})
