import pMap from 'p-map'
import type { NewImage } from '../plan/budget.ts'
import type { PlannedImage } from '../plan/plan.ts'
import type { ClaimEnd, Claims, Clock, RequestHash, Word } from '../ports.ts'
import type { Outcome } from './outcome.ts'

/** What became of an image that another machine left binding word of. */
export function outcomeOfWord(word: Word, { source }: NewImage): Outcome {
  const message = describeWord(word)
  if (word.kind !== 'unknown') return { kind: 'failed', scope: 'image', message }
  return { kind: 'unknown', message, worstMicroUsd: source.estimate.worstMicroUsd }
}

/** Where a picture is, and how it comes here. */
function describeWord({ kind, host, since }: Word): string {
  const machine = host === undefined ? 'another machine' : `\`${host}\``
  switch (kind) {
    case 'unpushed':
      return `${machine} bought it at ${since}, and no remote took it: run \`imprompt push\` there, or \`imprompt generate --retry-unknown\` here to buy it once more`
    case 'unknown':
      return `${machine} asked for it at ${since}, and does not know what came of that`
    case 'submitted':
      return `it waits in a batch that ${machine} handed in at ${since}: \`imprompt generate --batch\` collects it, there or with the same account here; a day later \`--retry-unknown\` buys it all the same`
  }
}

/** What is needed to leave word, or to take it back. */
export interface WordPorts {
  readonly claims: Claims
  readonly clock: Clock
  /** Word is left after it is aborted as well, as it bars others for a day; nobody is waited for longer than a moment then. */
  readonly stop: AbortSignal
}

/** How the claim of a request ends that waited in a batch; nothing where others find by themselves what came of it. */
export function endAfterBatch(outcome: Outcome): ClaimEnd | undefined {
  switch (outcome.kind) {
    case 'bought':
      return outcome.isUnpushed === true ? 'unpushed' : undefined
    case 'unknown':
      return 'unknown'
    case 'refused':
    case 'failed':
      return 'free'
    case 'found':
      return undefined
  }
}

/** So many are told of at once. */
const concurrency = 16

/** So long a run that is stopped waits for whoever holds the claim of what it has to tell. */
const graceMs = 5000

/** Tells other machines what became of requests that waited in batches. What cannot be told stands as it did. */
export async function leaveWord(
  ends: ReadonlyMap<RequestHash, ClaimEnd>,
  { claims, clock, stop }: WordPorts,
): Promise<void> {
  const leave = async ([request, end]: readonly [RequestHash, ClaimEnd]): Promise<void> => {
    const told = new AbortController()
    try {
      const claim = await claims.claim(request, graceAfter(stop, clock, told.signal))
      await claim.end(end)
    } finally {
      told.abort()
    }
  }
  await pMap(ends, (one) => leave(one).catch(() => undefined), { concurrency })
}

/** A signal that is aborted somewhat later than another one, unless all is over before. */
function graceAfter(stop: AbortSignal, clock: Clock, over: AbortSignal): AbortSignal {
  const late = new AbortController()
  const expire = (): void => {
    clock.wait(graceMs, over).then(
      () => late.abort(),
      () => undefined,
    )
  }
  if (stop.aborted) expire()
  else stop.addEventListener('abort', expire, { once: true, signal: over })
  return late.signal
}

/** What is handed in by nobody is free for others. */
export async function free(
  images: readonly Pick<PlannedImage, 'requestHash'>[],
  ports: WordPorts,
): Promise<void> {
  await leaveWord(new Map(images.map(({ requestHash }) => [requestHash, 'free'])), ports)
}
