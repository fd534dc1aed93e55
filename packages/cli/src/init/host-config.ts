import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from './hosts.ts'
import { type ProjectFacts, foldersBelow } from './project-facts.ts'

/** How deep below a project's folder the pages of VitePress may stand. */
const maxDepth = 3

/** The configuration file of a host; where there are several, the one that a script of the project names. */
export function hostConfigOf(
  { id, configs }: Host,
  { folder, scripts }: ProjectFacts,
): string | undefined {
  const folders = id === 'vitepress' ? ['', ...foldersBelow(folder, maxDepth)] : ['']
  const found = folders.flatMap((one) => {
    const name = configs.find((config) => existsSync(join(folder, one, config)))
    return name === undefined ? [] : [{ below: one, path: join(folder, one, name) }]
  })
  const inScripts = found.find(({ below }) => below !== '' && scripts.includes(` ${below}`))
  return (inScripts ?? found[0])?.path
}

/** Where a person would write the configuration that a host lacks; nothing where the host has none. */
export function lackingConfigOf(
  { id, configs }: Host,
  { folder, scripts, isModule, usesTypeScript }: ProjectFacts,
): string | undefined {
  const modules = configs.filter((name) => /\.m[jt]s$/.test(name))
  const [usual] = isModule || id === 'nuxt' ? configs : modules
  if (id !== 'vitepress') return usual && join(folder, usual)
  // Pages stand in the folder that is built; only a script tells which it is.
  const [, pages = ''] = /\bvitepress (?:dev|build|serve|preview) ([\w./-]+)/.exec(scripts) ?? []
  return join(folder, pages, `.vitepress/config.${usesTypeScript ? 'mts' : 'mjs'}`)
}
