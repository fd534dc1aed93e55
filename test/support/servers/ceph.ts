import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AwsClient } from 'aws4fetch'
import { type Server, freePort, lacking, reapWithUs, serverFolder } from './daemon.ts'

/** What opens a bucket of it. */
export interface User {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** A real S3 server, with what is done to it beneath its interface. */
export interface Ceph extends Server {
  /** Runs `radosgw-admin`, `rados` or `ceph` on it; answers what it wrote. */
  run(command: 'radosgw-admin' | 'rados' | 'ceph', ...args: readonly string[]): Promise<string>
  /** Sends a signal to the gateway. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** Adds somebody who may do nothing but with buckets of their own. */
  addUser(name: string): Promise<User>
  /** @param owner @default the user whom it starts with */
  makeBucket(name: string, owner?: User): Promise<void>
  /** Lets a user do these actions of S3, such as `GetObject`, in a bucket, and nobody else anything. */
  permit(bucket: string, user: string, actions: readonly string[]): Promise<void>
  /** Name in RADOS of the one object whose name in S3 ends in this. */
  objectOf(ending: string): Promise<string>
}

/** Where the gateway keeps the bytes of objects. */
export const dataPool = 'default.rgw.buckets.data'

/** What opens it. */
export const cephCredentials: User = { accessKeyId: 'TESTKEY', secretAccessKey: 'TESTSECRET' }

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
  const pidOf = (name: string): number => Number(readFileSync(join(folder, 'run', name), 'utf8'))
  const pids = ['rgw', 'osd', 'mon'].map(pidOf)
  reapWithUs(folder, pids)
  const run: Ceph['run'] = async (command, ...args) => {
    const words = ['--conf', join(folder, 'ceph.conf'), ...args]
    const { stdout } = await promisify(execFile)(command, words, { timeout: 30_000 })
    return stdout
  }
  return {
    url,
    folder,
    run,
    signal: (name) => process.kill(pidOf('rgw'), name),
    addUser: async (name) => {
      const user = { accessKeyId: `KEY-${name}`, secretAccessKey: `SECRET-${name}` }
      const keys = [`--access-key=${user.accessKeyId}`, `--secret-key=${user.secretAccessKey}`]
      await run(
        'radosgw-admin',
        'user',
        'create',
        `--uid=${name}`,
        `--display-name=${name}`,
        ...keys,
      )
      return user
    },
    makeBucket: (name, owner = cephCredentials) => send(`${url}/${name}`, owner),
    permit: (bucket, user, actions) =>
      send(
        `${url}/${bucket}?policy`,
        cephCredentials,
        JSON.stringify(policyOf(bucket, user, actions)),
      ),
    objectOf: async (ending) => {
      const names = (await run('rados', '-p', dataPool, 'ls')).split('\n')
      const [found, ...more] = names.filter((name) => name.endsWith(ending))
      if (found === undefined || more.length > 0) throw new Error(`no one object of ${ending}`)
      return found
    },
    stop: () => {
      // Nothing is on disk that would have to be flushed.
      for (const pid of pids) process.kill(pid, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

async function send(address: string, user: User, body?: string): Promise<void> {
  const client = new AwsClient({ ...user, region: 'us-east-1', service: 's3', retries: 0 })
  const reply = await client.fetch(address, { method: 'PUT', ...(body !== undefined && { body }) })
  if (!reply.ok) throw new Error(`${address}: ${reply.status} ${await reply.text()}`)
}

function policyOf(bucket: string, user: string, actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam:::user/${user}` },
      Action: actions.map((action) => `s3:${action}`),
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    },
  }
}
