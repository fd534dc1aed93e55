import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ImpromptError, didYouMean, nearestOf } from '@imprompt/core'
import { type Host, type HostId, hosts } from './hosts.ts'
import type { ProjectFacts } from './project-facts.ts'

/** Frameworks, of which a project has one; plain Vite and unified are what they are made of. */
const fundamental: ReadonlySet<HostId> = new Set(['vite', 'unified'])

/**
 * What builds a project: the host that somebody named, else the framework that it depends on, else Vite or unified.
 * Answers nothing where there is none.
 * @throws `USAGE` where the name is none, or several frameworks are there
 */
export function hostOf(facts: ProjectFacts, named: string | undefined): Host | undefined {
  if (named !== undefined) return hostNamed(named)
  const found = hostsIn(facts)
  const frameworks = found.filter(({ id }) => !fundamental.has(id))
  if (frameworks.length < 2) return frameworks[0] ?? found[0]
  const names = new Intl.ListFormat('en-GB').format(frameworks.map(({ name }) => name))
  const ways = frameworks.map(({ id }) => `\`--host ${id}\``)
  throw new ImpromptError(
    'USAGE',
    `The project depends on ${names}; nothing was written. Say which of them builds it: ${ways.join(' or ')}`,
  )
}

function hostNamed(name: string): Host {
  const host = hosts.find(({ id }) => id === name)
  if (host !== undefined) return host
  const ids = hosts.map(({ id }) => id)
  throw new ImpromptError(
    'USAGE',
    `Unexpected \`--host ${name}\`${didYouMean(nearestOf(name, ids))}, expected ${ids.join(', ')}; nothing was written`,
  )
}

/** Every host that a project depends on. */
export function hostsIn({ dependencies, folder }: ProjectFacts): readonly Host[] {
  return hosts.filter(
    ({ dependency, configs, isToldByConfig }) =>
      dependencies.has(dependency) ||
      (isToldByConfig && configs.some((name) => existsSync(join(folder, name)))),
  )
}

/** A host in words, with its version and what compiles Markdown in it. */
export function hostInWords({ name, dependency, compilers }: Host, facts: ProjectFacts): string {
  const inWords = (one: string): string => {
    const version = /\d+(?:\.\d+)*/.exec(facts.dependencies.get(one) ?? '')?.[0]
    return version === undefined ? '' : ` ${version}`
  }
  const compiler = compilers.find((one) => facts.dependencies.has(one))
  return `${name}${inWords(dependency)}${compiler === undefined ? '' : ` with ${compiler}`}`
}
