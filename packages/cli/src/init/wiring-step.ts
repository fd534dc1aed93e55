import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { asCommonJs, isCommonJs } from './module-form.ts'
import { type ConfigEdit, importLine } from './config-edit.ts'
import { type ConfigSource, readConfigSource } from './config-source.ts'
import { plainHand } from './handwriting.ts'
import { hostConfigOf, lackingConfigOf } from './host-config.ts'
import type { Host, Wiring } from './hosts.ts'
import { addToList } from './list-edit.ts'
import { importsFrom } from './plugin-import.ts'
import type { ProjectFacts } from './project-facts.ts'
import type { Step } from './step.ts'
import { wrapExport } from './wrap-edit.ts'

/** Brings pictures into a host: by a line of its configuration, or by lines for a person where that is not to be edited. */
export function wiringStep(host: Host, facts: ProjectFacts): Step {
  const path = hostConfigOf(host, facts)
  if (path === undefined) return withoutConfig(host, facts)
  const source = readFileSync(path, 'utf8')
  const edit = edited(source, path, host)
  switch (edit.kind) {
    case 'there':
      return { kind: 'there', path }
    case 'changed':
      return { kind: 'write', path, change: { before: source, after: edit.source } }
    case 'by-hand':
      return { kind: 'by-hand', path, reason: edit.reason, lines: linesLike(source, host.wiring) }
  }
}

function withoutConfig(host: Host, facts: ProjectFacts): Step {
  const { wiring } = host
  if (host.configs.length === 0 && facts.dependencies.has(wiring.from))
    return { kind: 'there', path: join(facts.folder, 'package.json') }
  const text = newConfigs.get(host.id)
  const edit = text === undefined ? undefined : edited(text, '', host)
  const path = lackingConfigOf(host, facts)
  if (path === undefined || edit?.kind !== 'changed') return unwritten(host, path, linesFor(wiring))
  // Where pages stand that have no configuration is for a person to say.
  if (host.id === 'vitepress') return unwritten(host, path, edit.source)
  const ending = facts.usesTypeScript ? 'ts' : 'js'
  const name = `${host.id}.config.${facts.isModule ? '' : 'm'}${ending}`
  const change = { before: undefined, after: edit.source }
  return { kind: 'write', path: join(facts.folder, name), change }
}

function unwritten({ name, id }: Host, path: string | undefined, lines: string): Step {
  if (path === undefined) return { kind: 'by-hand', reason: 'where Markdown is compiled', lines }
  const where = id === 'vitepress' ? ', in the folder of the pages' : ''
  const reason = `no configuration of ${name} was found; write it${where}`
  return { kind: 'by-hand', path, reason, lines }
}

/** What hosts that work without a configuration are given. */
const newConfigs: ReadonlyMap<string, string> = new Map([
  ['vite', "import { defineConfig } from 'vite'\n\nexport default defineConfig({})\n"],
  ['astro', "import { defineConfig } from 'astro/config'\n\nexport default defineConfig({})\n"],
  ['vitepress', "import { defineConfig } from 'vitepress'\n\nexport default defineConfig({})\n"],
])

function edited(source: string, path: string, host: Host): ConfigEdit {
  const config = readConfigSource(source)
  if ('fault' in config) return { kind: 'by-hand', reason: `it does not parse: ${config.fault}` }
  const { wiring } = host
  if (isElsewhere(wiring.from, config, path)) return { kind: 'there' }
  const stray = strayIn(wiring, config)
  if (stray !== undefined) return { kind: 'by-hand', reason: stray }
  const edit = editedBy(wiring, config)
  if (edit.kind !== 'changed') return edit
  // What was written has to be recognised the next time.
  const after = readConfigSource(edit.source)
  return 'program' in after && editedBy(wiring, after).kind === 'there'
    ? edit
    : { kind: 'by-hand', reason: 'a line cannot be added to it safely' }
}

function editedBy(wiring: Wiring, config: ConfigSource): ConfigEdit {
  switch (wiring.kind) {
    case 'list':
      return addToList(wiring, config)
    case 'wrap':
      // Whoever calls the plugin of markdown-it itself has wired it by hand.
      return importsFrom('markdown-it-imprompt', config.program)
        ? { kind: 'there' }
        : wrapExport(wiring, config)
    case 'recipe':
      return importsFrom(wiring.from, config.program)
        ? { kind: 'there' }
        : { kind: 'by-hand', reason: 'what compiles Markdown there is to go through pictures' }
  }
}

/** Whether a file next to a configuration, which that imports, speaks of a package. */
function isElsewhere(from: string, { program }: ConfigSource, path: string): boolean {
  return program.body
    .flatMap((node) => (node.type === 'ImportDeclaration' ? [node.source.value] : []))
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => filesNamed(join(dirname(path), name)))
    .some((file) => {
      const text = readFileSync(file, 'utf8')
      return text.includes(`'${from}'`) || text.includes(`"${from}"`)
    })
}

function filesNamed(path: string): readonly string[] {
  const stem = path.slice(0, path.length - extname(path).length)
  return ['', '.ts', '.js', '.mts', '.mjs']
    .flatMap((ending) => [`${path}${ending}`, `${stem}${ending}`])
    .filter((file) => extname(file) !== '' && existsSync(file))
    .slice(0, 1)
}

/** The plugin of Vite alone does not reach the Markdown of frameworks that read it by themselves. */
function strayIn({ from }: Wiring, { program }: ConfigSource): string | undefined {
  const plugin = 'vite-plugin-imprompt'
  if (from === plugin || importsFrom('markdown-it-imprompt', program)) return undefined
  if (!importsFrom(plugin, program)) return undefined
  return `it has \`${plugin}\`, which \`${from}\` brings along: take that out`
}

/** Lines for a file that is there, in its own form. */
function linesLike(source: string, wiring: Wiring): string {
  return isCommonJs(source) ? asCommonJs(linesFor(wiring)) : linesFor(wiring)
}

function linesFor(wiring: Wiring): string {
  switch (wiring.kind) {
    case 'list': {
      const { field, place, local } = wiring
      const list = place === 'first' ? `${local}(), …` : `…, ${local}()`
      return `${importLine(wiring, plainHand)}\n\n${field}: [${list}],\n`
    }
    case 'wrap':
      return `${importLine(wiring, plainHand)}\n\nexport default ${wiring.local}({ … })\n`
    case 'recipe':
      return wiring.lines
  }
}
