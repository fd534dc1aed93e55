import { join, relative } from 'node:path'
import { inspect } from 'node:util'
import mdx from '@mdx-js/rollup'
import { build, createLogger } from 'vite'
import imprompt from 'vite-plugin-imprompt'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type CanaryProject,
  canaries,
  canaryDirective,
  canaryProject,
  expectNone,
  hiddenFromOthers,
  filesBelow,
} from '../support/canaries.ts'
import {
  type Fault,
  type OpenAiDouble,
  blocks,
  mishaps,
  refusals,
  startOpenAi,
} from '../support/openai-server.ts'
import { mdxSite, rawSite } from '../support/sites.ts'

let openAi: OpenAiDouble
beforeEach(async () => {
  openAi = await startOpenAi()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await openAi[Symbol.asyncDispose]()
})

/** What a build told, at any level, and how it failed. */
interface Told {
  readonly log: string
  readonly error: unknown
}

async function buildIn(site: CanaryProject): Promise<Told> {
  vi.stubEnv('HOME', site.environment['HOME'])
  const lines: string[] = []
  const note = (line: unknown): void => void lines.push(inspect(line, { depth: Infinity }))
  const logger = { ...createLogger('info'), info: note, warn: note, warnOnce: note, error: note }
  const plugins = [imprompt(), mdx({ jsxImportSource: 'preact' })]
  const options = { root: site.root, customLogger: logger, plugins, build: { sourcemap: true } }
  const error = await build(options).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  // Where Vite writes, as it tells it from where this test runs.
  const output = relative(process.cwd(), join(site.root, 'dist'))
  return { log: lines.join('\n').replaceAll(output, 'dist'), error }
}

/** Stacks name files of a project's own disk, as those of any program do. */
function withoutStacks(error: unknown): string {
  return inspect(error, { depth: Infinity, showHidden: true }).replaceAll(/^\s+at .*$/gm, '')
}

describe('a build tells nobody what is its own', () => {
  test.for([
    ['in a text that a page compiles', { ...rawSite, 'post.md': canaryDirective(', style=house') }],
    ['in a module of MDX', { ...mdxSite, 'post.mdx': canaryDirective(', style=house') }],
    [
      'in front matter',
      { ...rawSite, 'post.md': `---\ncover: 'gen: ${canaryDirective().slice(7, 560)}'\n---\n` },
    ],
  ] as const)('%s', async ([, files]) => {
    using site = canaryProject(openAi.url, files)
    const { log, error } = await buildIn(site)
    expect(error).toBeUndefined()
    expect(openAi.billed).toHaveLength(1)
    expectNone(log, 'the log')
    const output = filesBelow(join(site.root, 'dist'))
    expect(output.some(([name]) => name.endsWith('.map'))).toBe(true)
    for (const [name, bytes] of output) expectNone(bytes, name, hiddenFromOthers)
    const ledger = filesBelow(join(site.root, canaries.store, 'ledger'))
    expect(ledger).toHaveLength(1)
    for (const [name, bytes] of ledger) expectNone(bytes, name, hiddenFromOthers)
  })

  const echo: Fault = {
    status: 400,
    error: {
      message: `Rejected for ${canaries.key}: ${canaryDirective()}`,
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_value',
    },
  }
  const faults: readonly Fault[] = [
    echo,
    ...Object.values(refusals),
    ...Object.values(blocks),
    ...mishaps.filter((one) => one !== 'hang'),
  ]

  test.for(
    faults.map((fault) => [typeof fault === 'string' ? fault : fault.error.code, fault] as const),
  )('where the provider fails: %s', async ([, fault]) => {
    using site = canaryProject(openAi.url, { ...rawSite, 'post.md': canaryDirective() })
    openAi.fail(fault)
    const { log, error } = await buildIn(site)
    expect(openAi.requests).toBeGreaterThan(0)
    expectNone(log, 'the log')
    expectNone(withoutStacks(error), 'the error')
  })

  test.for([
    ['a mistake', `${canaryDirective()}\n![gen: a hen](sise=1)`, ''],
    ['a budget', canaryDirective(), 'budget: { build: 0.001 }'],
    ['a mode', canaryDirective(), "mode: 'frozen'"],
    ['a policy', canaryDirective(), "policy: { models: ['none'] }"],
  ])('where %s stops it', async ([, post = '', config]) => {
    using site = canaryProject(openAi.url, { ...rawSite, 'post.md': post }, config)
    const { log, error } = await buildIn(site)
    expect(error).toBeInstanceOf(Error)
    expect(openAi.requests).toBe(0)
    expectNone(log, 'the log')
    expectNone(withoutStacks(error), 'the error')
  })
})
