/** No answer came in time. */
class TooLate extends Error {
  // Packages of the AI SDK hand this name on as it is, in place of a fault of their own.
  override readonly name = 'TimeoutError'
}

/**
 * Calls with a signal that is aborted by the given one, or with `TooLate` after `timeoutMs`, and then rejects with its
 * reason, also where the call does not heed it.
 */
export async function within<Value>(
  timeoutMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => PromiseLike<Value>,
): Promise<Value> {
  const late = new AbortController()
  const either = AbortSignal.any([signal, late.signal])
  const fault = new TooLate(`no answer within \`timeoutMs\`, ${timeoutMs} ms`)
  const timer = setTimeout(() => late.abort(fault), timeoutMs)
  try {
    return await new Promise<Value>((resolve, reject) => {
      either.addEventListener('abort', () => reject(either.reason))
      call(either).then(resolve, reject)
    })
  } finally {
    clearTimeout(timer)
  }
}
