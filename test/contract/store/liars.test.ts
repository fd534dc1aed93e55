import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { capabilityOf } from '../../../packages/core/src/store/remote/capability.ts'
import { http } from '../../../packages/core/src/store/remote/http.ts'
import { startOpenAi } from '../../support/openai-server.ts'
import { credentials, makeProject } from '../../support/project.ts'
import { runCli } from '../../support/run-cli.ts'
import { freePort } from '../../support/servers/daemon.ts'
import { nginxHindrance, startNginx } from '../../support/servers/web-servers.ts'
import { testUnless } from '../../support/skip.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const onNginx = testUnless(nginxHindrance)

onNginx('nginx is found to ignore conditions', async () => {
  const nginx = await startNginx()
  stops.push(nginx.stop)
  expect(await capabilityOf(http({ url: nginx.url }).connect({}))).toEqual({
    kind: 'uncoordinated',
    reason: 'it ignores `If-None-Match: *` and overwrites what is there',
  })
})

onNginx('nothing is bought where machines cannot wait for each other, unless told', async () => {
  const nginx = await startNginx()
  stops.push(nginx.stop)
  await using openAi = await startOpenAi()
  const configOf = (more: string): string =>
    `import { http } from '@imprompt/core'\nexport default { remotes: [http({ url: '${nginx.url}' })], ${more} }\n`
  using project = makeProject({
    '.env.local': credentials(openAi.url),
    'post.md': '![gen: a fox](size=512x512, quality=low, alt=fox)\n',
    'imprompt.config.js': configOf(''),
  })
  const refused = await runCli(project.root, ['generate'])
  expect(refused.code).toBe(4)
  expect(refused.stderr).toContain('it ignores `If-None-Match: *`')
  expect(refused.stderr).toContain("coordination: 'best-effort'")
  expect(openAi.requests).toBe(0)
  project.write({ 'imprompt.config.js': configOf("coordination: 'best-effort'") })
  const told = await runCli(project.root, ['generate'])
  expect(told.code, told.stderr).toBe(0)
  expect(told.stdout).toContain('not kept apart from other machines')
  expect(openAi.billed).toHaveLength(1)
})

/** A server of PUT and GET that goes wrong in one way. */
interface Liar {
  readonly name: string
  readonly kind: string
  readonly reason: RegExp
  /** The status of a conditional write, and what is kept of it. */
  write(
    body: Buffer,
    there: Buffer | undefined,
    others: number,
  ): { readonly status: number; readonly kept?: Buffer }
  /** Status of a reading of what is absent. Default 404. */
  readonly absent?: number
}

const honest = (body: Buffer, there: Buffer | undefined) =>
  there === undefined ? { status: 201, kept: body } : { status: 412 }

const liars: readonly Liar[] = [
  {
    name: 'lets several win a race',
    kind: 'uncoordinated',
    reason: /it let \d of 8 win/,
    write: (body, there, others) =>
      others > 0 ? { status: 201, kept: body } : honest(body, there),
  },
  {
    name: 'mixes the bodies of a race',
    kind: 'uncoordinated',
    reason: /other bytes than the winner/,
    write: (body, there, others) => {
      if (there === undefined) return { status: 201, kept: body }
      if (others === 0) return { status: 412 }
      return { status: 412, kept: Buffer.concat([there.subarray(0, 100), body.subarray(100)]) }
    },
  },
  {
    name: 'takes no conditional writes',
    kind: 'uncoordinated',
    reason: /takes no conditional writes: it answered 501/,
    write: () => ({ status: 501 }),
  },
  {
    name: 'takes no writes',
    kind: 'read-only',
    reason: /it answered 403/,
    write: () => ({ status: 403 }),
  },
  {
    name: 'answers 403 for what is absent',
    kind: 'unreachable',
    reason: /its credentials or headers may not do this/,
    write: honest,
    absent: 403,
  },
  {
    name: 'writes nothing that it confirms',
    kind: 'uncoordinated',
    reason: /overwrites what is there|let \d of 8 win/,
    write: () => ({ status: 200 }),
  },
]

test.for(liars)(
  'a server that $name is found out',
  async ({ kind, reason, write, absent = 404 }) => {
    const objects = new Map<string, Buffer>()
    const open = new Map<string, number>()
    const server = createServer((request, response) => {
      const name = request.url ?? ''
      const there = objects.get(name)
      if (request.method !== 'PUT') {
        response.writeHead(there === undefined ? absent : 200).end(there)
        return
      }
      open.set(name, (open.get(name) ?? 0) + 1)
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () =>
        // Those who came meanwhile are in a race with this one.
        setTimeout(() => {
          const others = (open.get(name) ?? 1) - 1
          open.set(name, others)
          const { status, kept } = write(Buffer.concat(chunks), objects.get(name), others)
          if (kept !== undefined) objects.set(name, kept)
          response.writeHead(status).end()
        }, 20),
      )
    })
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    stops.push(() => {
      server.closeAllConnections()
      server.close()
    })
    const tier = http({ url: `http://127.0.0.1:${port}` }).connect({})
    expect(await capabilityOf(tier)).toEqual({ kind, reason: expect.stringMatching(reason) })
  },
)
