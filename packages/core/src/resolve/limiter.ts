import type { Answer, Clock, Connection } from '../ports.ts'
import { type Attempt, openAllowance } from './allowance.ts'
import type { Telling } from './told-claims.ts'
import { waitTeller } from './told-waits.ts'

/** A request may go, or the line ended before its turn came. */
export type Turn =
  | { readonly kind: 'go'; readonly attempt: Attempt }
  | { readonly kind: 'ended'; readonly message: string }

/** The line of an account's requests: first come, first served. */
export interface Limiter {
  /** Takes the next place in line; a request that is put off keeps it. */
  join(): number
  /** Resolves at once, and as `ended`, when the line is closed or the signal aborted. */
  turn(place: number, stop: AbortSignal): Promise<Turn>
  /** Must be told of each answer. A refusal of the whole run closes the line. */
  learn(attempt: Attempt, answer: Answer): void
  /** Tells why requests wait, and for how long, where that is more than a moment. */
  tellWait(reason: string): void
  /** How many requests the account's limits let pass so far, whatever became of them. */
  passed(): number
  /** Lets nobody pass any more. */
  close(reason: string): void
}

/** Gives the connections of a build their limiters, by id: those of one account share one. */
export function limitersOf(
  connections: ReadonlyMap<string, Connection>,
  telling: Telling,
): ReadonlyMap<string, Limiter> {
  const ready = [...connections].flatMap(([id, connection]) =>
    connection.kind === 'ready' ? [{ id, account: connection.account ?? id, connection }] : [],
  )
  const byAccount = Map.groupBy(ready, ({ account }) => account)
  return new Map(
    [...byAccount.values()].flatMap((members) => {
      const rates = members.flatMap(({ connection }) => connection.imagesPerMinute ?? [])
      const limiter = openLimiter(telling, rates.length === 0 ? undefined : Math.min(...rates))
      return members.map(({ id }) => [id, limiter] as const)
    }),
  )
}

interface Waiter {
  readonly place: number
  readonly end: (turn: Turn) => void
}

/** @param imagesPerMinute Most requests within any minute, from 1; nothing where only the server knows. */
export function openLimiter({ clock, tell }: Telling, imagesPerMinute?: number): Limiter {
  const allowance = openAllowance(imagesPerMinute)
  const now = awareOfWaits(clock)
  const line: Waiter[] = []
  let joined = 0
  let passed = 0
  let closedBy: string | undefined
  const tellOf = waitTeller(tell)
  let alarm: { readonly until: number; readonly off: AbortController } | undefined

  const setAlarm = (until: number): void => {
    if (alarm?.until === until) return
    alarm?.off.abort()
    const off = new AbortController()
    alarm = { until, off }
    const ring = (): void => {
      if (alarm?.off !== off) return
      alarm = undefined
      now.reach(until)
      serve()
    }
    // Rejects only by its signal, when nobody waits for it any more.
    clock.wait(until - now.read(), off.signal).then(ring, () => undefined)
  }

  const serve = (): void => {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      const delayMs = allowance.delayMs(now.read())
      if (delayMs > 0) return setAlarm(now.read() + delayMs)
      line.shift()
      first.end({ kind: 'go', attempt: allowance.send(now.read()) })
    }
    alarm?.off.abort()
    alarm = undefined
  }

  const close = (reason: string): void => {
    closedBy ??= reason
    for (const { end } of line.splice(0)) end({ kind: 'ended', message: closedBy })
    serve()
  }

  return {
    join: () => ++joined,
    turn: (place, stop) => {
      if (closedBy !== undefined) return Promise.resolve({ kind: 'ended', message: closedBy })
      if (stop.aborted) return Promise.resolve(stopped)
      return new Promise((resolve) => {
        const leave = (): void => {
          line.splice(line.indexOf(waiter), 1)
          resolve(stopped)
          serve()
        }
        const end = (turn: Turn): void => {
          stop.removeEventListener('abort', leave)
          resolve(turn)
        }
        const waiter = { place, end }
        stop.addEventListener('abort', leave)
        const next = line.findIndex((other) => other.place > place)
        line.splice(next === -1 ? line.length : next, 0, waiter)
        serve()
      })
    },
    learn: (attempt, answer) => {
      allowance.learn(now.read(), attempt, answer)
      if (answer.kind !== 'busy') passed += 1
      if (answer.kind === 'refused' && answer.scope === 'run') close(answer.message)
      else serve()
    },
    tellWait: (reason) => tellOf(reason, allowance.delayMs(now.read())),
    passed: () => passed,
    close,
  }
}

/** The turn of a request whose signal was aborted. */
export const stopped: Turn & { readonly kind: 'ended' } = {
  kind: 'ended',
  message: 'the queue was stopped before this picture was asked for',
}

/** A timer may ring a moment before the clock gets there: what was waited for is over. */
function awareOfWaits(clock: Clock): { read(): number; reach(time: number): void } {
  let reached = -Infinity
  return {
    read: () => Math.max(clock.elapsed(), reached),
    reach: (time) => {
      reached = Math.max(reached, time)
    },
  }
}
