import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

import { parseJson } from '../../packages/core/src/json.ts'
import type { Size } from '../../packages/core/src/ports.ts'
import { png } from './pictures.ts'

export type Body = Readonly<Record<string, unknown>>

/** An error of a vendor before any work. */
export interface VendorRefusal {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** How one vendor reads a request and words its answer. */
export interface Vendor {
  readonly judge: (request: IncomingMessage, body: Body) => Size | VendorRefusal
  /** The body of a 200, whose picture is this base64. */
  readonly reply: (base64: string, url: string) => unknown
}

/** Work is billed, and then: nothing comes, no picture comes, or it is to be fetched at an address. */
export type Mishap = 'reset' | 'no-images' | 'server-error' | 'html' | 'link-refused' | 'gone'

export interface VendorDouble extends AsyncDisposable {
  readonly url: string
  /** Every charge, also for answers that never arrived. */
  readonly billed: readonly Body[]
  readonly received: readonly Body[]
  fail(...faults: readonly (VendorRefusal | Mishap)[]): void
}

/** A vendor on this machine: strict, and quick to bill. */
export async function startVendor(vendor: Vendor): Promise<VendorDouble> {
  const billed: Body[] = []
  const received: Body[] = []
  const faults: (VendorRefusal | Mishap)[] = []
  const address = { url: '' }
  const attend = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = recordOf(parseJson(await text(request)))
    if (request.url === '/gone') return send(response, 404, { error: 'gone' })
    received.push(body)
    const judged = vendor.judge(request, body)
    if ('status' in judged) return send(response, judged.status, judged.body, judged.headers)
    const fault = faults.shift()
    if (typeof fault === 'object') return send(response, fault.status, fault.body, fault.headers)
    billed.push(body)
    switch (fault) {
      case 'reset':
        response.socket?.resetAndDestroy()
        return
      case 'server-error':
        return send(response, 500, { error: { message: 'Internal' } })
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')
        return
      case 'no-images':
        return send(response, 200, vendor.reply('', ''))
      case 'gone':
        return send(response, 200, vendor.reply('', `${address.url}/gone`))
      case 'link-refused':
        return send(response, 200, vendor.reply('', 'http://127.0.0.1:65534/picture.png'))
      case undefined:
        return send(
          response,
          200,
          vendor.reply(Buffer.from(await png(judged)).toString('base64'), ''),
        )
    }
  }
  const server = createServer((request, response) => {
    attend(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  address.url = `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`
  return {
    url: address.url,
    billed,
    received,
    fail: (...more) => {
      faults.push(...more)
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function recordOf(value: unknown): Body {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
