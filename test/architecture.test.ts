import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
const core = join(packages, 'core/src')

/** Data goes from left to right: a stage imports what stands left of it, and its own files. */
const stages = [
  'ground',
  'config',
  'directive',
  'request',
  'key',
  'plan',
  'store',
  'provider',
  'resolve',
  'optimise',
  'render',
  'estimate',
  'report',
  'upkeep',
  'top',
]

/** Store and provider do not know each other, and neither knows the plan; a provider does not know the request. */
const blind = new Map([
  ['store', ['plan', 'request', 'directive']],
  ['provider', ['store', 'plan', 'request', 'directive', 'key']],
  ['report', ['render', 'optimise']],
  ['upkeep', ['provider', 'resolve', 'optimise', 'render', 'report']],
])

const ground = new Set([
  'ports.ts',
  'batch-port.ts',
  'claim-port.ts',
  'entry-port.ts',
  'ledger-port.ts',
  'nouns.ts',
  'provider-port.ts',
  'remote-port.ts',
  'store-port.ts',
  'error.ts',
  'problem.ts',
  'diagnostic.ts',
  'place.ts',
  'secret.ts',
  'size-rule.ts',
  'picture-format.ts',
  'versions.ts',
  'nearest.ts',
  'wording.ts',
  'fields.ts',
  'json.ts',
  'root-message.ts',
  'way-back.ts',
])

const hosts = new Map([
  ['core', []],
  ['remark', ['@imprompt/core']],
  ['vite', ['@imprompt/core', 'vite']],
  ['markdown-it', ['@imprompt/core', 'vite-plugin-imprompt']],
  ['astro', ['@imprompt/core', 'vite-plugin-imprompt', 'vite', 'astro']],
  ['cli', ['@imprompt/core']],
])

/** The only modules of core that may touch disk, network, sharp or the process. */
const edges = [
  /^config\/(?:load|core-copies|add-command)\.ts$/,
  /^directive\/content\.ts$/,
  /^store\//,
  /^provider\//,
  /^resolve\/inspect-reply\.ts$/,
  /^resolve\/inspect\/png-structure\.ts$/,
  /^optimise\/(?:encode|contact-sheet)\.ts$/,
  /^render\/search-output\.ts$/,
  /^report\/(?:report-file|step-summary)\.ts$/,
  /^upkeep\/(?:git\/|store-files\.ts$|named-by-git\.ts$|initialise\.ts$|doctor\/(?:patient|originals)\.ts$|gc\/(?:safe-to-collect|claims-here|collect)\.ts$)/,
  /^node-version\.ts$/,
  /^open-project\.ts$/,
  /^open-pictures\.ts$/,
  /^write-pictures\.ts$/,
]

const pure = new Set(['node:crypto', 'node:path', 'node:util', 'node:url'])

interface Module {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

function modulesOf(folder: string): readonly Module[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const imports = [...text.matchAll(/^(?:import|export)\b[^']*?from '([^']+)'/gm)].map(
        (match) => match[1] ?? '',
      )
      return { path: name, text, imports }
    })
}

function stageOf(path: string): string {
  const [first = ''] = path.split('/')
  if (path.includes('/')) return first
  return ground.has(path) ? 'ground' : 'top'
}

describe('the modules of core', () => {
  test.for(modulesOf(core))('$path imports what stands left of it', ({ path, imports }) => {
    const stage = stageOf(path)
    for (const imported of imports.filter((one) => one.startsWith('.'))) {
      const target = relative(core, resolve(core, dirname(path), imported))
      const targetStage = stageOf(target)
      expect(stages, `${path} stands in no stage`).toContain(stage)
      expect(stages.indexOf(targetStage), `${path} → ${target}`).toBeLessThanOrEqual(
        stages.indexOf(stage),
      )
      expect(blind.get(stage) ?? [], `${path} → ${target}`).not.toContain(targetStage)
    }
  })

  test.for(modulesOf(core))('$path leaves the world to the edges', ({ path, text, imports }) => {
    if (edges.some((edge) => edge.test(path))) return
    expect(text).not.toMatch(/\bprocess\.[a-z]+\b(?!`)/i)
    const worldly = imports.filter(
      (one) => (one.startsWith('node:') && !pure.has(one)) || one === 'sharp' || one === 'undici',
    )
    expect(worldly).toEqual([])
  })
})

describe.for([...hosts])('the package %s', ([name, allowed]) => {
  const modules = modulesOf(join(packages, name, 'src'))

  test('imports no host but its own', () => {
    const foreign = new Set([
      'vite',
      'astro',
      '@imprompt/astro',
      '@imprompt/core',
      'remark-imprompt',
      'markdown-it-imprompt',
      'vite-plugin-imprompt',
      'imprompt',
    ])
    for (const { path, imports } of modules)
      for (const imported of imports.filter((one) => foreign.has(one)))
        expect(allowed, `${path} → ${imported}`).toContain(imported)
  })

  test.for(modules)('$path keeps to the house rules', ({ path, text }) => {
    expect(text.split('\n').length, `${path} is too long`).toBeLessThanOrEqual(251)
    expect(path).not.toMatch(/utils|helpers|common|manager/)
    expect(text).not.toMatch(/@ts-(?:ignore|expect-error|nocheck)|\bTODO\b|\bFIXME\b/)
    expect(text).not.toMatch(/^(?:export )?let /m)
  })
})
