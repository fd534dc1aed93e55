import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { ImpromptError, reasonOf } from '../error.ts'
import type { Environment } from '../ports.ts'
import { upward } from './upward.ts'

/** Where a project stands, before its configuration is read. */
export interface Site {
  readonly root: string
  /** Name of the configuration file relative to the root; absent where there is none. */
  readonly configFile?: string
}

/** A project as it stands on disk, before its configuration is validated. */
export interface Project extends Site {
  readonly config: unknown
}

const namesWith = (endings: readonly string[]): readonly string[] =>
  endings.map((ending) => `imprompt.config.${ending}`)

const configNames = namesWith(['ts', 'mts', 'js', 'mjs'])

/** Names that people give a configuration, and that nobody reads. */
const strayNames = namesWith(['cts', 'cjs', 'tsx', 'json', 'jsonc', 'json5', 'yaml', 'yml', 'toml'])

/**
 * Finds the project of a folder: the nearest at or above it that holds a configuration, else the nearest
 * `package.json`, else the folder itself.
 * @throws `USAGE` where the folder is none, `CONFIG_NOT_FOUND` where a named file is absent, `CONFIG_INVALID` where one
 * bears a name that nobody reads, or stands beside another.
 */
export function findProject(folder: string, named?: string): Site {
  const start = resolve(folder)
  if (!isFolder(start))
    throw new ImpromptError('USAGE', `No folder \`${start}\`; nothing was read or spent`)
  if (named !== undefined) return siteOf(resolve(start, named))
  for (const candidate of upward(start)) {
    const [configFile, ...others] = configNames.filter((name) => existsSync(join(candidate, name)))
    if (configFile !== undefined && others.length > 0)
      throw sideBySide(candidate, [configFile, ...others])
    if (configFile !== undefined) return { root: candidate, configFile }
    refuseStray(candidate)
  }
  const root = upward(start).find((candidate) => existsSync(join(candidate, 'package.json')))
  return { root: root ?? start }
}

/**
 * Finds the project of a folder, and imports its configuration.
 * @throws what `findProject` throws, and `CONFIG_INVALID` where the file does not load or has no default export.
 */
export async function loadProject(folder: string, named?: string): Promise<Project> {
  const { root, configFile } = findProject(folder, named)
  if (configFile === undefined) return { root, config: {} }
  return { root, configFile, config: await importConfig(join(root, configFile)) }
}

/** The budget of the one might hold nothing of what the other buys. */
function sideBySide(folder: string, names: readonly string[]): ImpromptError {
  const files = new Intl.ListFormat('en-GB').format(names.map((name) => `\`${name}\``))
  return new ImpromptError(
    'CONFIG_INVALID',
    `${files} stand side by side in \`${folder}\`, and it cannot be told which is meant; nothing was spent. Leave one there, or name one by \`config\``,
  )
}

/** With the defaults in its stead a build might buy from somebody else. */
function refuseStray(folder: string): void {
  const stray = strayNames.find((name) => existsSync(join(folder, name)))
  if (stray === undefined) return
  const names = configNames.map((name) => `\`${name}\``).join(', ')
  throw new ImpromptError(
    'CONFIG_INVALID',
    `\`${join(folder, stray)}\` is a configuration that nobody reads, expected one of ${names}; nothing was spent. Rename it`,
  )
}

/**
 * Merges `.env`, `.env.local` and the mode's files of the root under the process environment, which wins.
 * A later file of the four outranks an earlier one.
 */
export function loadEnvironment(root: string, process: Environment, mode: string): Environment {
  const layers = environmentLayers(root, mode).map(({ set }) => set)
  return Object.assign({}, ...layers, definedOf(process))
}

/** What one of the files of a project's environment sets. */
export interface EnvironmentLayer {
  /** Name of the file, which stands at the root. */
  readonly name: string
  readonly set: Environment
}

/** Reads the files of a project's environment that there are, the weakest first. */
export function environmentLayers(root: string, mode: string): readonly EnvironmentLayer[] {
  return ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`]
    .filter((name) => existsSync(join(root, name)))
    .map((name) => ({ name, set: parseEnv(readFileSync(join(root, name), 'utf8')) }))
}

function siteOf(path: string): Site {
  if (!existsSync(path))
    throw new ImpromptError(
      'CONFIG_NOT_FOUND',
      `No configuration at \`${path}\`; nothing was read or spent`,
    )
  const root = dirname(path)
  return { root, configFile: path.slice(root.length + 1) }
}

async function importConfig(path: string): Promise<unknown> {
  const url = pathToFileURL(path)
  // A development server reloads an edited configuration; Node caches modules by URL.
  url.searchParams.set('modified', statSync(path).mtimeMs.toString())
  const module: object = await import(url.href).catch((cause: unknown) => {
    const message = `\`${path}\` does not load: ${reasonOf(cause)}; nothing was spent${wayIn(path, cause)}`
    throw new ImpromptError('CONFIG_INVALID', message, { cause })
  })
  if ('default' in module) return module.default
  throw new ImpromptError(
    'CONFIG_INVALID',
    `\`${path}\` has no default export, expected \`export default defineConfig({ … })\`; nothing was spent`,
  )
}

/** What Node says of a file that it takes for CommonJS, and that is a module. */
const moduleWords = /import statement outside a module|import\.meta|'export'|await is only valid/

/** What to do where a package that calls itself CommonJS keeps a module from loading, as what npm writes does. */
function wayIn(path: string, cause: unknown): string {
  const [, ending] = /\.(ts|js)$/.exec(path) ?? []
  if (ending === undefined || !moduleWords.test(reasonOf(cause))) return ''
  const manifest = upward(dirname(path))
    .map((folder) => join(folder, 'package.json'))
    .find((file) => existsSync(file))
  if (manifest === undefined) return ''
  const module = path.replace(/\w+$/, `m${ending}`)
  return `. Files with this ending are no modules where \`${manifest}\` has \`"type": "commonjs"\`: rename it to \`${basename(module)}\`, or write \`"type": "module"\` there`
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function definedOf(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined))
}
