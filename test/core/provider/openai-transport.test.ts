import { describe, expect, test } from 'vitest'
import { transport, Unreachable } from '../../../packages/core/src/provider/openai/transport.ts'
import { holdDeadlines } from '../../support/held-deadlines.ts'
import { head, http, startRaw } from '../../support/raw-server.ts'

const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }

test('answers status, headers and body as they came', async () => {
  await using server = await startRaw({
    pieces: [http('{}', { 'x-request-id': 'r' }, '418 Teapot')],
  })
  const response = await transport(5_000)(server.url, post)
  expect([response.status, response.headers.get('x-request-id'), await response.text()]).toEqual([
    418,
    'r',
    '{}',
  ])
  expect(server.requests).toHaveLength(1)
})

describe('cuts a body off', () => {
  test.for([
    [10, '0123456789'],
    [9, 'TooLarge: the reply has more than 9 bytes'],
  ] as const)('of 10 bytes at %i: %s', async ([maxBytes, outcome]) => {
    await using server = await startRaw({ pieces: [http('0123456789')] })
    const response = await transport(5_000, maxBytes)(server.url, post)
    expect(await response.text().catch(String)).toBe(outcome)
  })

  test('of a stream of events at four times as much', async () => {
    const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
    await using server = await startRaw(
      { pieces: [http('0123456789', headers)] },
      { pieces: [http('0123456789012', headers)] },
    )
    const fetch = transport(5_000, 3)
    expect(await (await fetch(server.url, post)).text()).toBe('0123456789')
    await expect((await fetch(server.url, post)).text()).rejects.toThrow('more than 12 bytes')
  })
})

test('has room for the largest picture that does not pack', () => {
  const pixels = 3840 * 2160 * 4 + 2160
  // Deflate stores what it cannot pack in blocks of 65,535 bytes with 5 more each.
  const packed = pixels + Math.ceil(pixels / 65_535) * 5 + 1_000
  expect(Math.ceil(packed / 3) * 4).toBeLessThan(48_000_000 - 3_000_000)
})

test('the deadline covers a body that keeps coming', { timeout: 10_000 }, async () => {
  using deadlines = holdDeadlines()
  await using server = await startRaw({ pieces: [head('200 OK', {})], endless: ' ' })
  const response = await transport(5_000)(server.url, post)
  const body = response.text()
  expect(deadlines.lengths).toEqual([5_000])
  deadlines.pass()
  await expect(body).rejects.toMatchObject({ name: 'TimeoutError' })
  await expect.poll(() => server.open).toBe(0)
})

test('the signal of a request ends its body', async () => {
  await using server = await startRaw({ pieces: [head('200 OK', {})], endless: ' ' })
  const controller = new AbortController()
  const response = await transport(60_000)(server.url, { ...post, signal: controller.signal })
  const body = response.text()
  controller.abort()
  await expect(body).rejects.toMatchObject({ name: 'AbortError' })
  await expect.poll(() => server.open).toBe(0)
})

test('sends nothing a second time on a redirect', async () => {
  await using other = await startRaw({ pieces: [http('')] })
  await using server = await startRaw({
    pieces: [http('', { location: other.url }, '307 Temporary Redirect')],
  })
  expect((await transport(5_000)(server.url, post)).status).toBe(307)
  expect(other.connections).toBe(0)
})

test('says where no connection came about', async () => {
  const server = await startRaw({})
  await server[Symbol.asyncDispose]()
  const fault: unknown = await transport(5_000)(server.url, post).catch((cause: unknown) => cause)
  expect(fault).toMatchObject({ cause: expect.any(Unreachable) })
})
