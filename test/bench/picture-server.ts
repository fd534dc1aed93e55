import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'

/** How long a picture takes that is not made in a batch. */
const tookMs = 100
const edge = 816
const channels = 3

/** Noise, which no compression makes smaller: 2.0 MB. */
const pixels = new Uint8Array(edge * edge * channels).map(() => Math.floor(Math.random() * 256))
const noise = await sharp(pixels, { raw: { width: edge, height: edge, channels } })
  .png({ compressionLevel: 0 })
  .toBuffer()
/** Where the chunks after IHDR begin. */
const afterHeader = 33
let made = 0
/** What was handed in: it is made and ended at once. */
let requests = ''
const batch = {
  id: 'batch-1',
  status: 'completed',
  metadata: {},
  input_file_id: 'requests',
  output_file_id: 'answers',
}
let batches: readonly object[] = []

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))

/** Takes whatever it is asked; of batches, one. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^\/v1/, '')
  switch (`${request.method} ${path}`) {
    case 'POST /images/generations':
      await setTimeout(tookMs)
      return send(response, reply())
    case 'POST /files':
      requests = body
        .split(/\r?\n/)
        .filter((line) => line.startsWith('{'))
        .join('\n')
      return send(response, { id: batch.input_file_id })
    case 'POST /batches':
      batches = [{ ...batch, metadata: JSON.parse(body).metadata }]
      return send(response, batches[0])
    case 'GET /batches':
      return send(response, { object: 'list', data: batches, has_more: false })
    case 'GET /batches/batch-1':
      return send(response, batches[0])
    case 'GET /files/requests/content':
      return void response.end(requests)
    case 'GET /files/answers/content':
      return sendAnswers(response)
    default:
      response.writeHead(404).end()
  }
}

function send(response: ServerResponse, content: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(content))
}

/** No faster than they are taken, so that what waits on the way counts for nobody. */
async function sendAnswers(response: ServerResponse): Promise<void> {
  for (const request of requests.split('\n')) {
    const { custom_id } = JSON.parse(request)
    const line = { custom_id, response: { status_code: 200, body: reply() } }
    if (!response.write(`${JSON.stringify(line)}\n`))
      await new Promise((resolve) => response.once('drain', resolve))
  }
  response.end()
}

function reply(): object {
  return { created: 1_700_000_000, data: [{ b64_json: picture().toString('base64') }] }
}

/** Each one has other bytes, by a comment. */
function picture(): Buffer {
  made += 1
  const content = Buffer.from(`tEXtComment\0${made}`, 'latin1')
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length - 4)
  checksum.writeUInt32BE(crc32(content))
  const [head, rest] = [noise.subarray(0, afterHeader), noise.subarray(afterHeader)]
  return Buffer.concat([head, length, content, checksum, rest])
}
