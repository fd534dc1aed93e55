import { expect, test } from 'vitest'
import { refusals, startOpenAi } from '../support/openai-server.ts'
import { credentials, makeProject } from '../support/project.ts'
import { runCli } from '../support/run-cli.ts'

const picture = (name: string): string => `![gen: ${name}](size=512x512, quality=low, alt=x)\n`

test('a plan tells why pictures are not to be bought, and what of the budget is unknown', async () => {
  await using openAi = await startOpenAi()
  using project = makeProject({ '.env.local': credentials(openAi.url), 'a.md': picture('fox') })
  const run = (...args: readonly string[]) => runCli(project.root, args)
  openAi.fail('server-error')
  expect((await run('generate')).code).toBe(7)
  expect((await run('doctor')).stdout).toContain('  warning  unknown-charge  a.md:1:1\n')
  expect((await run('generate', '--retry-unknown')).code).toBe(0)
  project.write({ 'b.md': picture('owl') })
  openAi.fail(refusals.moderation)
  expect((await run('generate')).stdout).toContain('1 refused')
  project.write({ 'c.md': picture('hen') })

  const plan = await run('plan', '--budget', 'day=1')
  expect(plan.stdout).toMatch(/^ {2}refused +b\.md:1:1/m)
  expect(plan.stderr).toContain('b.md:1:1  The provider refused this prompt earlier')
  expect(plan.stderr).toContain('`imprompt generate --retry-refused`')
  expect(plan.stdout).toMatch(
    /budget of today: with what was spent before up to \$0\.\d+ of \$1\.00, \$0\.\d+ of it of unknown outcome/,
  )
  expect(plan.code).toBe(0)

  const { stderr, code } = await run('generate')
  expect(stderr).toMatch(/1 new picture for up to \$0\.\d+ not bought either/)
  expect(code).toBe(5)
  expect(openAi.billed).toHaveLength(2)
})
