import { fork } from 'node:child_process'
import { once as event } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ServerOptions, ServerReport } from './limited-server.ts'

/** A server under way. */
export interface LimitedServer extends AsyncDisposable {
  readonly port: number
  report(): Promise<ServerReport>
}

/** Starts a server in a process of its own: what it does must neither delay the buyer nor count as its memory. */
export async function startLimited(options: ServerOptions): Promise<LimitedServer> {
  const file = fileURLToPath(new URL('limited-server.ts', import.meta.url))
  const child = fork(file, [JSON.stringify(options)])
  const next = async (): Promise<ServerReport> => {
    const [report]: ServerReport[] = await event(child, 'message')
    if (report === undefined) throw new Error('The server told nothing')
    return report
  }
  const { port } = await next()
  return {
    port,
    report: () => {
      child.send('report')
      return next()
    },
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await event(child, 'exit')
    },
  }
}
