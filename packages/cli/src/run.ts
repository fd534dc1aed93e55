import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { main } from './main.ts'

/** Runs the command line of this process, and answers its exit code. */
export async function run(): Promise<number> {
  const stop = new AbortController()
  // A request that is under way is paid for: the first Ctrl-C waits for it, the second does not.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      process.stderr.write(
        'Stopping after the requests under way, which are paid for; again to end at once\n',
      )
      stop.abort()
    })
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessClosed)
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return main(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    version: manifest.version,
    stop: stop.signal,
    confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : undefined,
    now: () => new Date(),
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  })
}

/** A reader such as `head` may leave early: what is under way, and may be paid for, goes on all the same. */
function unlessClosed(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EPIPE') throw fault
}

/** Whatever is no yes is a no, the end of the input and Ctrl-C included. */
async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const closed = once(terminal, 'close').then(() => '')
  const answer = terminal.question(`${question} [y/N] `).catch(() => '')
  const text = await Promise.race([answer, closed])
  terminal.close()
  return /^y(?:es)?$/i.test(text.trim())
}
