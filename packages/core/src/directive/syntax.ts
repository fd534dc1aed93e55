import { markdownLineEnding } from 'micromark-util-character'
import type {
  Code,
  Construct,
  Effects,
  Extension,
  State,
  TokenizeContext,
} from 'micromark-util-types'
import { advance, beginning, maxDepth, partOf } from './grammar.ts'
import type { Part, Progress } from './grammar.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    genDirective: 'genDirective'
    genDirectiveAttribute: 'genDirectiveAttribute'
    genDirectiveData: 'genDirectiveData'
    genDirectiveMarker: 'genDirectiveMarker'
    genDirectivePrompt: 'genDirectivePrompt'
  }
}

interface Attempt {
  readonly context: TokenizeContext
  readonly effects: Effects
  readonly ok: State
  readonly nok: State
  readonly deadEnds: Set<string>
}

const opening = '![gen:'
const exclamationMark = 33

const tokenOf = {
  prompt: 'genDirectivePrompt',
  attribute: 'genDirectiveAttribute',
  mark: 'genDirectiveMarker',
} as const

/**
 * The micromark syntax of `![gen: PROMPT](ARGS)`: one text construct that is tried before images and reads through
 * the closing `)`. What is unclosed, or nests deeper than 32 levels, stays ordinary Markdown.
 */
export function genDirective(): Extension {
  const deadEnds = new WeakMap<TokenizeContext, Set<string>>()
  const construct: Construct = {
    name: 'genDirective',
    tokenize(effects, ok, nok) {
      const known = deadEnds.get(this) ?? new Set()
      deadEnds.set(this, known)
      return attempt({ context: this, effects, ok, nok, deadEnds: known })
    },
  }
  return { text: { [exclamationMark]: construct } }
}

function attempt({ context, effects, ok, nok, deadEnds }: Attempt): State {
  const reading = writer(effects)
  const passed: string[] = []
  let matched = 0
  let progress = beginning

  return open

  function open(code: Code): State | undefined {
    if (code !== opening.charCodeAt(matched)) return nok(code)
    if (matched === 0) reading.begin()
    reading.take('mark', code)
    matched += 1
    return matched === opening.length ? inside : open
  }

  function inside(code: Code): State | undefined {
    const next = isDeadEnd(code) ? undefined : advance(progress, code)
    if (next === undefined) return fail(code)
    progress = next
    reading.take(partOf(progress), code)
    if (progress.at !== 'done') return inside
    reading.finish()
    return ok
  }

  // What is left of the text decides alike for all who reach one place in one state: without this memory, many
  // unclosed directives would each read to the end of the paragraph. Two attempts never share a state in a prompt.
  function isDeadEnd(code: Code): boolean {
    if (code !== exclamationMark || partOf(progress) === 'prompt') return false
    const state = stateAt(context.now().offset, progress)
    passed.push(state)
    return deadEnds.has(state)
  }

  function fail(code: Code): State | undefined {
    // Shorter attempts are cheap to repeat: no more of them than the depth allows can meet at one place.
    if (passed.length > 2 * maxDepth) for (const state of passed) deadEnds.add(state)
    return nok(code)
  }
}

function stateAt(offset: number, { at, depth, enclosed, escaped }: Progress): string {
  return `${offset} ${at} ${depth} ${enclosed} ${escaped}`
}

interface Writer {
  begin(): void
  take(part: Part, code: Code): void
  finish(): void
}

/** Makes a token of each run of one part, with its data apart from line endings, which containers interrupt. */
function writer(effects: Effects): Writer {
  let open: Part | undefined
  let isInData = false

  return {
    begin() {
      effects.enter('genDirective')
    },
    take(part, code) {
      if (part !== open) turnTo(part)
      if (markdownLineEnding(code)) takeLineEnding(code)
      else takeData(code)
    },
    finish() {
      leave()
      effects.exit('genDirective')
    },
  }

  function turnTo(part: Part): void {
    leave()
    effects.enter(tokenOf[part])
    open = part
  }

  function leave(): void {
    leaveData()
    if (open !== undefined) effects.exit(tokenOf[open])
  }

  function takeLineEnding(code: Code): void {
    leaveData()
    effects.enter('lineEnding')
    effects.consume(code)
    effects.exit('lineEnding')
  }

  function takeData(code: Code): void {
    if (!isInData) effects.enter('genDirectiveData')
    isInData = true
    effects.consume(code)
  }

  function leaveData(): void {
    if (isInData) effects.exit('genDirectiveData')
    isInData = false
  }
}
