import type { Answer } from '../ports.ts'

/** What an error of a server means: ask again later, or give up this prompt, this image, or this run. */
export type Fate = 'busy' | 'prompt' | 'image' | 'run'

/** An error as its server told it; no secret is in its words. */
export interface Told {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Milliseconds after which the server wants to be asked again. */
  readonly afterMs?: number | undefined
  readonly requestId?: string | undefined
}

/** The answer that an error of a server comes to; without a fate, whether anything was billed cannot be told. */
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
      return refused(fate, code, `The provider refused the prompt: ${said}`, known)
    case 'image':
      return refused(fate, code, `The provider refused the request: ${said}`, known)
    case 'run':
      return refused(fate, code, `The provider refuses every request: ${said}`, known)
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

function refused(
  scope: Exclude<Fate, 'busy'>,
  code: string,
  message: string,
  known: { readonly requestId?: string },
): Answer {
  return { kind: 'refused', scope, code, message, ...known }
}
