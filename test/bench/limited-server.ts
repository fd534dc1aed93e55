import { createServer, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { type Limit, meterOf } from '../support/meter.ts'
import { png } from '../support/pictures.ts'

/** What the server of a bench is started with, as JSON in its first argument. */
export interface ServerOptions {
  readonly limit: Limit
  /** How long a picture takes. */
  readonly tookMs: number
  /** Milliseconds of the server's clock for each one that passes. */
  readonly speed: number
  /** Width and height of the one picture that it answers with. */
  readonly edge: number
}

/** What it tells its parent: at first, and whenever it is asked. */
export interface ServerReport {
  readonly port: number
  readonly passed: number
  readonly putOff: number
  readonly mostUnderWay: number
}

const { limit, tookMs, speed, edge }: ServerOptions = JSON.parse(process.argv[2] ?? '')
const meter = meterOf(limit)
const picture = Buffer.from(await png({ width: edge, height: edge })).toString('base64')
const body = JSON.stringify({ created: 1_700_000_000, data: [{ b64_json: picture }] })
const counts = { passed: 0, putOff: 0, underWay: 0, mostUnderWay: 0 }

const server = createServer((request, response) => {
  // The request counts when its head arrives; its body must be read all the same.
  const reading = buffer(request)
  const { isWithin, left, resetMs, retryMs } = meter(performance.now() * speed)
  response.setHeader('content-type', 'application/json')
  if (limit.tells === 'all') {
    response.setHeader('x-ratelimit-limit-requests', limit.requests)
    response.setHeader('x-ratelimit-remaining-requests', left)
    response.setHeader('x-ratelimit-reset-requests', `${Math.ceil(resetMs)}ms`)
  }
  if (isWithin) return void reading.then(() => draw(response))
  counts.putOff += 1
  if (limit.tells === 'milliseconds') response.setHeader('retry-after-ms', Math.ceil(retryMs))
  else if (limit.tells !== 'nothing') response.setHeader('retry-after', Math.ceil(retryMs / 1_000))
  response.writeHead(429).end(tooMany)
})

server.listen(0, '127.0.0.1', report)
process.on('message', report)

async function draw(response: ServerResponse): Promise<void> {
  counts.passed += 1
  counts.underWay += 1
  counts.mostUnderWay = Math.max(counts.mostUnderWay, counts.underWay)
  await setTimeout(tookMs / speed)
  counts.underWay -= 1
  response.end(body)
}

function report(): void {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  process.send?.({ port: address.port, ...counts })
}

const tooMany = JSON.stringify({
  error: {
    message: 'Rate limit reached for images per minute.',
    type: 'requests',
    param: null,
    code: 'rate_limit_exceeded',
  },
})
