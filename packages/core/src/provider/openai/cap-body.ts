/** More came than a reply may hold. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/**
 * A body that fails with `TooLarge` as soon as it holds more than `maxBytes`, and then reads no further. Counts what
 * comes out of it, so that a compressed body cannot grow past the cap.
 */
export function capBody(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): ReadableStream<Uint8Array> {
  let bytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) => {
        bytes += piece.byteLength
        if (bytes > maxBytes) throw new TooLarge(`the reply has more than ${maxBytes} bytes`)
        controller.enqueue(piece)
      },
    }),
  )
}
