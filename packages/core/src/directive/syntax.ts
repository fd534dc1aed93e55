import type {
  Code,
  Construct,
  Effects,
  Extension,
  Point,
  State,
  Token,
  TokenizeContext,
} from 'micromark-util-types'
import type { Arguments } from './arguments.ts'
import { createDefinitions } from './definitions.ts'
import type { Definitions } from './definitions.ts'
import { advance, beginning, maxDepth, partOf } from './grammar.ts'
import type { Progress } from './grammar.ts'
import { opening } from './opening.ts'
import { writer } from './writer.ts'

interface Attempt {
  readonly context: TokenizeContext
  readonly effects: Effects
  readonly ok: State
  readonly nok: State
  readonly deadEnds: Set<string>
  readonly definitions: Definitions
}

const exclamationMark = 33
const openBracket = 91

/**
 * The micromark syntax of `![gen: PROMPT](ARGS)` and of `![gen: PROMPT][LABEL]` with its definition `[LABEL]: ARGS`: one
 * text construct that is tried before images and reads through the last character. What is unclosed, nests deeper than
 * 32 levels or refers to no definition stays ordinary Markdown.
 */
export function genDirective(): Extension {
  const deadEnds = new WeakMap<TokenizeContext, Set<string>>()
  const definitions = createDefinitions()
  const construct: Construct = {
    name: 'genDirective',
    tokenize(effects, ok, nok) {
      const known = deadEnds.get(this) ?? new Set()
      deadEnds.set(this, known)
      return attempt({ context: this, effects, ok, nok, deadEnds: known, definitions })
    },
  }
  return {
    contentInitial: { [openBracket]: definitions.construct },
    text: { [exclamationMark]: construct },
  }
}

function attempt({ context, effects, ok, nok, deadEnds, definitions }: Attempt): State {
  const reading = writer(effects)
  const passed: string[] = []
  let matched = 0
  let progress = beginning
  let label: Point | undefined

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
    if (next.at === 'done') return finish(code)
    if (progress.at === 'label-opened') label = context.now()
    progress = next
    reading.take(partOf(progress), code)
    return inside
  }

  function finish(code: Code): State | undefined {
    const attributes = label && definitionOf({ start: label, end: context.now() })
    if (label !== undefined && attributes === undefined) return fail(code)
    reading.take('mark', code)
    reading.finish(attributes)
    return ok
  }

  function definitionOf(span: Pick<Token, 'start' | 'end'>): Arguments | undefined {
    return definitions.find(context.parser, context.sliceSerialize(span))
  }

  // What is left of the text decides alike for all who reach one place in one state: without this memory, many
  // unclosed directives would each read to the end of the paragraph. Two attempts never share a state in a prompt, and
  // no two are ever in a label at one place: a label ends before the bracket of the next opening.
  function isDeadEnd(code: Code): boolean {
    if (code !== exclamationMark || isCheap(progress)) return false
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

function isCheap(progress: Progress): boolean {
  const part = partOf(progress)
  return part === 'prompt' || part === 'label'
}

function stateAt(offset: number, { at, depth, enclosed, escaped }: Progress): string {
  return `${offset} ${at} ${depth} ${enclosed} ${escaped}`
}
