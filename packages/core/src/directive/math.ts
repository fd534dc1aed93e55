import { markdownLineEnding, markdownSpace } from 'micromark-util-character'
import type {
  Chunk,
  Code,
  Construct,
  Extension,
  ParseContext,
  State,
  TokenizeContext,
} from 'micromark-util-types'
import { continuationOf, indentationOf } from './containers.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    genMath: 'genMath'
    genMathData: 'genMathData'
    genMathFence: 'genMathFence'
  }
}

/** What is known of the fences of a document. */
interface Fences {
  /** The lines of the document, with tabs as spaces. */
  readonly lines: readonly string[]
  /** The line of the closing fence, by the line of the opening one. */
  readonly closings: Map<number, number>
  /** The line where containers end in which no fence of a size stands before that. */
  readonly deadEnds: Map<string, number>
}

type FencesOf = (context: TokenizeContext) => Fences

const dollarSign = 36

/**
 * Math in blocks, which holds no directives: from a line of two dollar signs or more, and perhaps words without another
 * one, to a line of at least as many alone. Where that line is missing there is no math, so that a lone `$$` hides
 * nothing. Nor is there math within a line: between two prices it would hide a directive.
 */
export function mathBlocks(): Extension {
  const known = new WeakMap<ParseContext, Fences>()
  const fencesOf: FencesOf = (context) => {
    const fences = known.get(context.parser) ?? {
      lines: linesOf(context),
      closings: new Map(),
      deadEnds: new Map(),
    }
    known.set(context.parser, fences)
    return fences
  }
  return { document: { [dollarSign]: lookAhead(fencesOf) }, flow: { [dollarSign]: math(fencesOf) } }
}

function linesOf(context: TokenizeContext): readonly string[] {
  const start = { ...context.now(), _index: 0, _bufferIndex: -1 }
  const end = { ...start, _index: Number.POSITIVE_INFINITY }
  return context.sliceStream({ start, end }).map(textOf).join('').split('\n')
}

function textOf(chunk: Chunk): string {
  if (typeof chunk === 'string') return chunk
  if (markdownLineEnding(chunk)) return '\n'
  return markdownSpace(chunk) ? ' ' : ''
}

/**
 * Looks from an opening fence for the closing one where the whole document is in sight: what blocks have read as math
 * cannot become a list or a quote again.
 */
function lookAhead(fencesOf: FencesOf): Construct {
  return {
    name: 'genMathFence',
    tokenize(effects, _ok, nok) {
      const { line } = this.now()
      const continuation = continuationOf(this)
      const indentation = indentationOf(this)
      const fences = fencesOf(this)
      let size = 0
      effects.enter('genMathFence')
      return sequence

      function sequence(code: Code): State | undefined {
        if (code !== dollarSign) return size < 2 ? nok(code) : words(code)
        size += 1
        effects.consume(code)
        return sequence
      }

      function words(code: Code): State | undefined {
        if (code === dollarSign) return nok(code)
        if (code !== null && !markdownLineEnding(code)) {
          effects.consume(code)
          return words
        }
        const closing = `${indentation}[$]{${size},} *$`
        findClosing(fences, { line, continuation, closing })
        return nok(code)
      }
    },
  }
}

interface Fence {
  readonly line: number
  /** What each line must begin with, and what it ends with where it closes the math. */
  readonly continuation: string
  readonly closing: string
}

function findClosing(fences: Fences, { line, continuation, closing }: Fence): void {
  const { lines, closings, deadEnds } = fences
  const fence = new RegExp(`^${continuation}${closing}`)
  const inside = new RegExp(`^${continuation}`)
  if ((deadEnds.get(fence.source) ?? 0) > line) return
  let index = line
  for (; index < lines.length; index += 1) {
    const text = lines[index] ?? ''
    if (fence.test(text)) {
      closings.set(line, index + 1)
      return
    }
    if (!inside.test(text)) break
  }
  deadEnds.set(fence.source, index + 1)
}

/** All lines from the opening fence to the closing one. */
function math(fencesOf: FencesOf): Construct {
  return {
    name: 'genMath',
    concrete: true,
    tokenize(effects, ok, nok) {
      const last = fencesOf(this).closings.get(this.now().line)
      const { interrupt, now } = this
      return start

      function start(code: Code): State | undefined {
        if (last === undefined) return nok(code)
        if (interrupt === true) return ok(code)
        effects.enter('genMath')
        return lineStart(code)
      }

      function lineStart(code: Code): State | undefined {
        if (code === null || markdownLineEnding(code)) return lineEnd(code)
        effects.enter('genMathData')
        return data(code)
      }

      function data(code: Code): State | undefined {
        if (code !== null && !markdownLineEnding(code)) {
          effects.consume(code)
          return data
        }
        effects.exit('genMathData')
        return lineEnd(code)
      }

      function lineEnd(code: Code): State | undefined {
        if (now().line === last) {
          effects.exit('genMath')
          return ok(code)
        }
        if (code === null) return nok(code)
        effects.enter('lineEnding')
        effects.consume(code)
        effects.exit('lineEnding')
        return lineStart
      }
    },
  }
}
