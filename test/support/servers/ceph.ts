import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AwsClient } from 'aws4fetch'
import { type Server, freePort, lacking, serverFolder } from './daemon.ts'

/** A real S3 server, with what is done to it beneath its interface. */
export interface Ceph extends Server {
  /** Runs `radosgw-admin`, `rados` or `ceph` on it. */
  run(command: 'radosgw-admin' | 'rados' | 'ceph', ...args: readonly string[]): string
  /** Sends a signal to the gateway. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  makeBucket(name: string): Promise<void>
  /** Sets or replaces a bucket's policy. */
  setPolicy(bucket: string, policy: object): Promise<void>
}

/** What opens it. */
export const cephCredentials = { accessKeyId: 'TESTKEY', secretAccessKey: 'TESTSECRET' } as const

/** Why it cannot be started here, and how to get it. */
export const cephHindrance = lacking({
  radosgw: 'radosgw',
  'ceph-mon': 'ceph-mon',
  'ceph-osd': 'ceph-osd',
  ceph: 'ceph-common',
})

/** Starts a Ceph RADOS Gateway in about a second. */
export async function startCeph(): Promise<Ceph> {
  const folder = serverFolder()
  const [port, monitor] = [await freePort(), await freePort()]
  const script = fileURLToPath(new URL('ceph-rgw.sh', import.meta.url))
  execFileSync('bash', [script, folder, String(port), String(monitor)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 60_000,
  })
  const url = `http://127.0.0.1:${port}`
  const client = new AwsClient({
    ...cephCredentials,
    region: 'us-east-1',
    service: 's3',
    retries: 0,
  })
  const send = async (path: string, body?: string): Promise<void> => {
    const reply = await client.fetch(`${url}/${path}`, {
      method: 'PUT',
      ...(body !== undefined && { body }),
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  }
  const pidOf = (name: string): number => Number(readFileSync(join(folder, 'run', name), 'utf8'))
  return {
    url,
    folder,
    run: (command, ...args) =>
      execFileSync(command, ['--conf', join(folder, 'ceph.conf'), ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 30_000,
      }),
    signal: (name) => process.kill(pidOf('rgw'), name),
    makeBucket: (name) => send(name),
    setPolicy: (bucket, policy) => send(`${bucket}?policy`, JSON.stringify(policy)),
    stop: () => {
      // Nothing is on disk that would have to be flushed.
      for (const name of ['rgw', 'osd', 'mon']) process.kill(pidOf(name), 'SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
