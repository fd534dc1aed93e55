/** A line that is longer than its reader holds; its text is let go. */
export const tooLong: unique symbol = Symbol('a line that is too long')

/**
 * The lines of a stream without their line feeds, one at a time, so that no more than one of them is held. Empty lines
 * are left out.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncIterable<string | typeof tooLong> {
  let parts: Uint8Array[] = []
  let length = 0
  const hold = (piece: Uint8Array): void => {
    length += piece.length
    if (length > maxBytes) parts = []
    else parts.push(piece)
  }
  const take = (): string | typeof tooLong => {
    const line = length > maxBytes ? tooLong : Buffer.concat(parts).toString('utf8').trim()
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      hold(chunk.subarray(start, end))
      start = end + 1
      const line = take()
      if (line !== '') yield line
    }
    hold(chunk.subarray(start))
  }
  const last = take()
  if (last !== '') yield last
}
