import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestProject, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

let project: TestProject
beforeEach(() => {
  project = makeProject({})
})
afterEach(() => project[Symbol.dispose]())

const estimate = (...args: readonly string[]): Promise<CliRun> =>
  runCli(project.root, ['estimate', ...args])

test('answers a question of several buckets, and leaves nothing behind', async () => {
  const before = readdirSync(project.root)
  const words = ['600 x dall-e-2 512x512', '60 x dall-e-3 1024x1024 standard', '9 gpt-image-2 low']
  const { code, stdout, stderr } = await estimate(...words, '--size', 'square', '--per', 'month')
  expect(stdout).toMatchInlineSnapshot(`
    "  count  model                   size       quality   an image       sum  basis        source
        600  dall-e-2                512x512    standard    $0.018    $10.80  upper bound  [1]
         60  dall-e-3                1024x1024  standard     $0.04     $2.40  upper bound  [1]
          9  gpt-image-2-2026-04-21  1024x1024  low       $0.00588  $0.05292  upper bound  [2]

    669 images a month: $13.25

    dall-e-2 was shut down on 2026-05-12 and is priced as it was, for comparison; its successor is gpt-image-2.5-flare-2026-09-08
    dall-e-3 was shut down on 2026-05-12 and is priced as it was, for comparison; its successor is gpt-image-2.5-flare-2026-09-08
    not counted: pictures that go along, and prompts, of which 1000 bytes add about $0.00125 and at most $0.005 to an image

    [1] DALL·E API developer guide, historic, read on 2026-08-21
    [2] OpenAI pricing page and image token calculator, read on 2026-11-22
    "
  `)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(readdirSync(project.root)).toEqual(before)
})

test('takes words without quotation marks, and options for what they leave out', async () => {
  const quoted = await estimate('1500 x gpt-image-2.5-flare 1024x1024 low')
  const bare = await estimate('1500', 'x', 'gpt-image-2.5-flare', '1024x1024', 'low')
  const options = await estimate(
    '1500',
    '--model=gpt-image-2.5-flare',
    '--size=1024x1024',
    '--quality=low',
  )
  expect(quoted.stdout).toContain('1500 images: $8.82\n')
  expect(bare).toEqual(quoted)
  expect(options).toEqual(quoted)
})

test('counts by the day, and by a month of 30 days as well', async () => {
  const { stdout } = await estimate('500 x dall-e-3 1024x1024', '--per', 'day')
  expect(stdout).toContain('500 images a day: $20.00\n15000 images a month of 30 days: $600.00\n')
})

test('prints the same as one object, in micro-dollars', async () => {
  const { code, stdout } = await estimate('2 gpt-image-2 low square', '--batch', '--json')
  expect(JSON.parse(stdout)).toEqual({
    per: 'once',
    buckets: [
      {
        count: 2,
        provider: 'openai',
        model: 'gpt-image-2-2026-04-21',
        size: '1024x1024',
        quality: 'low',
        microUsd: 2940,
        worstMicroUsd: 2940,
        sum: { microUsd: 5880, worstMicroUsd: 5880 },
        basis: 'upper-bound',
        source: 'OpenAI pricing page and image token calculator',
        asOf: '2026-11-22',
        batch: 'reduced',
        promptOf1000Bytes: { microUsd: 625, worstMicroUsd: 2500 },
        isRetired: false,
      },
    ],
    total: { images: 2, microUsd: 5880, worstMicroUsd: 5880 },
  })
  expect(code).toBe(0)
})

test('prices by the configuration of a project', async () => {
  project.write({
    'imprompt.config.mjs': `export default {
      model: 'gpt-image-2.6-flare', prices: { 'gpt-image-2.6-flare': { maxMicroUsd: 250_000 } },
    }`,
  })
  const { stdout } = await estimate('10')
  expect(stdout).toContain('10 images: about $2.50\n')
  expect(stdout).toContain('[1] prices of the configuration\n')
})

test('tells all that is wrong at once, with the line that mends a price', async () => {
  const { code, stdout, stderr } = await estimate('5 gpt-image-2.6-flare', '6 dalle-3', '--json')
  expect(stderr).toMatchInlineSnapshot(`
    "Nothing is estimated before this is mended; nothing was bought
    \`5 gpt-image-2.6-flare\`
      Unknown price of \`gpt-image-2.6-flare\` from \`openai\`; add to imprompt.config: prices: { 'gpt-image-2.6-flare': { maxMicroUsd: 250_000 } }
    \`6 dalle-3\`
      Unexpected \`dalle-3\`, expected a model, a size or a quality, did you mean \`dall-e-3\`; \`imprompt models\` lists them
    "
  `)
  expect(JSON.parse(stdout)).toMatchObject({ problems: [{ message: expect.any(String) }] })
  expect(code).toBe(2)
})

test.for<readonly [readonly string[], string]>([
  [[], 'Expected how many pictures, such as `imprompt estimate 600 x gpt-image-2 low`'],
  [['5', '--per', 'week'], 'Unexpected `week` of `--per`, expected `day`, `month` or `once`'],
  [
    ['5', '--budget', '1'],
    'Unexpected `--budget`, which goes with plan, generate, check, drafts, pick and upgrade',
  ],
])('refuses %j', async ([words, message]) => {
  const { code, stderr } = await estimate(...words)
  expect(stderr).toBe(`${message}; \`imprompt --help\` lists commands and options\n`)
  expect(code).toBe(2)
})

test.for(['model', 'size', 'quality', 'per'])('a plan takes no `--%s`', async (option) => {
  const { code, stderr } = await runCli(project.root, ['plan', `--${option}`, 'og'])
  expect(stderr).toContain(`Unexpected \`--${option}\`, which goes with estimate`)
  expect(code).toBe(2)
})
