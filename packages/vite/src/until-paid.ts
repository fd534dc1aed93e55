import type { OpenProject } from '@imprompt/core'
import type { Start } from './host.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a work that may buy. A signal that would end the process stops all further requests. Those under way, which are
 * paid for, are waited for before it ends; a second one ends it at once.
 */
export async function untilPaid<Value>(
  project: OpenProject,
  { warn }: Pick<Start, 'warn'>,
  work: (stop: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const stop = new AbortController()
  let caught: NodeJS.Signals | undefined
  const hold = (signal: NodeJS.Signals): void => {
    release()
    stop.abort()
    if (project.requestsUnderWay() === 0) return endBy(signal)
    caught = signal
    warn('Stopping after the requests under way, which are paid for; again to end at once')
  }
  const release = (): void => {
    for (const signal of signals) process.off(signal, hold)
  }
  for (const signal of signals) process.on(signal, hold)
  try {
    return await work(stop.signal)
  } finally {
    release()
    if (caught !== undefined) endBy(caught)
  }
}

/** As the signal would have done; others who listen to it were told, and do as they like. */
function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}
