import type { Answer } from '../ports.ts'

/**
 * What an error of a server means: ask again later, or give up this prompt, this image, or this run. `blocked` is a prompt
 * that was refused, perhaps only when its picture was drawn.
 */
export type Fate = 'busy' | 'prompt' | 'image' | 'run' | 'blocked'

/** An error as its server told it; no secret is in its words. */
export interface Told {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Milliseconds after which the server wants to be asked again. */
  readonly afterMs?: number | undefined
  readonly requestId?: string | undefined
}

const refusals = {
  prompt: 'refused the prompt',
  image: 'refused the request',
  run: 'refuses every request',
} as const

/**
 * The answer that an error of a server comes to; without a fate, whether anything was billed cannot be told. Nor can it of
 * a blocked picture: nobody publishes whether one is billed. So it is `unknown`, which sets its worst case aside and keeps
 * the prompt from being asked again unasked, and not `refused`, which would have to name what it cost.
 */
export function answerOfFate(fate: Fate | undefined, told: Told): Answer {
  const { status, code, message, afterMs } = told
  const said = `${status} \`${code}\`: ${message}`
  const known = told.requestId === undefined ? {} : { requestId: told.requestId }
  switch (fate) {
    case 'busy':
      return {
        kind: 'busy',
        message: `The provider is busy: ${said}`,
        ...(afterMs === undefined ? {} : { afterMs }),
      }
    case 'prompt':
    case 'image':
    case 'run': {
      const sentence = `The provider ${refusals[fate]}: ${said}; nothing was made`
      return { kind: 'refused', scope: fate, code, message: sentence, ...known }
    }
    case 'blocked':
      return {
        kind: 'unknown',
        message: `The provider refused the prompt, and perhaps not before its picture was drawn: ${said}; it may have billed`,
        ...known,
      }
    case undefined:
      return {
        kind: 'unknown',
        message: `The provider failed: ${said}; it may have billed`,
        ...known,
      }
  }
}

/** No connection came about. */
export function unreached(reason: string): Answer {
  return { kind: 'busy', message: `No connection to the provider: ${reason}; nothing was sent` }
}

/** Something was sent, and what became of it cannot be told. */
export function lost(reason: string): Answer {
  const message = `The request was sent and no whole answer came: ${reason}; it may have been billed`
  return { kind: 'unknown', message }
}
