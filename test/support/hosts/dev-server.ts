import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { HostProject } from './host-project.ts'

/** A development server of a host. */
export interface DevServer extends AsyncDisposable {
  /** Ends in a slash. */
  readonly url: string
  /** What it said so far. */
  output(): string
}

/**
 * Starts a development server and waits until it answers.
 * @param command Ends where the port goes.
 */
export async function startDev(
  project: HostProject,
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<DevServer> {
  const port = await freePort()
  const said: string[] = []
  const child = spawn(project.path(`node_modules/.bin/${command}`), [...args, String(port)], {
    cwd: project.root,
    env: project.environment(environment),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'exit')
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const url = `http://localhost:${port}/`
  const server: DevServer = {
    url,
    output: () => said.join(''),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await closed
    },
  }
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`It ended by itself:\n${server.output()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return server
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
