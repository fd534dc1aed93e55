import type { RemoteTier } from '../../../packages/core/src/ports.ts'
import { http } from '../../../packages/core/src/store/remote/http.ts'
import { s3 } from '../../../packages/core/src/store/remote/s3.ts'
import { memoryTier } from '../../support/memory-tier.ts'
import { cephCredentials, cephHindrance, startCeph } from '../../support/servers/ceph.ts'
import { lighttpdHindrance, startLighttpd } from '../../support/servers/web-servers.ts'

/** A tier to be held against the contract, on a server of its own. */
export interface Candidate {
  readonly name: string
  /** Why it cannot be run here; nothing where it can. */
  readonly hindrance: string | undefined
  /** Whether it answers hundreds of requests in a second. */
  readonly isQuick: boolean
  start(): Promise<Running>
}

/** A tier whose server runs. */
export interface Running {
  readonly tier: RemoteTier
  stop(): void
}

const patience = { wholeMs: 20_000, partMs: 5000 }

export const candidates: readonly Candidate[] = [
  {
    name: 'memory',
    hindrance: undefined,
    isQuick: true,
    start: async () => ({ tier: memoryTier(), stop: () => undefined }),
  },
  {
    name: 'HTTP on lighttpd',
    hindrance: lighttpdHindrance,
    isQuick: true,
    start: async () => {
      const server = await startLighttpd()
      return { tier: http({ url: server.url, patience }).connect({}), stop: server.stop }
    },
  },
  {
    name: 'S3 on Ceph',
    hindrance: cephHindrance,
    isQuick: false,
    start: async () => {
      const ceph = await startCeph()
      await ceph.makeBucket('pictures')
      const remote = s3({
        bucket: 'pictures',
        endpoint: ceph.url,
        prefix: 'site/',
        credentials: async () => cephCredentials,
        patience,
      })
      return { tier: remote.connect({}), stop: ceph.stop }
    },
  },
]
