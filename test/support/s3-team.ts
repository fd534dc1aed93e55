import { cpSync, existsSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import type { OpenAiDouble } from './openai-server.ts'
import { credentials, makeProject, type TestProject } from './project.ts'
import { type CliRun, runCli } from './run-cli.ts'
import { type Ceph, type User, cephCredentials } from './servers/ceph.ts'

/** A bucket that machines of a team share, and where they buy. */
export interface Team {
  readonly ceph: Ceph
  readonly bucket: string
  readonly openAi: OpenAiDouble
}

/** What is not as usual on a machine. */
export interface MachineChange {
  readonly user?: User
  /** Options of `s3()`, as code. Default none. */
  readonly options?: string
  /** Options of the configuration, as code. Default none. */
  readonly more?: string
  /** Milliseconds between two parts of an answer. Default 10,000. */
  readonly partMs?: number
  /** How many pictures its page asks for. Default 1. */
  readonly pictures?: number
}

/** A checkout on a machine of its own, with nothing in its store. */
export function machineOf({ ceph, bucket, openAi }: Team, change: MachineChange = {}): TestProject {
  const { user = cephCredentials, options = '', more = '', partMs = 10_000, pictures = 1 } = change
  return makeProject({
    '.env.local': `${credentials(openAi.url)}AWS_ACCESS_KEY_ID=${user.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${user.secretAccessKey}\n`,
    'post.md': Array.from(
      { length: pictures },
      (_one, at) => `![gen: fox ${at}](size=512x512, quality=low, alt=fox)\n`,
    ).join('\n'),
    'imprompt.config.js': `import { defineConfig, s3 } from '@imprompt/core'
const patience = { wholeMs: 30_000, partMs: ${partMs} }
const bucket = { bucket: '${bucket}', endpoint: '${ceph.url}', patience, ${options} }
export default defineConfig({ remotes: [s3(bucket)], ${more} })
`,
  })
}

/** Gives a machine what another one committed: its entries, and no originals. */
export function checkOut(from: TestProject, to: TestProject): void {
  cpSync(from.path('.imprompt/images'), to.path('.imprompt/images'), { recursive: true })
}

/** Runs the command line, which must go well. */
export async function pass(project: TestProject, ...args: readonly string[]): Promise<CliRun> {
  const run = await runCli(project.root, args)
  expect(run.code, `${args.join(' ')}: ${run.stdout}${run.stderr}`).toBe(0)
  return run
}

/** Names of what stands in a folder of a store; none where there is no such folder. */
export function storedIn(project: TestProject, folder: string): readonly string[] {
  const path = project.path(`.imprompt/${folder}`)
  return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : []
}
