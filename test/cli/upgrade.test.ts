import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { entriesOf, entryOf, ofOlderDefaults, ofQuality } from '../support/older-defaults.ts'
import { refusals, startOpenAi } from '../support/openai-server.ts'
import { png } from '../support/pictures.ts'
import type { TestProject } from '../support/project.ts'
import { runCli, withoutWaits } from '../support/run-cli.ts'

function qualities(project: TestProject): readonly string[] {
  return entriesOf(project)
    .map(({ request }) => request.quality ?? '')
    .toSorted()
}

test('pictures of older defaults are priced, and made again under their keys by consent, each once', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  const before = entriesOf(project)
  const line = '2 pictures keep older defaults; `imprompt upgrade` prices them'
  expect((await run('plan')).stdout).toContain(line)
  expect((await run('generate')).stdout).toContain(line)
  expect((await run('plan', '--markdown')).stdout).toContain(line)

  const listed = await run('upgrade')
  expect([listed.code, listed.stderr]).toEqual([0, ''])
  expect(listed.stdout).toMatch(
    /^ {2}posts\/fox\.md:1:1 \+1 {2}quality {2}gpt-image-2\.5-flare-\S+ 816x816 low → gpt-image-2\.5-flare-\S+ 816x816 medium {2}\$0\.\d+ +a fox\n {2}posts\/hen\.md:1:1 +quality .* a hen\n\n2 pictures keep older defaults; made again for \$0\.\d+, at most \$0\.\d+ of a budget of \$1\.00\nnothing was bought: /,
  )
  expect(openAi.billed).toHaveLength(3)
  expect(entriesOf(project)).toEqual(before)

  const one = await run('upgrade', '--yes', 'hen')
  expect([one.code, withoutWaits(one)]).toEqual([0, ''])
  expect(one.stdout).toMatch(
    /^ {2}bought {2}posts\/hen\.md:1:1 .* medium .*\n\n3 images .* 1 pinned, 1 bought\n/,
  )
  expect(openAi.billed).toHaveLength(4)
  expect(entriesOf(project).map(({ key }) => key)).toEqual(before.map(({ key }) => key))
  expect(qualities(project)).toEqual(['low', 'low', 'medium'])

  const { images, totals, left } = JSON.parse((await run('upgrade', '--yes', '--json')).stdout)
  expect(images).toMatchObject([
    {
      state: 'bought',
      quality: 'medium',
      replaces: {
        model: expect.stringContaining('gpt-image'),
        quality: 'low',
        differs: ['quality'],
      },
    },
  ])
  expect([totals.images, left]).toEqual([1, []])
  expect(totals.spentMicroUsd).toBe(images[0].spentMicroUsd)
  expect(openAi.billed).toHaveLength(5)
  expect((await run('upgrade', '--yes')).stdout).toBe('No picture keeps older defaults\n')
  expect((await run('generate')).stdout).toContain('3 stored')
  expect((await run('verify')).code).toBe(0)
  expect(openAi.billed).toHaveLength(5)
})

test('a failure leaves the picture in its place, and what is unknown is asked again by consent alone', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  openAi.fail(refusals.moderation)
  const refused = await run('upgrade', '--yes', 'posts/fox.md:1')
  expect(refused.code).toBe(5)
  openAi.fail('reset')
  const unknown = await run('upgrade', '--yes', 'hen')
  expect(unknown.code).toBe(7)
  expect(unknown.stderr).toContain('`imprompt upgrade --yes hen --retry-unknown`')
  expect(qualities(project)).toEqual(['low', 'low', 'low'])
  expect((await run('generate')).stdout).toContain('1 stored, 2 pinned')
  const again = await run('upgrade', '--yes', 'hen')
  expect([again.code, again.stderr]).toEqual([
    7,
    expect.stringContaining('`imprompt upgrade --yes hen --retry-unknown` does so'),
  ])
  const billed = openAi.billed.length
  expect((await run('upgrade', '--yes', 'hen', '--retry-unknown')).code).toBe(0)
  // One that was declared to be unknown, and the one that came.
  expect(openAi.billed).toHaveLength(billed + 1)
  expect(qualities(project)).toEqual(['low', 'low', 'medium'])
})

test('what was bought by older defaults is there when they return, and costs nothing', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  await run('upgrade', '--yes')
  expect(openAi.billed).toHaveLength(5)
  project.write({ 'imprompt.config.js': ofQuality('low') })
  expect((await run('upgrade')).stdout).toMatch(/ medium → .* low {2}\$0\.00, shared {2}a fox\n/)
  expect((await run('gc', '--grace', '0', '--yes')).code).toBe(0)
  const back = await run('upgrade', '--yes')
  expect([back.code, withoutWaits(back)]).toEqual([0, ''])
  expect(qualities(project)).toEqual(['low', 'low', 'low'])
  expect(entryOf(project, 'a hen').former).toMatchObject([{ request: { quality: 'medium' } }])
  expect((await run('generate')).stdout).toContain('3 stored')
  expect((await run('verify')).code).toBe(0)
  expect(openAi.billed).toHaveLength(5)
})

test('a budget, a policy and the rules of CI hold, and what cannot be made does not keep the others', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  const dear = await run('upgrade', '--yes', '--budget', '0.006')
  expect(dear.code).toBe(3)
  expect(dear.stderr).toMatch(/`imprompt upgrade --yes --budget 0\.\d+`/)
  const inCi = await runCli(project.root, ['upgrade', '--yes'], { CI: 'true' })
  expect(inCi.code).toBe(2)
  expect(inCi.stderr).toMatch(/explicit budget[^]*`persist`/)
  const keyless = await runCli(project.root, ['upgrade', '--yes'], { OPENAI_API_KEY: '' })
  expect(keyless.code).toBe(4)
  expect(keyless.stderr).toMatch(
    /^2 pictures not made; nothing was bought\n[^]*run `imprompt upgrade --yes`\n$/,
  )

  const policy = `policy: { models: ['gpt-image-2'] }, model: 'gpt-image-2'`
  project.write({
    'imprompt.config.js': ofQuality('medium', policy),
    'posts/bear.md': '![gen: a bear](model=gpt-image-1.5, alt=bear)\n',
  })
  expect((await run('generate')).code).toBe(2)
  project.write({ 'posts/bear.md': '' })
  project.write({ 'imprompt.config.js': ofQuality('medium', `policy: { quality: 'low' }`) })
  const left = await run('upgrade')
  expect(left.stdout).toMatch(
    /^No picture can be made again\nleft: posts\/fox\.md:1:1 {2}Unexpected quality `medium`.*\nleft: posts\/hen\.md:1:1 /,
  )
  expect((await run('upgrade', '--yes', 'hen')).code).toBe(2)
  expect(openAi.billed).toHaveLength(3)
})

test('a picture that is adopted while it is made again stands, and what was bought waits below it', async () => {
  await using openAi = await startOpenAi({ delayMs: 3000 })
  using project = await ofOlderDefaults(openAi)
  project.write({ 'edited.png': await png({ width: 512, height: 512 }) })
  const upgrading = runCli(project.root, ['upgrade', '--yes', 'hen'])
  await expect.poll(() => openAi.billed.length, { timeout: 20_000 }).toBe(4)
  expect((await runCli(project.root, ['adopt', 'hen', 'edited.png'])).code).toBe(0)
  expect((await upgrading).code).toBe(0)
  expect(entryOf(project, 'a hen')).toMatchObject({
    adopted: { file: 'edited.png' },
    former: [{ request: { quality: 'medium' } }, { request: { quality: 'low' } }],
  })
  expect((await runCli(project.root, ['adopt', 'hen', '--undo'])).code).toBe(0)
  expect((await runCli(project.root, ['upgrade', 'hen'])).stdout).toBe(
    'No picture keeps older defaults\n',
  )
  expect(openAi.billed).toHaveLength(4)
})

test('a variation is made again from what its picture is by then, each once', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  project.write({
    'imprompt.config.js': ofQuality('low'),
    'posts/night.md': '![gen: at night](vary=hen, alt=night)\n',
  })
  await run('generate')
  project.write({ 'imprompt.config.js': ofQuality('medium') })
  expect((await run('upgrade')).stdout).toMatch(/night\.md:1:1 {3}quality, vary /)
  expect((await run('upgrade', '--yes', 'hen', 'posts/night.md:1')).code).toBe(0)
  expect(entryOf(project, 'at night').request.basedOn).toBe(entryOf(project, 'a hen').requestHash)
  expect((await run('plan')).stdout).toContain('3 stored, 1 pinned')
  expect(openAi.billed).toHaveLength(6)
})

test('a missing picture that a variation is made from counts as well', async () => {
  await using openAi = await startOpenAi()
  using project = await ofOlderDefaults(openAi)
  const run = (...args: readonly string[]) => runCli(project.root, args)
  project.write({
    'imprompt.config.js': ofQuality('low'),
    'posts/night.md': '![gen: at night](vary=hen, alt=night)\n',
  })
  await run('generate')
  const { key } = entryOf(project, 'a hen')
  rmSync(project.path(`.imprompt/images/${key.slice(0, 2)}/${key}.json`))
  project.write({ 'imprompt.config.js': ofQuality('medium') })
  const { images, totals } = JSON.parse((await run('upgrade', 'posts/night.md:1', '--json')).stdout)
  expect(images).toHaveLength(1)
  const [night] = images
  expect(totals.worstMicroUsd).toBeGreaterThan(night.estimate.worstMicroUsd)
  const made = JSON.parse((await run('upgrade', '--yes', 'posts/night.md:1', '--json')).stdout)
  expect(openAi.billed).toHaveLength(6)
  expect(made.totals.spentMicroUsd).toBeGreaterThan(made.images[0].spentMicroUsd)
})
