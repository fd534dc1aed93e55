import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Found } from '../../../../packages/core/src/ports.ts'
import { http } from '../../../../packages/core/src/store/remote/http.ts'

interface Seen {
  readonly line: string
  readonly headers: Readonly<Record<string, unknown>>
}

let seen: Seen[]
let status: number
let location: string | undefined
let port: number
let stop: () => void
beforeEach(async () => {
  seen = []
  status = 404
  location = undefined
  const server = createServer((request, response) => {
    seen.push({ line: `${request.method} ${request.url}`, headers: request.headers })
    request.resume()
    if (location !== undefined) response.setHeader('location', location)
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = portOf(server.address())
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(() => stop())

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address.port
}

function reasonIn(found: Found<unknown>): string {
  if (found.kind !== 'unknown') throw new Error(`it is ${found.kind}`)
  return found.cause instanceof Error ? found.cause.message : String(found.cause)
}

test('what may not be read is told in words of a web server', async () => {
  status = 403
  const tier = http({ url: `http://127.0.0.1:${port}` }).connect({})
  expect(reasonIn(await tier.get('originals/a.png', 1))).toBe(
    'it answered 403; its credentials or headers may not do this',
  )
})

describe('an address', () => {
  test.for([
    ['', '', '/originals-a.png'],
    ['/', '', '/originals-a.png'],
    ['/blog/pictures//', '/blog/pictures', '/blog/pictures/originals-a.png'],
    ['/a b/ü', '/a%20b/%C3%BC', '/a%20b/%C3%BC/originals-a.png'],
    ['/blog?sig=hidden&a=1#part', '/blog', '/blog/originals-a.png?sig=hidden&a=1'],
  ] as const)('that ends in %j is called %j and asked for %s', async ([end, name, path]) => {
    const remote = http({ url: `http://127.0.0.1:${port}${end}` })
    expect(remote.name).toBe(`http://127.0.0.1:${port}${name}`)
    expect(remote.addressOf('originals/a.png')).toBe(
      `http://127.0.0.1:${port}${path.replace(/\?.*/, '')}`,
    )
    const tier = remote.connect({})
    expect(await tier.get('originals/a.png', 1)).toEqual({ kind: 'absent' })
    await tier.put('originals/a.png', Buffer.from('1'))
    expect(seen.map(({ line }) => line)).toEqual([`GET ${path}`, `PUT ${path}`])
  })

  test.for([
    ['user:pass', 'user:pass'],
    ['us%40er:p%3Aa%2Fss', 'us@er:p:a/ss'],
    ['user', 'user:'],
    [':token', ':token'],
    ['user:100%', 'user:100%'],
    ['üser:pä', 'üser:pä'],
  ] as const)('sends %s as basic authentication, and does not show it', async ([pair, sent]) => {
    const remote = http({ url: `http://${pair}@127.0.0.1:${port}/blog` })
    expect(remote.name).toBe(`http://127.0.0.1:${port}/blog`)
    await remote.connect({}).get('a', 1)
    const basic = `Basic ${Buffer.from(sent).toString('base64')}`
    expect(seen.map(({ headers }) => headers['authorization'])).toEqual([basic])
  })

  test.for([
    '',
    'cache.example.com',
    'ftp://hidden@example.com',
    'http://user:hidden@',
    'localhost:80',
  ])('such as %j is refused without being shown', (url) => {
    const make = () => http({ url })
    expect(make).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    expect(make).toThrow('Unexpected `url` of http(), expected an address')
    expect(make).not.toThrow(/hidden/)
  })
})

describe('headers', () => {
  test('are asked for each request, outrank the address and no condition', async () => {
    let count = 0
    const tier = http({
      url: `http://user:pass@127.0.0.1:${port}`,
      headers: async () => {
        count += 1
        return { Authorization: `Bearer ${count}`, 'If-None-Match': 'never' }
      },
    }).connect({})
    status = 201
    await tier.create('a', Buffer.from('1'))
    await tier.create('b', Buffer.from('1'))
    expect(seen.map(({ headers }) => [headers['authorization'], headers['if-none-match']])).toEqual(
      [
        ['Bearer 1', '*'],
        ['Bearer 2', '*'],
      ],
    )
  })

  test('that hold no text are told without being shown, and not tried again', async () => {
    const tier = http({
      url: `http://127.0.0.1:${port}`,
      headers: () => ({ authorization: 'Bearer hidden\n\nvalue' }),
    }).connect({})
    const reason = reasonIn(await tier.get('a', 1))
    expect(reason).toContain('the header `authorization` cannot be sent')
    expect(reason).not.toContain('hidden')
    expect(seen).toEqual([])
  })

  test('keep caches on the way from answering', async () => {
    await http({ url: `http://127.0.0.1:${port}` })
      .connect({})
      .get('a', 1)
    expect(seen[0]?.headers['cache-control']).toBe('no-cache')
  })
})

test.for([
  [
    'https://other.example/blog?sig=hidden',
    'it redirects to `https://other.example`, which is not followed',
  ],
  ['/elsewhere?sig=hidden', 'it redirects, which is not followed'],
] as const)('a redirect to %s says where to, and shows no more', async ([target, message]) => {
  status = 302
  location = target
  const tier = http({ url: `http://user:pass@127.0.0.1:${port}` }).connect({})
  const reason = reasonIn(await tier.get('a', 1))
  expect(reason).toContain(message)
  expect(reason).not.toMatch(/hidden|pass/)
  expect(await tier.create('a', Buffer.from('1'))).toMatchObject({ kind: 'unknown' })
})

test.for([
  [405, 'no such requests'],
  [409, 'the folder that the address names may not be there'],
  [413, 'no objects of this size'],
  [507, 'its disk is full'],
] as const)('a write that is refused with %i says what to do', async ([code, message]) => {
  const tier = http({ url: `http://127.0.0.1:${port}` }).connect({})
  status = code
  expect(await tier.put('a', Buffer.from('1'))).toMatchObject({
    kind: 'unknown',
    cause: { message: expect.stringContaining(message) },
  })
})
