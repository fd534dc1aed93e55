import { createServer } from 'node:http'

/** A server that answers everything with the same body, and 200. */
export async function raw(
  type: string,
  body: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(200, { 'content-type': type }).end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The lines of a file of answers. */
export function linesAnswered(file: Buffer | undefined): readonly string[] {
  return (file?.toString() ?? '').split('\n').filter((line) => line !== '')
}
