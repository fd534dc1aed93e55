import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  type Outgoing,
  type Patience,
  askedOf,
  exchange,
  headersOf,
} from '../../../../packages/core/src/store/remote/exchange.ts'
import { type Turn, head, http, startRaw } from '../../../support/raw-server.ts'

const patience: Patience = { wholeMs: 1500, partMs: 300 }
const reading: Outgoing = { method: 'GET', name: 'a', headers: {}, maxBytes: 1000 }

/** What one exchange with a server comes to that behaves like this. */
async function exchangeWith(turn: Turn, outgoing = reading, within = patience): Promise<unknown> {
  await using server = await startRaw(turn)
  const reply = await exchange({ url: server.url, headers: new Headers() }, outgoing, within)
  return reply.bytes === undefined ? undefined : Buffer.from(reply.bytes).toString('latin1')
}

describe('an answer', () => {
  test('is read to its end', async () => {
    expect(await exchangeWith({ pieces: [http('whole')] })).toBe('whole')
    expect(await exchangeWith({ pieces: [http('')] })).toBe('')
  })

  test('may take longer than one part does, as long as parts come', async () => {
    const pieces = [head('200 OK', { 'content-length': '4' }), 'a', 'b', 'c', 'd']
    const patient = { wholeMs: 20_000, partMs: 600 }
    expect(await exchangeWith({ pieces, everyMs: 200 }, reading, patient)).toBe('abcd')
  })

  test.for([
    ['hangs before its head', { ending: 'hold' }, 'no more of its answer came for 0.3 s'],
    [
      'hangs in its body',
      { pieces: [head('200 OK', { 'content-length': '9' }), 'half'], ending: 'hold' },
      'no more of its answer came for 0.3 s',
    ],
    [
      'trickles without end',
      { pieces: [head('200 OK', { 'transfer-encoding': 'chunked' })], endless: '1\r\na\r\n' },
      'its answer was not whole after 1.5 s',
    ],
  ] as const)('that %s is given up in time', async ([, turn, message]) => {
    const outgoing = { ...reading, maxBytes: Number.POSITIVE_INFINITY }
    await expect(exchangeWith(turn, outgoing)).rejects.toMatchObject({ name: 'OutOfTime', message })
  })

  test.for([
    ['shorter than it says', [head('200 OK', { 'content-length': '9' }), 'half'], 'fin'],
    ['broken off', [head('200 OK', { 'transfer-encoding': 'chunked' }), '4\r\nhalf\r\n'], 'fin'],
    ['reset', [head('200 OK', { 'content-length': '9' }), 'half'], 'reset'],
    ['none', [], 'reset'],
    ['no HTTP', ['SSH-2.0-OpenSSH_9.2\r\n'], 'fin'],
  ] as const)('that is %s is none', async ([, pieces, ending]) => {
    await expect(exchangeWith({ pieces, ending })).rejects.toThrow(/\w/)
  })

  test('that is longer than wanted is broken off', async () => {
    expect(await exchangeWith({ pieces: [http('x'.repeat(1001))] })).toBeUndefined()
    expect(await exchangeWith({ pieces: [http('x'.repeat(1000))] })).toHaveLength(1000)
    const pieces = [head('200 OK', { 'transfer-encoding': 'chunked' })]
    expect(
      await exchangeWith({ pieces, endless: `400\r\n${'x'.repeat(0x400)}\r\n` }),
    ).toBeUndefined()
  })

  test('that refuses in more words than there is room for an object is read as far as it helps', async () => {
    const text = `<Code>AccessDenied</Code>${'x'.repeat(3_000_000)}`
    const turn: Turn = { pieces: [http(text, {}, '403 Forbidden')] }
    expect(await exchangeWith(turn, { ...reading, maxBytes: 1 })).toBe(text.slice(0, 16_000))
  })
})

test('names what happened to the connection', async () => {
  const server = await startRaw({})
  await server[Symbol.asyncDispose]()
  const url = `http://127.0.0.1:${server.port}/`
  await expect(exchange({ url, headers: new Headers() }, reading, patience)).rejects.toThrow(
    `connect ECONNREFUSED 127.0.0.1:${server.port}`,
  )
})

test('gives a body time of its own to be sent', async () => {
  const body = randomBytes(200_000)
  const outgoing: Outgoing = { ...reading, method: 'PUT', body }
  // The answer comes later than a part of it may, by less than the body may take.
  const turn: Turn = { pieces: [head('200 OK', { 'content-length': '2' }), 'ok'], everyMs: 1000 }
  expect(await exchangeWith(turn, outgoing)).toBe('ok')
  await expect(exchangeWith(turn, { ...outgoing, body: randomBytes(1) })).rejects.toThrow(/0\.3 s/)
})

test('follows no redirect', async () => {
  await using target = await startRaw({ pieces: [http('stolen')] })
  await using server = await startRaw({
    pieces: [http('', { location: target.url }, '307 Temporary Redirect')],
  })
  const headers = new Headers({ authorization: 'Bearer hidden' })
  const reply = await exchange({ url: server.url, headers }, reading, patience)
  expect(reply.status).toBe(307)
  expect(target.connections).toBe(0)
})

describe('headers', () => {
  test('outrank earlier ones in whatever case they are written', () => {
    const headers = headersOf(
      { authorization: 'a' },
      { Authorization: 'b', 'If-None-Match': 'x' },
      {
        'if-none-match': '*',
      },
    )
    expect([...headers]).toEqual([
      ['authorization', 'b'],
      ['if-none-match', '*'],
    ])
  })

  test('that cannot be sent are told without their values', () => {
    for (const value of ['hidden\nvalue', 'hidden\0', 'hidden…']) {
      const make = () => headersOf({ authorization: value })
      expect(make).toThrow('the header `authorization` cannot be sent')
      expect(make).not.toThrow(/hidden/)
    }
  })
})

test('waits for what a configuration gives no longer than for an answer', async () => {
  expect(await askedOf(() => 1, 'headers', patience)).toBe(1)
  expect(await askedOf(async () => 1, 'headers', patience)).toBe(1)
  const never = askedOf(() => new Promise(() => undefined), 'headers', { wholeMs: 20, partMs: 20 })
  await expect(never).rejects.toThrow('`headers` of its configuration gave nothing for 0.02 s')
})
