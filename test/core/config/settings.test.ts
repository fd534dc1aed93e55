import { mkdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadEnvironment, loadProject } from '../../../packages/core/src/config/load.ts'
import { settingsFrom } from '../../../packages/core/src/config/settings.ts'
import { termsFor } from '../../../packages/core/src/config/terms.ts'
import { fakeProvider, mute, settingsOf } from '../../support/fakes.ts'
import { memoryRemote, memoryTier } from '../../support/memory-tier.ts'
import { makeProject } from '../../support/project.ts'

describe('a configuration', () => {
  test.for([
    [{ sise: 1 }, 'sise'],
    [{ budget: { build: '1,00' } }, 'budget.build'],
    [{ budget: { build: -1 } }, 'budget.build'],
    [{ budget: { build: Number.NaN } }, 'budget.build'],
    [{ budget: { weekly: 1 } }, 'budget.weekly'],
    [{ output: { widths: [480, 0] } }, 'output.widths.1'],
    [{ output: { formats: ['gif'] } }, 'output.formats.0'],
    [{ images: { hero: { size: 'og' } } }, 'images.hero.prompt'],
    [{ images: { '../hero': { prompt: 'x' } } }, 'images.../hero'],
    [{ styles: { brand: 'no slot' } }, 'styles.brand'],
    [{ styles: { brand: '{prompt} {prompt}' } }, 'styles.brand'],
    [{ mode: 'fast' }, 'mode'],
    [{ provider: 'openai' }, 'provider'],
    [{ provider: { ...mute, digitalSourceType: undefined } }, 'provider'],
    [{ provider: { ...mute, models: [{ id: 'x' }] } }, 'provider'],
    [{ providers: [fakeProvider(() => Promise.reject(new Error('asked')))] }, 'providers'],
    [{ model: 'unheard-of' }, 'model'],
    [{ prices: { 'fake-1': { maxMicroUsd: 0.5 } } }, 'prices.fake-1.maxMicroUsd'],
    [{ content: [] }, 'content'],
    [{ concurrency: 0 }, 'concurrency'],
    [{ remotes: [memoryRemote(memoryTier()), memoryRemote(memoryTier())] }, 'remotes'],
    [{ remotes: ['s3://pictures'] }, 'remotes.0'],
    [{ remotes: [memoryRemote(memoryTier(), { isReadOnly: true })], persist: 'remote' }, 'persist'],
    ['text', 'export default'],
    [null, 'export default'],
    [{ images: { hero: { prompt: 'x', widths: [1] } } }, 'images.hero.widths'],
  ] as const)('%j is refused at `%s`', ([config, path]) => {
    const answer = settingsFrom(config, mute)
    expect('issues' in answer && answer.issues.map((issue) => issue.path)).toEqual([path])
  })

  test.for([
    ['{ "__proto__": { "mode": "frozen" } }', '__proto__'],
    ['{ "constructor": {} }', 'constructor'],
  ] as const)('is not fooled by a prototype: %s', ([json, path]) => {
    const answer = settingsFrom(JSON.parse(json), mute)
    expect('issues' in answer && answer.issues.map((issue) => issue.path)).toEqual([path])
  })
})

describe('the terms of a build', () => {
  const termsOf = (
    environment: Readonly<Record<string, string>>,
    flags = {},
    settings = settingsOf(),
  ) => {
    const answer = termsFor(settings, environment, flags)
    if ('issues' in answer) throw new Error(answer.issues[0]?.path)
    return answer.terms
  }

  test.for([
    [{}, 'generate'],
    [{ CI: 'true' }, 'frozen'],
    [{ CI: '1' }, 'frozen'],
    [{ CI: 'false' }, 'generate'],
    [{ CI: '0' }, 'generate'],
    [{ CI: '' }, 'generate'],
    [{ CI: 'true', IMPROMPT_MODE: 'placeholder' }, 'placeholder'],
    [{ IMPROMPT_MODE: '', IMPROMPT_BUDGET: '' }, 'generate'],
  ] as const)('under %j are those of mode %s', ([environment, mode]) => {
    expect(termsOf(environment).mode).toBe(mode)
  })

  test('prefer a flag to the environment, and that to the configuration', () => {
    const settings = settingsOf({ mode: 'placeholder', budget: { build: 3 } })
    const environment = { IMPROMPT_MODE: 'frozen', IMPROMPT_BUDGET: '2' }
    const flags = { mode: 'generate', budget: '1' }
    const settled = (...args: Parameters<typeof termsOf>): readonly unknown[] => {
      const { mode, budget, isBudgetExplicit } = termsOf(...args)
      return [mode, ...budget.map(({ limit }) => limit), isBudgetExplicit]
    }
    expect(settled(environment, flags, settings)).toEqual(['generate', 1_000_000, true])
    expect(settled(environment, {}, settings)).toEqual(['frozen', 2_000_000, true])
    expect(settled({}, {}, settings)).toEqual(['placeholder', 3_000_000, true])
    expect(settled({})).toEqual(['generate', 1_000_000, false])
  })

  test.for([
    [{ IMPROMPT_MODE: 'fast' }, {}, 'IMPROMPT_MODE'],
    [{ IMPROMPT_BUDGET: 'Infinity' }, {}, 'IMPROMPT_BUDGET'],
    [{}, { mode: '' }, '--mode'],
    [{}, { budget: '-1' }, '--budget'],
  ] as const)('refuse %j with %j', ([environment, flags, path]) => {
    expect(() => termsOf(environment, flags)).toThrow(path)
  })
})

describe('a project on disk', () => {
  test('is the nearest folder with a configuration, also above one with a package.json', async () => {
    using project = makeProject({
      'imprompt.config.mjs': 'export default { size: "og" }',
      'site/package.json': '{}',
      'site/posts/a.md': '',
    })
    expect(await loadProject(project.path('site/posts'))).toEqual({
      root: project.root,
      configFile: 'imprompt.config.mjs',
      config: { size: 'og' },
    })
  })

  test('is the nearest folder with a package.json where there is no configuration', async () => {
    using project = makeProject({ 'site/package.json': '{}' })
    mkdirSync(project.path('site/posts'))
    expect(await loadProject(project.path('site/posts'))).toEqual({
      root: project.path('site'),
      config: {},
    })
  })

  test('reads an edited configuration anew', async () => {
    using project = makeProject({ 'imprompt.config.ts': 'export default { size: "og" }' })
    expect((await loadProject(project.root)).config).toEqual({ size: 'og' })
    project.write({ 'imprompt.config.ts': 'export default { size: "wide" }' })
    expect((await loadProject(project.root)).config).toEqual({ size: 'wide' })
  })

  test('reads its .env files in order, and lets the process win', () => {
    using project = makeProject({
      '.env': 'A=1\nB=1\nC=1\nD=1\nE=1\n',
      '.env.local': 'B=2\nC=2\nD=2\nE=2\n',
      '.env.test': 'C=3\nD=3\nE=3\n',
      '.env.test.local': 'D=4\nE=4\n',
      '.env.production': 'A=wrong\n',
    })
    const environment = loadEnvironment(project.root, { E: '5', F: undefined }, 'test')
    expect(environment).toEqual({ A: '1', B: '2', C: '3', D: '4', E: '5' })
  })
})
