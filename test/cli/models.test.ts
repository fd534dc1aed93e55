import type { Report } from '@imprompt/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenAiDouble, startOpenAi } from '../support/openai-server.ts'
import { type TestProject, credentials, makeProject } from '../support/project.ts'
import { type CliRun, runCli } from '../support/run-cli.ts'

/** Its days are so far off that the tests read the same on any day. */
const config = `
import { defineProvider } from '@imprompt/core'
const model = {
  aliases: [], qualities: ['low', 'high'], backgrounds: [], honours: ['quality', 'ref'],
  maxReferences: 4, maxPromptCodePoints: 100,
  sizes: { kind: 'list', sizes: [{ width: 1536, height: 1024 }] },
}
export default { provider: defineProvider({
  id: 'studio', digitalSourceType: 'trainedAlgorithmicMedia', defaultModel: 'new',
  models: [
    { ...model, id: 'new', aliases: ['latest'] },
    { ...model, id: 'late', retiresOn: '2999-01-01', successor: 'new' },
    { ...model, id: 'gone', retiresOn: '2001-01-01', successor: 'new' },
  ],
  estimate: ({ model, quality }) => model === 'new' ? {
    microUsd: quality === 'low' ? 10000 : 40000, worstMicroUsd: 50000, basis: 'exact',
    asOf: '2026-11-01', source: 'a list' } : undefined,
  estimateInBatch: () => ({ microUsd: 10000, worstMicroUsd: 50000, basis: 'exact', source: 'a list' }),
  connect: () => ({ kind: 'locked', missing: 'STUDIO_KEY' }),
}) }
`

let project: TestProject
beforeEach(() => {
  project = makeProject({ 'imprompt.config.mjs': config })
})
afterEach(() => project[Symbol.dispose]())

const models = (...args: readonly string[]): Promise<CliRun> =>
  runCli(project.root, ['models', ...args])

test('tells each model with its end, its sizes and its price', async () => {
  const { stdout, stderr, code } = await models()
  expect(stdout.replace(/in \d+ days/, 'in N days')).toMatchInlineSnapshot(`
    "studio

      new (latest), the default
        status     active
        sizes      1536x1024
        qualities  low, high
        honours    quality, ref (up to 4)
        price      1536x1024: low $0.01, high $0.04
        at most    1536x1024: $0.05
        in a batch 1536x1024: high $0.01
        source     a list, read on 2026-11-01

      late
        status     retires on 2999-01-01, in N days; its successor is new
        sizes      1536x1024
        qualities  low, high
        honours    quality, ref (up to 4)
        price      none published; set
                   \`prices: { 'late': { maxMicroUsd: 250_000 } }\`

      gone
        status     retired on 2001-01-01; its successor is new

    Prices are what a picture is expected to cost, its prompt and references apart.
    "
  `)
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
})

test('prints the same facts as one object, in micro-dollars', async () => {
  const { stdout, code } = await models('--json')
  expect(JSON.parse(stdout)).toMatchObject({
    models: [
      {
        id: 'new',
        status: 'active',
        pricedSize: '1536x1024',
        prices: [
          { quality: 'low', microUsd: 10_000 },
          { quality: 'high', microUsd: 40_000, batchMicroUsd: 10_000 },
        ],
      },
      { id: 'late', status: 'retiring', retiresOn: '2999-01-01', prices: [] },
      { id: 'gone', status: 'retired', successor: 'new' },
    ],
  })
  expect(code).toBe(0)
})

test('goes on without the servers where a key is missing', async () => {
  const { stdout, stderr, code } = await models('--live')
  expect(stderr).toBe('No days of retirement from `studio`: it lacks `STUDIO_KEY`\n')
  expect(stdout).toContain('latest')
  expect(code).toBe(0)
})

test('takes the days that a server names', async () => {
  await using server: OpenAiDouble = await startOpenAi()
  const bought = makeProject({ '.env.local': credentials(server.url) })
  try {
    const { stdout, stderr } = await runCli(bought.root, ['models', '--live', '--json'])
    expect(stderr).toBe('')
    expect(stdout).toContain('"retirementBy": "server"')
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models',
    ])
    expect(server.billed).toEqual([])
  } finally {
    bought[Symbol.dispose]()
  }
})

test('a lint takes no `--live`', async () => {
  const { stderr, code } = await runCli(project.root, ['lint', '--live'])
  expect(stderr).toContain('`--live`, which goes with plan, generate, check, models and upgrade')
  expect(code).toBe(2)
})

test('tells what stored pictures of a model without a published price took', async () => {
  await using server = await startOpenAi()
  using buyer = makeProject({
    '.env.local': credentials(server.url),
    'imprompt.config.mjs': `export default {
      model: 'gpt-image-2.6-flare', size: '1024x1024',
      prices: { 'gpt-image-2.6-flare': { maxMicroUsd: 300000 } },
    }`,
    'post.md': `![gen: a fox](quality=low, alt=fox)

![gen: a hen](quality=low, alt=hen)

![gen: an owl](quality=medium, alt=owl)
`,
  })
  expect(await runCli(buyer.root, ['generate'])).toMatchObject({ code: 0 })
  expect(server.billed).toHaveLength(3)

  const { stdout } = await runCli(buyer.root, ['models'])
  const flare = stdout.split('\n\n').find((block) => block.startsWith('  gpt-image-2.6-flare'))
  expect(flare).toMatchInlineSnapshot(`
    "  gpt-image-2.6-flare, the default
        status     active
        sizes      multiples of 16 up to 3840, at most 3:1, 655360 to 8294400 pixels
        qualities  low, medium, high, xhigh, max, auto
        honours    quality, background, moderation, ref (up to 16), mask, vary,
                   complexity, animated (2 to 16 frames), vector
        at most    $0.30 a picture, by \`prices\` of the configuration
        rate       $30.00 a million image tokens
        source     documents of two resellers, apiyi and apidog, read on 2026-11-22;
                   confidence: medium
        unverified the rates at OpenAI; tokens of a picture, GIF and SVG, and a
                   batch price: nothing is published, one third party measured 664
                   for 1536x1024 low
        seen       1024x1024 low: 3122 image tokens, billed $0.09367 each, by 2
                   stored pictures
        seen       1024x1024 medium: 7024 image tokens, billed $0.21073 each, by 1
                   stored picture"
  `)
  const { models: facts } = JSON.parse((await runCli(buyer.root, ['models', '--json'])).stdout)
  expect(facts).toContainEqual(
    expect.objectContaining({
      id: 'gpt-image-2.6-flare',
      seen: [expect.objectContaining({ quality: 'low', pictures: 2 }), expect.anything()],
    }),
  )
  expect(server.billed).toHaveLength(3)
})

/** A provider whose server says this of the end of its model. */
const served = (days: string): string => `
import { defineProvider } from '@imprompt/core'
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
export default { provider: defineProvider({
  id: 'studio', digitalSourceType: 'trainedAlgorithmicMedia', defaultModel: 'brush',
  models: [{ id: 'brush', aliases: [], qualities: [], backgrounds: [], honours: [], maxPromptCodePoints: 100,
    sizes: { kind: 'list', sizes: [{ width: 1536, height: 1024 }] } }],
  estimate: () => ({ microUsd: 10000, worstMicroUsd: 10000, basis: 'exact', source: 'a list' }),
  connect: () => ({ kind: 'ready', generate: () => { throw new Error('asked') }, retirements: async () => ${days} }),
}) }
`

const toldBy = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await runCli(project.root, ['plan', '--json', ...args])
  const report: Pick<Report, 'problems'> = JSON.parse(stdout)
  return report.problems.map(({ code, severity }) => `${severity} ${code}`)
}

test.for([
  ['ends in 30 days', "new Map([['brush', inDays(30)]])", ['warning model-retiring']],
  ['has ended', "new Map([['brush', inDays(-1)]])", ['error model-retired']],
  ['ends in 90 days', "new Map([['brush', inDays(90)]])", []],
] as const)('a plan is told by the server that a model %s', async ([, days, expected]) => {
  project.write({ 'imprompt.config.mjs': served(days), 'post.md': '![gen: a fox](alt=fox)\n' })
  expect(await toldBy('--live')).toEqual(expected)
  expect(await toldBy()).toEqual([])
})

test('a plan says in words which model its server ends', async () => {
  const days = "new Map([['brush', inDays(30)]])"
  project.write({ 'imprompt.config.mjs': served(days), 'post.md': '![gen: a fox](alt=fox)\n' })
  const { stdout, code } = await runCli(project.root, ['plan', '--live'])
  expect(stdout).toContain('warning: `brush` of `studio` is retired on ')
  expect(code).toBe(0)
})

test('a purchase asks the server once, and buys as it would without', async () => {
  await using server = await startOpenAi()
  using buyer = makeProject({
    '.env.local': credentials(server.url),
    'post.md': '![gen: a fox](alt=fox)\n',
  })
  expect(await runCli(buyer.root, ['generate', '--live'])).toMatchObject({ code: 0, stderr: '' })
  expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/models',
    'POST /v1/images/generations',
  ])
  expect(server.billed).toHaveLength(1)
})

test('a plan goes on without a server that does not answer', async () => {
  const days = "Promise.reject(new Error('no route'))"
  project.write({ 'imprompt.config.mjs': served(days), 'post.md': '![gen: a fox](alt=fox)\n' })
  const { stdout, stderr, code } = await runCli(project.root, ['plan', '--live'])
  expect(stderr).toBe('No days of retirement from `studio`: no route\n')
  expect(stdout).toContain('1 new')
  expect(code).toBe(0)
})
