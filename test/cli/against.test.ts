import { expect, test } from 'vitest'
import { makeGitProject } from '../support/git-project.ts'
import { runCli } from '../support/run-cli.ts'

test('a plan tells what a branch adds to another one, by what was committed where it left it', async () => {
  using project = makeGitProject({ 'post.md': '![gen: a fox](alt=fox)\n' })
  await project.buyFirst()
  project.write({ 'post.md': '![gen: a hen](alt=hen)\n\n![gen: a fox](alt=fox)\n' })
  await project.buyFirst()
  project.commit('pictures')
  project.git('switch', '-q', '-c', 'branch')
  project.write({ 'post.md': '![gen: a fox](quality=high, alt=fox)\n\n![gen: an owl](alt=owl)\n' })
  project.commit('others')
  project.git('switch', '-q', 'main')
  project.write({ 'post.md': '![gen: a cat](alt=cat)\n' })
  await project.buyFirst()
  project.commit('what happened on main since')
  project.git('switch', '-q', 'branch')
  const { code, stdout } = await runCli(project.root, ['plan', '--against', 'main'])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^against main: \+\$0\.\d+, 1 picture added, 1 changed \(quality\), 1 orphaned$/m,
  )
  const { stdout: json } = await runCli(project.root, ['check', '--against', 'main', '--json'])
  expect(JSON.parse(json).comparison).toMatchObject({
    ref: 'main',
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    added: [{ prompt: 'an owl' }],
    changed: [{ prompt: 'a fox', attributes: ['quality'] }],
    removed: [],
    orphaned: [{ prompt: 'a hen' }],
  })
})

test.for([
  ['nowhere', 'there is no such commit here; fetch it'],
  ['--all', 'there is no such commit here'],
] as const)('a plan against %s says so, and what to do', async ([ref, reason]) => {
  using project = makeGitProject({ 'post.md': '![gen: a fox](alt=fox)\n' })
  project.commit('content')
  const { code, stderr } = await runCli(project.root, ['plan', `--against=${ref}`])
  expect(code).toBe(2)
  expect(stderr).toContain(`Nothing to compare with at \`${ref}\`: ${reason}`)
})

test('an entry of the baseline that cannot be read is no addition', async () => {
  using project = makeGitProject({ 'post.md': '![gen: a fox](alt=fox)\n' })
  const { entryFile } = await project.buyFirst()
  project.write({ [entryFile]: '{}' })
  project.commit('damaged')
  const { code, stderr } = await runCli(project.root, ['plan', '--against', 'main'])
  expect(code).toBe(2)
  expect(stderr).toContain(`\`${entryFile}\` of `)
})
