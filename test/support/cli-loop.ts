import { createInterface } from 'node:readline'
import { main } from '../../packages/cli/dist/main.js'

/** Runs each line of its input, a list of arguments in JSON, as a command line; answers each with a line of JSON. */
for await (const line of createInterface({ input: process.stdin })) {
  const argv: readonly string[] = JSON.parse(line)
  const said = { stdout: '', stderr: '' }
  const code = await main(argv, {
    cwd: process.cwd(),
    environment: process.env,
    version: '0.0.0',
    stop: new AbortController().signal,
    confirm: undefined,
    now: () => new Date(),
    stdout: (text) => {
      said.stdout += text
    },
    stderr: (text) => {
      said.stderr += text
    },
  })
  process.stdout.write(`${JSON.stringify({ code, ...said })}\n`)
}
// Connections that are kept open would keep it, too.
process.exit()
