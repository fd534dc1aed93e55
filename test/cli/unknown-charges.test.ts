import { expect, test } from 'vitest'
import { openCli } from '../support/cli-session.ts'
import { ofOlderDefaults } from '../support/older-defaults.ts'
import { startOpenAi } from '../support/openai-server.ts'

const other =
  'the command that asked for it, such as `imprompt drafts`, `pick` or `upgrade --yes`, with'

test.for([
  [['generate'], 3, '; `imprompt generate --retry-unknown` asks again'],
  [['drafts', 'hen', '-n', '1'], 3, `; ${other} `],
  [['pick', 'owl', '1'], 4, `; ${other} `],
  [['upgrade', '--yes', 'hen'], 3, `; ${other} `],
] as const)('`doctor` tells what asks again after %j', async ([args, before, remedy]) => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  await using cli = openCli(project.root)
  project.write({
    'posts/owl.md': '![gen: an owl](quality=low, alt=owl, name=owl)\n',
    ...(args[0] === 'generate' && { 'posts/cat.md': '![gen: a cat](alt=cat)\n' }),
  })
  if (args[0] === 'pick') await cli.run('drafts', 'owl', '-n', '1')
  expect(openAi.billed).toHaveLength(before)
  openAi.fail('reset')
  expect((await cli.run(...args)).code).toBe(7)
  const told = (await cli.run('doctor')).stdout
  expect(told).toContain('unknown-charge')
  expect(told).toContain(remedy)
  expect(openAi.billed).toHaveLength(before + 1)
  // What is advised buys what was asked for, once more than is declared to be unknown.
  expect((await cli.run(...args, '--retry-unknown')).code).toBe(0)
  expect(openAi.billed).toHaveLength(before + 2)
  expect((await cli.run('doctor')).stdout).not.toContain('unknown-charge')
})
