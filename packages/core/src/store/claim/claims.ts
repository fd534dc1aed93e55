import type { Claim, ClaimEnd, ClaimName, Claims, Clock, Occupant, Word } from '../../ports.ts'
import { type Holder, isGone } from './holder.ts'
import type { Claimant, Ladder, Rung } from './ladder.ts'

/** From the last sign of life until a claim is open to others: longer than any provider takes to answer. */
const leaseMs = 20 * 60_000

/**
 * Claims on a ladder. A holder is succeeded once it is certainly gone, once it gave no sign of life for 20 minutes while
 * we looked on, or once its last sign is older than that, or names nobody, and none comes while we wait for three: no
 * clock that is set, here or there, makes a live holder look dead.
 */
export function claimsOn(ladder: Ladder, holder: Holder, clock: Clock): Claims {
  return {
    isHeld: async (request) => {
      const top = await ladder.top(request)
      return top !== undefined && isHeldNow(top)
    },
    reserve: async (request, isBinding) => {
      const top = await ladder.top(request)
      if (top !== undefined && isHeldNow(top)) return 'held'
      if (top?.word !== undefined && isBinding(top.word)) return top.word
      const word = wordOf('submitted', holder, clock)
      const left: Claimant = { ...holder, word, isOver: true }
      const isOurs = await ladder.climb(request, (top?.generation ?? 0) + 1, left)
      return isOurs ? 'reserved' : 'held'
    },
    claim: async (name, signal, waits) => {
      let watch: Watch | undefined
      for (;;) {
        signal.throwIfAborted()
        const top = await ladder.top(name)
        watch = top && watched(top, watch, clock)
        const quietMs = watch === undefined ? 0 : clock.elapsed() - watch.sinceMs
        const isFree = top === undefined || isOpen(top) || isStale(top, quietMs, ladder)
        if (isFree) {
          const generation = (top?.generation ?? 0) + 1
          const { word } = top ?? {}
          if (await ladder.climb(name, generation, { ...holder, ...(word && { word }) }))
            return held({ name, generation, word }, holder, ladder, clock)
        } else {
          waits?.(occupantOf(top, clock))
          // Those who wait do not all look at once.
          await clock.wait(ladder.pollMs * (0.5 + Math.random()), signal)
        }
      }
    },
  }
}

/** Whether a claim's holder is at work, as far as can be told. */
export function isHeldNow(rung: Rung): boolean {
  return rung.holder !== undefined && !isOpen(rung) && rung.ageMs <= leaseMs
}

/** Whether a claim was given back, or its holder is certainly gone. */
export function isOpen({ isOver, holder }: Rung): boolean {
  return isOver || (holder !== undefined && isGone(holder))
}

function occupantOf({ holder, claimedMs }: Rung, clock: Clock): Occupant {
  const { host, pid } = holder ?? {}
  return {
    ...(host !== undefined && { host }),
    ...(pid !== undefined && { pid }),
    since: new Date(clock.now().getTime() - claimedMs),
  }
}

/** A claim that was seen, and since when it gave no other sign of life. */
interface Watch {
  readonly generation: number
  readonly beat: string
  readonly sinceMs: number
}

function watched({ generation, beat }: Rung, before: Watch | undefined, clock: Clock): Watch {
  const isSame = before?.generation === generation && before.beat === beat
  return isSame ? before : { generation, beat, sinceMs: clock.elapsed() }
}

function isStale({ ageMs, holder }: Rung, quietMs: number, { beatMs }: Ladder): boolean {
  // A claim is seen whole or not at all: what names nobody is what a power cut or a damage left.
  const isOld = ageMs > leaseMs || holder === undefined
  return quietMs > leaseMs || (isOld && quietMs > 3 * beatMs)
}

interface Held {
  readonly name: ClaimName
  readonly generation: number
  /** What was found. */
  readonly word: Word | undefined
}

function held(
  { name, generation, word }: Held,
  holder: Holder,
  ladder: Ladder,
  clock: Clock,
): Claim {
  const ended = new AbortController()
  let lastBeatMs = clock.elapsed()
  let isBegun = false
  const beat = async (): Promise<void> => {
    for (let count = 1; ; count += 1) {
      await clock.wait(ladder.beatMs, ended.signal)
      const sentMs = clock.elapsed()
      const isGiven = await ladder.beat(name, generation, count).then(
        () => true,
        () => false,
      )
      if (isGiven) lastBeatMs = sentMs
    }
  }
  beat().catch(() => undefined)
  const giveBack = (end: ClaimEnd): Promise<void> => {
    switch (end) {
      case 'resolved':
        return ladder.clear(name)
      case 'open':
        return ladder.end(name, generation, word)
      case 'free':
        return ladder.end(name, generation)
      case 'unpushed':
      case 'unknown':
        return ladder.end(name, generation, wordOf(end, holder, clock))
    }
  }
  return {
    ...(word && { word }),
    begin: async () => {
      // Half a lease is left for the request that is about to go out.
      if (clock.elapsed() - lastBeatMs > leaseMs / 2) return false
      if (!isBegun) await ladder.begin(name, generation, wordOf('unknown', holder, clock))
      isBegun = true
      const top = await ladder.top(name).catch(() => undefined)
      return top?.generation === generation && !top.isOver
    },
    end: async (end) => {
      ended.abort()
      // What cannot be given back is taken over once this process is gone.
      await giveBack(end).catch(() => undefined)
    },
  }
}

function wordOf(kind: Word['kind'], { host }: Holder, clock: Clock): Word {
  const since = clock.now().toISOString()
  return { kind, since, ...(host !== undefined && { host }) }
}
