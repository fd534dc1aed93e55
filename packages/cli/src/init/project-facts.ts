import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ImpromptError, reasonOf, upward } from '@imprompt/core'
import { type Agent, detect, getUserAgent } from 'package-manager-detector'

/** What is looked at before a project is prepared. */
export interface ProjectFacts {
  /** The folder of its `package.json`. */
  readonly folder: string
  /** What it depends on: names of packages with their version, or the range that is asked for where none is installed. */
  readonly dependencies: ReadonlyMap<string, string>
  /** The text of its scripts. */
  readonly scripts: string
  readonly hasBuildScript: boolean
  /** Whether its `.js` and `.ts` files are modules by what `package.json` says. */
  readonly isModule: boolean
  readonly usesTypeScript: boolean
  readonly packageManager: Agent
  /** Where it stands in a workspace; absent outside of one. */
  readonly workspace?: 'root' | 'member'
  /** The folder whose lock file says what is installed: the top of the workspace, or its own. */
  readonly installFolder: string
}

/**
 * Looks at a project.
 * @param start A folder of it.
 * @throws `USAGE` where its `package.json` does not parse
 */
export async function projectFactsOf(start: string): Promise<ProjectFacts> {
  const folders = upward(resolve(start))
  const folder = folders.find((one) => existsSync(join(one, 'package.json'))) ?? resolve(start)
  const manifest = manifestIn(folder)
  const dependencies = dependenciesOf(manifest, folder)
  const scripts = recordOf(manifest['scripts'])
  const detected = await detect({ cwd: folder })
  const top = folders.slice(folders.indexOf(folder)).find(isWorkspace)
  return {
    folder,
    dependencies,
    scripts: Object.values(scripts).join('\n'),
    hasBuildScript: Object.hasOwn(scripts, 'build'),
    isModule: manifest['type'] === 'module',
    usesTypeScript: dependencies.has('typescript') || existsSync(join(folder, 'tsconfig.json')),
    packageManager: detected?.agent ?? getUserAgent() ?? 'npm',
    ...(top !== undefined && { workspace: top === folder ? 'root' : 'member' }),
    installFolder: top ?? folder,
  }
}

type Manifest = Readonly<Record<string, unknown>>

function manifestIn(folder: string): Manifest {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return {}
  try {
    return recordOf(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new ImpromptError(
      'USAGE',
      `\`${path}\` cannot be read: ${reasonOf(cause)}; nothing was written. Mend it, then run this again`,
      { cause },
    )
  }
}

function recordOf(value: unknown): Manifest {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function dependenciesOf(manifest: Manifest, folder: string): ReadonlyMap<string, string> {
  const declared = ['dependencies', 'devDependencies'].flatMap((field) =>
    Object.entries(recordOf(manifest[field])),
  )
  return new Map(
    declared.map(([name, range]) => [name, installedVersion(name, folder) ?? String(range)]),
  )
}

/** Whether a package is where Node looks for it from a folder. */
export function isInstalled(name: string, folder: string): boolean {
  return installedVersion(name, folder) !== undefined
}

/** A package need not export its `package.json`, so that it is looked for where Node looks for the package. */
function installedVersion(name: string, folder: string): string | undefined {
  const found = upward(folder)
    .map((one) => join(one, 'node_modules', name))
    .find((one) => existsSync(join(one, 'package.json')))
  const version = found === undefined ? undefined : manifestIn(found)['version']
  return typeof version === 'string' ? version : undefined
}

function isWorkspace(folder: string): boolean {
  return (
    existsSync(join(folder, 'pnpm-workspace.yaml')) ||
    manifestIn(folder)['workspaces'] !== undefined
  )
}

/**
 * Folders below one, relative to it, with forward slashes; without hidden ones, installed packages, and what cannot be read.
 */
export function foldersBelow(folder: string, depth: number): readonly string[] {
  const below = (at: string, left: number): readonly string[] =>
    left === 0
      ? []
      : namesIn(at).flatMap((name) => [join(at, name), ...below(join(at, name), left - 1)])
  return below(folder, depth).map((path) => relative(folder, path).replaceAll('\\', '/'))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isDirectory() && !/^\.|^node_modules$|^dist$/.test(one.name))
      .map(({ name }) => name)
  } catch {
    return []
  }
}
