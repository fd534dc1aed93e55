import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packInto, tarballsIn } from './tarballs.ts'

const hosts = fileURLToPath(new URL('../../hosts', import.meta.url))
const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** What a command came to. */
export interface Ran {
  readonly code: number
  /** What it said on both streams. */
  readonly output: string
}

/** A real project of a host, with our packages installed from tarballs. */
export interface HostProject extends Disposable {
  readonly root: string
  path(name: string): string
  read(name: string): string
  write(name: string, text: string): void
  /** Runs a command of the project's packages, such as `['vite', 'build']`, or `node`. */
  run(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ran>
  /** What such a command runs with. */
  environment(more: Readonly<Record<string, string>>): Readonly<Record<string, string>>
}

/** What is installed. */
export interface HostChoice {
  /** Folder of the project below `test/hosts`. */
  readonly name: string
  /** Folder of a project whose files it shares, but for the packages. */
  readonly sources?: string
  /** Folder of a project that installs the Node it runs on; that of the workspace where it is left out. */
  readonly node?: string
}

/** Copies a project of `test/hosts`, and installs what its lock file names and our tarballs. */
export function installHost({ name, sources = name, node }: HostChoice): HostProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `imprompt-${name}-`)))
  for (const folder of [sources, name]) cpSync(join(hosts, folder), root, { recursive: true })
  const path = (file: string): string => join(root, file)
  packInto(path('tarballs'), tarballsIn(readFileSync(path('package.json'), 'utf8')))
  const nodeFolder = node === undefined ? workspaceNode : installNode(node, path('node'))
  const environment: HostProject['environment'] = (more) => ({
    PATH: [nodeFolder, path('node_modules/.bin'), process.env['PATH']].join(delimiter),
    HOME: root,
    NO_COLOR: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    NUXT_TELEMETRY_DISABLED: '1',
    STORYBOOK_DISABLE_TELEMETRY: '1',
    ...more,
  })
  installLocked(root, nodeFolder)
  return {
    root,
    path,
    environment,
    read: (file) => readFileSync(path(file), 'utf8'),
    write: (file, text) => {
      mkdirSync(dirname(path(file)), { recursive: true })
      writeFileSync(path(file), text)
    },
    run: ([command = '', ...args], more) =>
      new Promise((done) => {
        const options = { cwd: root, env: environment(more), maxBuffer: 1e8 }
        const program = command === 'node' ? command : path(`node_modules/.bin/${command}`)
        execFile(program, args, options, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
          done({ code, output: stdout + stderr })
        })
      }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 10 }),
  }
}

const workspaceNode = join(repository, 'node_modules/.bin')

/** Puts another Node into a folder, and answers where it stands. */
function installNode(name: string, folder: string): string {
  cpSync(join(hosts, name), folder, { recursive: true })
  installLocked(folder, workspaceNode)
  return join(folder, 'node_modules/.bin')
}

function installLocked(folder: string, nodeFolder: string): void {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, PATH: [nodeFolder, process.env['PATH']].join(delimiter) },
  })
}
