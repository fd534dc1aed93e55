import { vi } from 'vitest'

/** Deadlines that pass when a test says so, whatever the machine is busy with. */
export interface HeldDeadlines extends Disposable {
  /** How long each was to be, in milliseconds. */
  readonly lengths: readonly number[]
  /** Lets every deadline that was set pass. */
  pass(): void
  /** Lets them pass as soon as something else has happened. */
  passOnce(hasHappened: () => boolean): Promise<void>
}

/** Holds the deadlines of `AbortSignal.timeout` from here on, until it is disposed of. */
export function holdDeadlines(): HeldDeadlines {
  const set: AbortController[] = []
  const lengths: number[] = []
  const timed = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout') ?? {}
  AbortSignal.timeout = (ms) => {
    lengths.push(ms)
    const deadline = new AbortController()
    set.push(deadline)
    return deadline.signal
  }
  const pass = (): void => {
    for (const deadline of set.splice(0))
      deadline.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
  }
  return {
    lengths,
    pass,
    passOnce: async (hasHappened) => {
      await vi.waitUntil(hasHappened, { timeout: 10_000 })
      pass()
    },
    [Symbol.dispose]: () => void Object.defineProperty(AbortSignal, 'timeout', timed),
  }
}
