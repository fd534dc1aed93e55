import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const original = fileURLToPath(new URL('../../playground', import.meta.url))

const leftOut = new Set(['node_modules', 'dist', '.imprompt', '.imprompt-openai'])

/** The playground in a folder of its own, as a fresh clone has it. */
export interface PlaygroundCopy extends Disposable {
  readonly root: string
  /** Runs one of its commands, and answers what it printed and how it ended. */
  run(command: string, options?: RunOptions): Promise<Ending>
  /** Starts one that serves until it is disposed of. */
  start(command: string): Serving
}

export interface Serving extends Disposable {
  /** What it printed as its address. */
  readonly url: Promise<string>
}

export interface RunOptions {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export interface Ending {
  readonly code: number
  readonly text: string
}

export function copyPlayground(): PlaygroundCopy {
  const root = mkdtempSync(join(tmpdir(), 'playground-'))
  cpSync(original, root, { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
  symlinkSync(join(original, 'node_modules'), join(root, 'node_modules'), 'dir')
  return {
    root,
    run: (command, options = {}) => runNode(join(root, 'commands', command), options),
    start: (command) => startNode(join(root, 'commands', command)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Every file that a git of the project would look at in the store, with its content. */
export function keptFiles(root: string): ReadonlyMap<string, string> {
  const store = join(root, '.imprompt')
  const ignored = readFileSync(join(store, '.gitignore'), 'utf8').split('\n')
  const files = readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !ignored.includes(`/${firstOf(relative(store, path))}`))
  return new Map(files.map((path) => [relative(store, path), readFileSync(path, 'base64')]))
}

async function runNode(file: string, options: RunOptions): Promise<Ending> {
  const { args = [], environment = {} } = options
  const env = { ...process.env, ...environment }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file, ...args], { env })
    return { code: 0, text: stdout + stderr }
  } catch (cause) {
    if (!(cause instanceof Error) || !('stderr' in cause) || !('code' in cause)) throw cause
    return { code: Number(cause.code), text: String(cause.stderr) }
  }
}

function startNode(file: string): Serving {
  const child = spawn(process.execPath, [file], { env: { ...process.env, NO_COLOR: '1' } })
  const url = new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [found] = /http:\/\/localhost:\d+\//.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
    child.on('exit', (code) => reject(new Error(`It ended with ${code}:\n${text}`)))
  })
  return { url, [Symbol.dispose]: () => void child.kill() }
}

/** A folder's name as `.gitignore` has it, with a slash; a file's without. */
function firstOf(path: string): string {
  const [first = '', ...rest] = path.split('/')
  return rest.length === 0 ? first : `${first}/`
}
