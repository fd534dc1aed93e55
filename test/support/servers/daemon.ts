import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A server of its own, which is stopped and forgotten with its folder. */
export interface Server {
  readonly url: string
  readonly folder: string
  stop(): void
}

/** Why a server cannot be started here; nothing where all commands are there. */
export function lacking(packages: Readonly<Record<string, string>>): string | undefined {
  const missing = Object.entries(packages).filter(([command]) => !isThere(command))
  if (missing.length === 0) return undefined
  const names = [...new Set(missing.map(([, name]) => name))].join(' ')
  return `no ${missing.map(([command]) => command).join(', ')}; install with \`apt-get install ${names}\``
}

function isThere(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${command}`])
    return true
  } catch {
    return false
  }
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address
}

/** A folder of a server, which others may read: servers give up being root. */
export function serverFolder(): string {
  return mkdtempSync(join(tmpdir(), 'imprompt-server-'))
}

/** Lets servers and their folder go with this process, should it be killed before it stops them. */
export function reapWithUs(folder: string, pids: readonly (number | undefined)[]): void {
  const script = fileURLToPath(new URL('reaper.sh', import.meta.url))
  const words = [script, process.pid, folder, ...pids].map(String)
  spawn('bash', words, { stdio: 'ignore', detached: true }).unref()
}

/** Starts a daemon that stays in the foreground, and waits until its port answers. */
export async function startDaemon(
  command: string,
  args: readonly string[],
  { folder, port }: { readonly folder: string; readonly port: number },
): Promise<Server> {
  const daemon = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  })
  reapWithUs(folder, [daemon.pid])
  let errors = ''
  daemon.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  for (let attempt = 0; !(await isListening(port)); attempt += 1) {
    if (daemon.exitCode !== null || attempt > 200)
      throw new Error(`${command} does not listen: ${errors}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    stop: () => {
      daemon.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether somebody listens on a port of loopback. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
