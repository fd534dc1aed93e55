import { setTimeout } from 'node:timers/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What the server does with one connection, byte by byte. */
export interface Turn {
  /** Where it breaks the connection off instead of reading on. */
  readonly dropAt?: 'accept' | 'request-headers' | 'request-body'
  /** Written as they are, once the request was read whole. */
  readonly pieces?: readonly (string | Uint8Array)[]
  /** Between two pieces. Default 0. */
  readonly everyMs?: number
  /** Written again and again after the pieces, every millisecond. */
  readonly endless?: string | Uint8Array
  /** Default `fin`. */
  readonly ending?: 'fin' | 'reset' | 'hold'
}

/** A server that knows of HTTP only where a request ends. */
export interface RawServer extends AsyncDisposable {
  /** Ends in `/v1`. */
  readonly url: string
  readonly port: number
  readonly connections: number
  /** Heads and bodies of the requests that were read whole, whatever became of their replies. */
  readonly requests: readonly string[]
  /** Connections that the client has not closed. */
  readonly open: number
}

/** Serves each connection by the next turn, and all further ones by the last. */
export async function startRaw(...turns: readonly [Turn, ...Turn[]]): Promise<RawServer> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    const turn = turns[Math.min(connections++, turns.length - 1)] ?? turns[0]
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that breaks off is what some of the turns are about.
    socket.on('error', () => undefined)
    serve(socket, turn, (request) => requests.push(request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    get connections() {
      return connections
    },
    get open() {
      return sockets.size
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function serve(socket: Socket, turn: Turn, note: (request: string) => void): void {
  if (turn.dropAt === 'accept') {
    socket.resetAndDestroy()
    return
  }
  let read = ''
  socket.setEncoding('latin1')
  socket.on('data', (piece: string) => {
    read += piece
    const end = read.indexOf('\r\n\r\n')
    if (end < 0) return
    if (turn.dropAt !== undefined) {
      if (turn.dropAt === 'request-headers' || read.length > end + 4) socket.resetAndDestroy()
      return
    }
    const length = Number(/^content-length: *(\d+)/im.exec(read)?.[1] ?? '0')
    if (read.length < end + 4 + length) return
    socket.removeAllListeners('data')
    socket.resume()
    note(read)
    void reply(socket, turn)
  })
}

async function reply(socket: Socket, turn: Turn): Promise<void> {
  const { pieces = [], everyMs = 0, endless, ending = 'fin' } = turn
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && everyMs > 0) await setTimeout(everyMs, undefined, { ref: false })
    socket.write(piece)
  }
  if (endless !== undefined) {
    const timer = setInterval(() => {
      if (socket.writableLength < 1_000_000) socket.write(endless)
    }, 1)
    socket.on('close', () => clearInterval(timer))
    return
  }
  if (ending === 'fin') socket.end()
  // A reset throws away what the kernel has not sent, so what was written goes first.
  if (ending === 'reset') socket.write('', () => setImmediate(() => socket.resetAndDestroy()))
}

/** Exact bytes of a reply. */
export function http(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  status = '200 OK',
): Buffer {
  const all = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  return Buffer.concat([Buffer.from(head(status, all), 'latin1'), Buffer.from(body)])
}

/** Start line and headers, up to and including the empty line. */
export function head(status: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
