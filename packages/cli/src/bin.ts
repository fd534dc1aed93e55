#!/usr/bin/env node
import { nodeFault } from './node-version.ts'

const fault = nodeFault(process.versions.node)
if (fault === undefined) {
  // What is loaded here may not even parse under an older Node.
  const { run } = await import('./run.ts')
  process.exitCode = await run()
} else {
  process.stderr.write(`${fault}\n`)
  process.exitCode = 2
}
