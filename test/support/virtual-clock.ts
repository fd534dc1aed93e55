import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../packages/core/src/ports.ts'

/** A clock that leaps to the next wait's end whenever nothing else is left to do. */
export interface VirtualClock extends Clock {
  /**
   * Lets time pass until the promise settles, but none while the world is busy. It fails where nothing is left that could
   * settle it, unless the world may.
   * @param isBusy Whether a request to a server is under way, or anything else that no clock counts. @default no world
   */
  until<Value>(promise: Promise<Value>, isBusy?: () => boolean): Promise<Value>
}

export function virtualClock(): VirtualClock {
  const start = Date.parse('2026-11-24T12:00:00Z')
  const alarms: { readonly at: number; readonly ring: () => void }[] = []
  let elapsed = 0
  return {
    elapsed: () => elapsed,
    now: () => new Date(start + elapsed),
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const alarm = { at: elapsed + ms, ring: resolve }
        alarms.push(alarm)
        signal.addEventListener('abort', () => {
          const index = alarms.indexOf(alarm)
          if (index !== -1) alarms.splice(index, 1)
          reject(signal.reason)
        })
      }),
    until: async (promise, isBusy) => {
      let isSettled = false
      const settle = (): void => {
        isSettled = true
      }
      promise.then(settle, settle)
      for (;;) {
        await setImmediate()
        if (isSettled) return promise
        if (isBusy?.() === true) continue
        const [next] = alarms.toSorted((one, other) => one.at - other.at)
        if (next === undefined) {
          if (isBusy !== undefined) continue
          throw new Error('nothing is left that could settle it')
        }
        alarms.splice(alarms.indexOf(next), 1)
        elapsed = Math.max(elapsed, next.at)
        next.ring()
      }
    },
  }
}
