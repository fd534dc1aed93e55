import { describe, expect, test } from 'vitest'
import { newImages } from '../../../packages/core/src/plan/budget.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Answer, Claim, Journal } from '../../../packages/core/src/ports.ts'
import { type Asked, ask } from '../../../packages/core/src/resolve/ask.ts'
import { openLimiter } from '../../../packages/core/src/resolve/limiter.ts'
import {
  freeClaim,
  inputOf,
  memoryJournal,
  memoryStore,
  requestIn,
  settingsOf,
} from '../../support/fakes.ts'
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts'

const settings = settingsOf()
const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-23' }
const plan = await planFor(
  inputOf([requestIn('![gen: a fox]()', settings)]),
  settings,
  memoryStore(),
  history,
)
const [image] = newImages(plan)

const picture: Answer = { kind: 'image', bytes: new Uint8Array() }

/** Asks for one picture as often as there are scripts, each of which answers its own request in turn. */
async function askAll(
  scripts: readonly ((attempt: number) => Answer | Promise<Answer>)[],
  clock: VirtualClock = virtualClock(),
  stop: AbortSignal = new AbortController().signal,
): Promise<{
  readonly asked: readonly Asked[]
  readonly attempts: readonly number[]
  /** How each attempt that was written down ended; nothing where it is still open. */
  readonly record: ReadonlyMap<string, string | undefined>
  /** What was told while they waited. */
  readonly lines: readonly string[]
}> {
  if (image === undefined) throw new Error('the plan buys nothing')
  const lines: string[] = []
  const limiter = openLimiter({ clock, tell: (line) => lines.push(line) })
  const attempts = scripts.map(() => 0)
  const record = new Map<string, string | undefined>()
  const journal: Journal = {
    ...memoryJournal(),
    begin: async ({ id }) => void record.set(id, undefined),
    settle: async ({ id }, { kind }) => void record.set(id, kind),
  }
  const asking = scripts.map((script, index) => {
    const generate = async (): Promise<Answer> => {
      const attempt = (attempts[index] ?? 0) + 1
      attempts[index] = attempt
      return script(attempt)
    }
    const connection = { kind: 'ready', generate } as const
    return ask({ image, images: undefined, connection, limiter, journal, claim: freeClaim }, stop)
  })
  return { asked: await clock.until(Promise.all(asking)), attempts, record, lines }
}

const never = new AbortController().signal
const refused = { kind: 'refused', scope: 'image', code: 'bad_size', message: 'no' } as const
const busy = { kind: 'busy', message: 'slow down' } as const

test('gives up after seven attempts where nothing gets through, past a minute', async () => {
  const clock = virtualClock()
  const { asked, attempts, record } = await askAll([() => busy], clock)
  expect(asked).toEqual([{ kind: 'unsent', message: 'slow down' }])
  expect(attempts).toEqual([7])
  expect(clock.elapsed()).toBe(63_000)
  expect([...record.values()]).toEqual(Array(7).fill('released'))
})

test('tells why it waits and for how long, once for each longer wait, but not that it gives up', async () => {
  const closed = { kind: 'busy', message: 'No connection; nothing was sent.' } as const
  const { lines } = await askAll([() => closed, () => closed])
  expect(lines).toEqual(
    [2, 4, 8, 16, 32].map((s) => `No connection; nothing was sent. Asking again in ${s} s`),
  )
})

test('tells nothing of a wait that is over in a moment', async () => {
  const { lines } = await askAll([(attempt) => (attempt === 1 ? busy : picture)])
  expect(lines).toEqual([])
})

test('tells of a limit that puts off every few seconds only where it does so for longer', async () => {
  const after = [9000, 8500, 9500]
  const script = (attempt: number): Answer => {
    const afterMs = after[attempt - 1]
    return afterMs === undefined ? picture : { ...busy, message: `wait ${afterMs} ms`, afterMs }
  }
  const { lines } = await askAll([script])
  expect(lines).toEqual(['wait 9000 ms. Asking again in 9 s', 'wait 9500 ms. Asking again in 10 s'])
})

test.for([picture, { kind: 'unknown', message: 'connection reset' }, refused] as const)(
  'goes on as long as other requests of the account get through, to $kind',
  async (outcome) => {
    const clock = virtualClock()
    const first = (attempt: number): Answer => (attempt <= 10 ? busy : picture)
    const others = Array.from({ length: 12 }, (_none, index) => async (): Promise<Answer> => {
      await clock.wait(5_000 * (index + 1), never)
      return outcome
    })
    const { asked, attempts } = await askAll([first, ...others], clock)
    expect(asked[0]).toMatchObject({ kind: 'answered', answer: picture })
    expect(attempts[0]).toBe(11)
  },
)

test('names the time that is too long to wait', async () => {
  const { asked, attempts } = await askAll([() => ({ ...busy, afterMs: 3_600_000 })])
  expect(asked).toEqual([
    {
      kind: 'unsent',
      message: 'slow down; it asks for a wait of 3600 s, longer than the 60 s that a build waits',
    },
  ])
  expect(attempts).toEqual([1])
})

test('never repeats a request whose fate is unknown', async () => {
  const unknown = { kind: 'unknown', message: 'connection reset' } as const
  const { asked, attempts, record } = await askAll([() => unknown])
  expect(asked).toMatchObject([{ kind: 'answered', answer: unknown }])
  expect(attempts).toEqual([1])
  // Whoever asked settles it.
  expect([...record.values()]).toEqual([undefined])
})

test('ends a wait at once when it is stopped', async () => {
  const clock = virtualClock()
  const stop = new AbortController()
  const script = (): Answer => {
    queueMicrotask(() => stop.abort())
    return { ...busy, afterMs: 30_000 }
  }
  const { asked, attempts } = await askAll([script], clock, stop.signal)
  expect(asked).toEqual([{ kind: 'unsent', message: 'slow down' }])
  expect(attempts).toEqual([1])
  expect(clock.elapsed()).toBe(0)
})

test('an answer of no kind leaves the fate of its request open', async () => {
  const wild: Answer = JSON.parse('{ "kind": "picture" }')
  const { asked } = await askAll([() => wild])
  expect(asked).toMatchObject([
    {
      kind: 'answered',
      answer: {
        kind: 'unknown',
        message: 'the provider answered the kind `picture`, expected image, busy, refused, unknown',
      },
    },
  ])
})

describe('the record', () => {
  const connection = { kind: 'ready', generate: async () => picture } as const

  test('holds no attempt that waits for its turn', async () => {
    if (image === undefined) throw new Error('the plan buys nothing')
    const clock = virtualClock()
    const limiter = openLimiter({ clock }, 1)
    const begun: string[] = []
    const journal: Journal = { ...memoryJournal(), begin: async ({ id }) => void begun.push(id) }
    const asking = [1, 2, 3].map(() =>
      ask({ image, images: undefined, connection, limiter, journal, claim: freeClaim }, never),
    )
    await asking[0]
    expect(begun).toHaveLength(1)
    await clock.until(Promise.all(asking))
    expect(begun).toHaveLength(3)
  })

  test('is written before anything is sent', async () => {
    if (image === undefined) throw new Error('the plan buys nothing')
    const log: string[] = []
    const journal: Journal = {
      ...memoryJournal(),
      begin: async () => {
        await Promise.resolve()
        log.push('written')
      },
    }
    const sending = { ...connection, generate: async () => (log.push('sent'), picture) }
    const limiter = openLimiter({ clock: virtualClock() })
    await ask(
      { image, images: undefined, connection: sending, limiter, journal, claim: freeClaim },
      never,
    )
    expect(log).toEqual(['written', 'sent'])
  })

  test('keeps a request back that it cannot hold', async () => {
    const { asked, sent } = await askWith((journal) => ({
      ...journal,
      begin: () => Promise.reject(new Error('ENOSPC')),
    }))
    expect(asked).toEqual({
      kind: 'unsent',
      message: 'the attempt could not be written down: ENOSPC',
    })
    expect(sent).toBe(0)
  })

  test('strikes an attempt out that was stopped while it was written', async () => {
    const stop = new AbortController()
    const settled: string[] = []
    const { asked, sent } = await askWith(
      (journal) => ({
        ...journal,
        begin: async () => stop.abort(),
        settle: async (_intent, { kind }) => void settled.push(kind),
      }),
      stop.signal,
    )
    expect(asked).toMatchObject({ kind: 'unsent' })
    expect(settled).toEqual(['released'])
    expect(sent).toBe(0)
  })

  test('sends nothing where another build took the picture over', async () => {
    const claim = { ...freeClaim, begin: async () => false }
    const { asked, sent } = await askWith((journal) => journal, never, claim)
    expect(asked).toMatchObject({ kind: 'unsent', message: expect.stringContaining('another') })
    expect(sent).toBe(0)
  })

  async function askWith(
    journalFrom: (journal: Journal) => Journal,
    stop: AbortSignal = never,
    claim: Claim = freeClaim,
  ): Promise<{ readonly asked: Asked; readonly sent: number }> {
    if (image === undefined) throw new Error('the plan buys nothing')
    let sent = 0
    const generate = async (): Promise<Answer> => {
      sent += 1
      return picture
    }
    const sending = {
      image,
      images: undefined,
      connection: { ...connection, generate },
      limiter: openLimiter({ clock: virtualClock() }),
      journal: journalFrom(memoryJournal()),
      claim,
    }
    return { asked: await ask(sending, stop), sent }
  }
})
