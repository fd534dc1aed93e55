import { spawnSync } from 'node:child_process'
import { nodeFault } from '../../packages/core/src/node-version.ts'

/** An older Node that this machine has beside ours. */
export const olderNode: string | undefined = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (path) => {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    return typeof stdout === 'string' && nodeFault(stdout.trim().slice(1)) !== undefined
  },
)
