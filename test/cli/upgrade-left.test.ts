import { expect, test } from 'vitest'
import { openCli } from '../support/cli-session.ts'
import { entriesOf, entryOf, ofOlderDefaults, ofQuality } from '../support/older-defaults.ts'
import { refusals, startOpenAi } from '../support/openai-server.ts'

test('a picture that was made after a draft is left, and made after another one by `pick`', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  await using cli = openCli(project.root)
  project.write({ 'imprompt.config.js': ofQuality('low') })
  expect((await cli.run('drafts', 'hen', '-n', '2')).code).toBe(0)
  expect((await cli.run('pick', 'hen', '1')).code).toBe(0)
  project.write({ 'imprompt.config.js': ofQuality('medium') })
  await using later = openCli(project.root)
  const listed = await later.run('upgrade')
  expect(listed.stdout).toMatch(
    /\n1 picture keeps older defaults; [^]*\nleft: posts\/hen\.md:1:1 {2}It was made after a draft that somebody picked/,
  )
  const named = await later.run('upgrade', '--yes', 'hen')
  expect([named.code, named.stdout]).toEqual([2, expect.stringMatching(/^No picture can be made/)])
  expect(openAi.billed).toHaveLength(3 + 2 + 1)
  expect((await later.run('pick', 'hen', '2')).code).toBe(0)
  expect(entriesOf(project).find(({ pickedFrom }) => pickedFrom !== undefined)).toMatchObject({
    request: { prompt: 'a hen', quality: 'medium' },
  })
  expect((await later.run('upgrade', 'hen')).stdout).toBe('No picture keeps older defaults\n')
  expect(openAi.billed).toHaveLength(3 + 2 + 1 + 1)
})

test('what an earlier upgrade left unknown or refused is told, with what asks for it again', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  await using cli = openCli(project.root)
  openAi.fail(refusals.moderation)
  await cli.run('upgrade', '--yes', 'posts/fox.md:1')
  openAi.fail('reset')
  expect((await cli.run('upgrade', '--yes', 'hen')).code).toBe(7)
  const billed = openAi.billed.length
  const { stdout } = await cli.run('upgrade')
  expect(stdout).toMatch(
    /\n1 picture not asked for again, as an earlier request may have been billed; asking again costs up to \$0\.01\d+\n/,
  )
  expect(stdout).toMatch(
    /\n1 picture not asked for again, as an earlier request was refused; asking again costs up to \$0\.01\d+\n/,
  )
  const [, command = ''] = /nothing was bought: `imprompt (.+?)` makes them/.exec(stdout) ?? []
  expect(command).toBe('upgrade --yes --retry-unknown --retry-refused')
  expect((await cli.run('upgrade', '--retry-unknown', '--retry-refused')).stdout).toMatch(
    /made again for \$0\.02\d+, at most \$0\.02\d+ .*\nnothing was bought: `imprompt upgrade --yes` makes/,
  )
  expect(openAi.billed).toHaveLength(billed)
  expect((await cli.run(...command.split(' '))).code).toBe(0)
  // One whose charge was declared unknown is among those that were billed before.
  expect(openAi.billed).toHaveLength(billed + 2)
  expect(entryOf(project, 'a hen').request.quality).toBe('medium')
})
