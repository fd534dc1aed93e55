import { expect, test } from 'vitest'
import { startOpenAi } from '../support/openai-server.ts'
import { makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

test('a key that the provider does not know is named with where it may stand', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({
    '.env.local': `OPENAI_API_KEY=wrong\nOPENAI_BASE_URL=${openAi.url}\n`,
    'posts/fox.md': '![gen: a fox](alt=fox)\n',
  })
  const { code, stderr } = await runCli(project.root, ['generate'])
  expect(stderr).toContain(
    'Nothing was charged. Mend `OPENAI_API_KEY`: the environment comes first, then `.env.local` and `.env` of the project',
  )
  expect(code).toBe(5)
  expect(openAi.billed).toHaveLength(0)
})
