import { execFileSync } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OpenProject, openProject } from '../../packages/core/src/open-project.ts'
import type { Entry } from '../../packages/core/src/ports.ts'
import { entryPath, originalPath } from '../../packages/core/src/store/address.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { entryOfBytes } from './entries.ts'
import { requestIn } from './fakes.ts'
import { type TestProject, makeProject } from './project.ts'

/** What git is run with: nobody's own configuration, and a name for commits. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}

/** Runs the real git in a folder; answers what it prints. */
export function gitAt(folder: string, ...args: readonly string[]): string {
  const settings = ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always']
  return execFileSync('git', [...settings, ...args], {
    cwd: folder,
    env: gitEnvironment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A picture that was bought, with its files relative to the project. */
export interface Bought {
  readonly entry: Entry
  readonly entryFile: string
  readonly originalFile: string
}

/** A project below the top of a repository of git. */
export interface GitProject extends Disposable {
  /** The repository's. */
  readonly top: string
  readonly root: string
  git(...args: readonly string[]): string
  write: TestProject['write']
  /** Puts a picture into the store that was bought long ago. */
  buy(prompt: string, more?: Partial<Entry>, bytes?: string): Promise<Bought>
  /** The same of the first picture that its content asks for. */
  buyFirst(): Promise<Bought>
  /** Commits all that is there. */
  commit(message?: string): void
  has(file: string): boolean
  open(environment?: Readonly<Record<string, string>>): Promise<OpenProject>
}

const longAgo = new Date('2026-01-01T00:00:00Z')

/** The directive of a picture. */
export function directiveOf(prompt: string): string {
  return `![gen: ${prompt}](size=512x512, quality=low, alt=x)\n`
}

/**
 * Makes a repository with a project in it.
 * @param below Folder of the project in the repository.
 */
export function makeGitProject(files: Readonly<Record<string, string>>, below = '.'): GitProject {
  const repository = makeProject({ '.gitignore': 'node_modules\n' })
  const top = repository.root
  gitAt(top, 'init', '-q')
  const root = join(top, below)
  const write: TestProject['write'] = (more) =>
    repository.write(
      Object.fromEntries(Object.entries(more).map(([name, text]) => [join(below, name), text])),
    )
  write({ 'package.json': '{ "type": "module" }\n', ...files })
  return {
    top,
    root,
    write,
    git: (...args) => gitAt(top, ...args),
    has: (file) => existsSync(join(root, file)),
    open: (environment = {}) =>
      openProject({ folder: root, environment: { ...gitEnvironment, ...environment } }),
    commit: (message = 'c') => {
      gitAt(top, 'add', '-A')
      gitAt(top, 'commit', '-q', '--allow-empty', '-m', message)
    },
    buy: (prompt, more = {}, bytes = prompt) => buyIn(root, prompt, more, bytes),
    buyFirst: async () => {
      const { pipeline } = await openProject({ folder: root, environment: gitEnvironment })
      const [request] = (await pipeline.scan()).requests
      if (request === undefined) throw new Error('the content asks for no picture')
      const { style } = request
      const entry = entryOfBytes(request, Buffer.from('bytes'), {
        boughtAt: longAgo.toISOString(),
        ...(style !== undefined && { style: { name: style.name, template: style.template } }),
      })
      return keepAged(root, entry, 'bytes')
    },
    [Symbol.dispose]: () => repository[Symbol.dispose](),
  }
}

/** Puts a picture into the store of a folder that was bought long ago. */
export async function buyIn(
  root: string,
  prompt: string,
  more: Partial<Entry> = {},
  bytes = prompt,
): Promise<Bought> {
  const boughtAt = longAgo.toISOString()
  const entry = entryOfBytes(requestIn(directiveOf(prompt)), Buffer.from(bytes), {
    boughtAt,
    ...more,
  })
  return keepAged(root, entry, bytes)
}

async function keepAged(root: string, entry: Entry, bytes: string): Promise<Bought> {
  await fsStore(join(root, '.imprompt')).keep(entry, Buffer.from(bytes))
  const entryFile = join('.imprompt', entryPath(entry.key))
  const originalFile = join('.imprompt', originalPath(entry.original))
  for (const file of [entryFile, originalFile]) age(join(root, file))
  return { entry, entryFile, originalFile }
}

/** Has a file be as old as what was bought long ago. */
export function age(path: string): void {
  utimesSync(path, longAgo, longAgo)
}

/** Writes a file that is as old as what was bought long ago. */
export function writeAged(path: string, content: string): void {
  writeFileSync(path, content)
  age(path)
}
