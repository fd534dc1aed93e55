import { readFileSync } from 'node:fs'
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
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return main(process.argv.slice(2), {
    cwd: process.cwd(),
    environment: process.env,
    version: manifest.version,
    stop: stop.signal,
    now: () => new Date(),
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  })
}
