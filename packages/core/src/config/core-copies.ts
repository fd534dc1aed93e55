import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Objection } from '../error.ts'
import { addCommand } from './add-command.ts'
import { upward } from './upward.ts'

/** A copy of this package that something in a project uses. */
interface CoreCopy {
  readonly version: string
  /** Real path of its folder. */
  readonly folder: string
  /** Names of the packages that use it, and what else does, in words. */
  readonly users: readonly string[]
}

const core = '@imprompt/core'

/** The packages that use core. */
const packages: readonly string[] = [
  'imprompt',
  'vite-plugin-imprompt',
  'remark-imprompt',
  'markdown-it-imprompt',
  '@imprompt/astro',
]

/** Two versions of core that are at work in a project. */
export interface Discord {
  /** Each version with its folder and who uses it. */
  readonly message: string
  /** The command that brings them to one. */
  readonly command: string
}

/**
 * Looks for a second version of core: beside that which runs there is the one that the configuration imports, and those of
 * the packages that the project has installed. Answers nothing where they are one.
 */
export async function discordIn(root: string): Promise<Discord | undefined> {
  const copies = coreCopies(root)
  if (new Set(copies.map(({ version }) => version)).size < 2) return undefined
  const places = copies.map(({ version, folder, users }) => {
    const names = new Intl.ListFormat('en-GB').format(users)
    return `${version} in \`${shown(root, folder)}\` for ${names}`
  })
  const installed = packages.filter((name) =>
    copies.some(({ users }) => users.includes(quoted(name))),
  )
  return {
    message: `\`${core}\` is at work in more than one version, and one may miss what the other has stored: ${places.join('; ')}`,
    command: await addCommand(
      root,
      [core, ...installed].map((name) => `${name}@latest`),
    ),
  }
}

/** Why nothing may be bought then. */
export function objectionTo({ message, command }: Discord): Objection {
  return {
    code: 'VERSIONS_DIFFER',
    message: `${message}. Nothing was bought; \`${command}\` brings them to one`,
  }
}

function coreCopies(root: string): readonly CoreCopy[] {
  const own = dirname(fileURLToPath(new URL('../../package.json', import.meta.url)))
  const found = [
    { user: 'what runs', folder: realpathSync(own) },
    { user: '`imprompt.config`', folder: folderOf(core, root) },
    ...packages.map((name) => {
      const user = folderOf(name, root)
      return { user: quoted(name), folder: user && folderOf(core, user) }
    }),
  ]
  const folders = new Set(found.flatMap(({ folder }) => folder ?? []))
  return [...folders].map((folder) => {
    const manifest: { readonly version?: unknown } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    const users = found.filter((one) => one.folder === folder).map(({ user }) => user)
    return { version: String(manifest.version), folder, users }
  })
}

function quoted(name: string): string {
  return `\`${name}\``
}

/**
 * Real path of a package as the files of a folder see it; nothing where they see none. Node itself would look into
 * `NODE_PATH` as well, in which pnpm names packages of other projects.
 */
function folderOf(name: string, from: string): string | undefined {
  const found = upward(from)
    .map((folder) => join(folder, 'node_modules', name))
    .find((path) => existsSync(join(path, 'package.json')))
  return found === undefined ? undefined : realpathSync(found)
}

function shown(root: string, folder: string): string {
  return relative(realpathSync(root), folder).replaceAll('\\', '/')
}
