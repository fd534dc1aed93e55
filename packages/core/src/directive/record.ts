import type { Code, Construct, Extension, Point, State } from 'micromark-util-types'
import { openings } from './opening.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    genDirectiveOpening: 'genDirectiveOpening'
  }
}

/** A place of a text where a directive seems to begin. */
export interface Opening {
  /** How it is written there. */
  readonly text: string
  readonly point: Point
}

const exclamationMark = 33

/**
 * Tells of openings, also misspelt ones, and reads none of them. It stands behind the syntax of directives, so that it
 * hears only of places where that has answered no, and never of code, HTML, destinations or what directives hold.
 */
export function recordOpenings(record: (found: Opening) => void): Extension {
  const construct: Construct = {
    name: 'genDirectiveOpening',
    tokenize(effects, _ok, nok) {
      const point = this.now()
      let text = ''
      return read

      function read(code: Code): State | undefined {
        if (code === null) return nok(code)
        const next = text + String.fromCharCode(code)
        if (openings.includes(next)) record({ text: next, point })
        if (!openings.some((one) => one !== next && one.startsWith(next))) return nok(code)
        if (text === '') effects.enter('genDirectiveOpening')
        effects.consume(code)
        text = next
        return read
      }
    },
  }
  return { text: { [exclamationMark]: construct } }
}
