import type { LookupFunction } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  type FetchedPicture,
  fetchPicture,
  type FetchPictureOptions,
} from '../../packages/core/src/provider/openai/fetch-picture.ts'
import { isPublicAddress } from '../../packages/core/src/provider/openai/public-address.ts'
import { holdDeadlines } from '../support/held-deadlines.ts'
import { png } from '../support/pictures.ts'
import { head, http, type RawServer, startRaw, type Turn } from '../support/raw-server.ts'

const bytes = Buffer.from(await png({ width: 64, height: 64 }))
const picture: Turn = { pieces: [http(bytes, { 'content-type': 'image/png' })] }

function get(
  url: string,
  server: Pick<RawServer, 'url'>,
  change: Partial<FetchPictureOptions> = {},
): Promise<FetchedPicture> {
  const { signal } = new AbortController()
  const limits = { signal, timeoutMs: 5_000, maxBytes: 1_000_000, pauseMs: 0 }
  return fetchPicture(url, { server: server.url, ...limits, ...change })
}

function redirect(location: string): Turn {
  return { pieces: [http('', { location }, '302 Found')] }
}

test("fetches from the server's own host, without a word of who asks", async () => {
  await using server = await startRaw(picture)
  expect(await get(`${server.url}/1.png`, server)).toEqual({ bytes })
  expect(server.requests[0]).not.toMatch(/authorization|api-key/i)
})

test('follows to another port of the same host', async () => {
  await using files = await startRaw(picture)
  await using server = await startRaw(redirect(`${files.url}/1.png?signature=x`))
  expect(await get(`${server.url}/1.png`, server)).toEqual({ bytes })
  expect(files.requests[0]).toContain('signature=x')
})

describe('is fetched again where the host fails', () => {
  test.for<readonly [string, Turn]>([
    ['503', { pieces: [http('', {}, '503 Service Unavailable')] }],
    ['a reset', { pieces: [], ending: 'reset' }],
    ['a cut body', { pieces: [http(bytes, { 'content-length': '999999' })] }],
  ])('%s', async ([, turn]) => {
    await using server = await startRaw(turn, turn, picture)
    expect(await get(`${server.url}/1.png`, server)).toEqual({ bytes })
    expect(server.connections).toBe(3)
  })

  test('three times at most', async () => {
    await using server = await startRaw({ pieces: [http('', {}, '500 Oops')] })
    expect(await get(`${server.url}/1.png`, server)).toMatchObject({
      fault: expect.stringContaining('answered 500'),
    })
    expect(server.connections).toBe(3)
  })
})

describe('is a fault after one attempt', () => {
  test.for<readonly [string, Turn, RegExp]>([
    ['not found', { pieces: [http('', {}, '404 Not Found')] }, /answered 404/],
    ['expired', { pieces: [http('<Error/>', {}, '403 Forbidden')] }, /answered 403/],
    ['a web page', { pieces: [http('<p>', { 'content-type': 'text/html' })] }, /a web page/],
    ['a web page as PNG', { pieces: [http(' <!DOCTYPE html>')] }, /a web page/],
    ['nothing', { pieces: [http('')] }, /answered nothing/],
    ['too large', { pieces: [http(Buffer.alloc(1_000_001))] }, /more than 1000000 bytes/],
    ['a file', redirect('file:///etc/passwd'), /scheme `file:`/],
    ['data', redirect('data:image/png;base64,aGk='), /scheme `data:`/],
    ['another host', redirect('https://other.invalid/1.png'), /host `other.invalid`/],
    ['another host by http', redirect('http://169.254.169.254/latest'), /scheme `http:`/],
    ['credentials', redirect('http://user:word@127.0.0.1/'), /credentials/],
    ['no address', redirect('http://'), /malformed/],
  ])('%s', async ([, turn, fault]) => {
    await using server = await startRaw(turn)
    const answer = await get(`${server.url}/1.png`, server)
    expect(answer).toEqual({ fault: expect.stringMatching(fault) })
    expect(server.connections).toBe(1)
  })

  test('redirects for ever', async () => {
    await using server = await startRaw(redirect('/v1/again'))
    expect(await get(`${server.url}/1.png`, server)).toMatchObject({
      fault: expect.stringContaining('more than 3 times'),
    })
    expect(server.connections).toBe(4)
  })

  test('a body that never ends', async () => {
    using deadlines = holdDeadlines()
    await using server = await startRaw({ pieces: [head('200 OK', {})], endless: 'a' })
    const getting = get(`${server.url}/1.png`, server)
    await deadlines.passOnce(() => server.requests.length === 1)
    expect(await getting).toMatchObject({
      fault: expect.stringContaining('in time'),
    })
    expect(server.connections).toBe(1)
  })
})

/** A resolver whose names all stand for these addresses. */
function resolvesTo(...addresses: readonly string[]): LookupFunction {
  return (_name, _options, callback) => {
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
}

describe('never connects to a private address of another host', () => {
  test.for<readonly [string, string, LookupFunction | undefined]>([
    ['an allowed address', '127.0.0.2', undefined],
    ['an allowed IPv6 address', '[::1]', undefined],
    ['an allowed name', 'files.invalid', resolvesTo('127.0.0.1')],
    ['a name with one private address', 'files.invalid', resolvesTo('8.8.8.8', '127.0.0.1')],
    ['a name mapped into IPv6', 'files.invalid', resolvesTo('::ffff:127.0.0.1')],
    ['a name without an address', 'files.invalid', resolvesTo()],
  ])('%s', async ([, host, lookup]) => {
    await using server = await startRaw(picture)
    const change = { allowedHosts: [host], ...(lookup === undefined ? {} : { lookup }) }
    expect(await get(`https://${host}:${server.port}/1.png`, server, change)).toMatchObject({
      fault: expect.stringContaining('a private address'),
    })
    expect(server.connections).toBe(0)
  })
})

test.for([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['localhost', false],
] as const)('%s is public: %s', ([address, isPublic]) => {
  expect(isPublicAddress(address)).toBe(isPublic)
})
