import { asciiPunctuation, markdownLineEndingOrSpace } from 'micromark-util-character'
import type { Code } from 'micromark-util-types'

/** What the text of a directive is made of, after its `![gen:`. */
export type Part = 'prompt' | 'attribute' | 'label' | 'mark'

/** How far the reading of a directive has come. Everything that follows depends on it and on the text alone. */
export interface Progress {
  readonly at:
    | 'prompt'
    | 'prompt-end'
    | 'opened'
    | 'between'
    | 'name'
    | 'equals'
    | 'bare'
    | 'double'
    | 'single'
    | 'label-opened'
    | 'label'
    | 'done'
  /** Brackets open in the prompt, or parentheses open in an attribute. */
  readonly depth: number
  /** Whether the attributes stand in `<…>`. */
  readonly enclosed: boolean
  /** Whether a backslash stands before the next character. */
  readonly escaped: boolean
}

/** Deeper brackets or parentheses are text: the limit that micromark has for destinations. */
export const maxDepth = 32

/** After `![gen:`. */
export const beginning: Progress = { at: 'prompt', depth: 0, enclosed: false, escaped: false }

const space = 32
const doubleQuote = 34
const singleQuote = 39
const openParenthesis = 40
/** What ends the arguments. */
export const closeParenthesis = 41
const comma = 44
const lessThan = 60
const equals = 61
const greaterThan = 62
const openBracket = 91
const backslash = 92
const closeBracket = 93

/** The character as micromark counts it, but for tabs and line endings, which are spaces to this grammar. */
export function codeAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code === 9 || code === 10 || code === 13 ? space : code
}

/**
 * Reads one character: `PROMPT](ARGS)`, where the prompt ends at the matching `]` and the arguments at the `)` that
 * no quotes or parentheses hold, or `PROMPT][LABEL]`. Answers nothing where the text is not a directive. Attributes of
 * any form are read; whether a label is defined is not known here.
 */
export function advance(progress: Progress, code: Code): Progress | undefined {
  if (code === null) return undefined
  if (!progress.escaped) return read(progress, code)
  const plain = { ...progress, escaped: false }
  return asciiPunctuation(code) ? plain : read(plain, code)
}

/** The part that the character read last belongs to. */
export function partOf(progress: Progress): Part {
  switch (progress.at) {
    case 'prompt':
      return 'prompt'
    case 'name':
    case 'equals':
    case 'bare':
    case 'double':
    case 'single':
      return 'attribute'
    case 'label':
      return 'label'
    case 'prompt-end':
    case 'opened':
    case 'between':
    case 'label-opened':
    case 'done':
      return 'mark'
  }
}

function read(progress: Progress, code: number): Progress | undefined {
  switch (progress.at) {
    case 'prompt':
      return readPrompt(progress, code)
    case 'prompt-end':
      return readPromptEnd(progress, code)
    case 'opened':
      return readOpened(progress, code)
    case 'between':
      return readBetween(progress, code)
    case 'name':
    case 'equals':
    case 'bare':
      return readBare(progress, code)
    case 'double':
      return readQuoted(progress, code, doubleQuote)
    case 'single':
      return readQuoted(progress, code, singleQuote)
    case 'label-opened':
    case 'label':
      return readLabel(progress, code)
    case 'done':
      return undefined
  }
}

function readPrompt(progress: Progress, code: number): Progress | undefined {
  if (code === backslash) return { ...progress, escaped: true }
  if (code === openBracket) return deeper(progress)
  if (code !== closeBracket) return progress
  return progress.depth === 0
    ? { ...progress, at: 'prompt-end' }
    : { ...progress, depth: progress.depth - 1 }
}

function readPromptEnd(progress: Progress, code: number): Progress | undefined {
  if (code === openParenthesis) return { ...progress, at: 'opened' }
  return code === openBracket ? { ...progress, at: 'label-opened' } : undefined
}

function readOpened(progress: Progress, code: number): Progress | undefined {
  if (markdownLineEndingOrSpace(code)) return progress
  if (code === lessThan) return { ...progress, at: 'between', enclosed: true }
  return readBetween({ ...progress, at: 'between' }, code)
}

function readBetween(progress: Progress, code: number): Progress | undefined {
  if (markdownLineEndingOrSpace(code) || code === comma) return progress
  if (code === doubleQuote) return { ...progress, at: 'double' }
  if (code === singleQuote) return { ...progress, at: 'single' }
  return readBare({ ...progress, at: 'name' }, code)
}

function readBare(progress: Progress, code: number): Progress | undefined {
  if (progress.depth > 0) return readNested(progress, code)
  if (markdownLineEndingOrSpace(code) || code === comma) return { ...progress, at: 'between' }
  if (code === closeParenthesis && !progress.enclosed) return { ...progress, at: 'done' }
  if (code === equals && progress.at === 'name') return { ...progress, at: 'equals' }
  if (code === doubleQuote && progress.at === 'equals') return { ...progress, at: 'double' }
  if (code === singleQuote && progress.at === 'equals') return { ...progress, at: 'single' }
  return readNested(progress.at === 'equals' ? { ...progress, at: 'bare' } : progress, code)
}

function readNested(progress: Progress, code: number): Progress | undefined {
  if (code === backslash) return { ...progress, escaped: true }
  if (code === openParenthesis) return deeper(progress)
  if (code === closeParenthesis) return { ...progress, depth: Math.max(0, progress.depth - 1) }
  if (code === greaterThan && progress.enclosed) {
    return { ...progress, at: 'between', depth: 0, enclosed: false }
  }
  return progress
}

function readQuoted(progress: Progress, code: number, quote: number): Progress {
  if (code === backslash) return { ...progress, escaped: true }
  return code === quote ? { ...progress, at: 'bare' } : progress
}

function readLabel(progress: Progress, code: number): Progress | undefined {
  if (code === backslash) return { ...progress, at: 'label', escaped: true }
  if (code === openBracket) return undefined
  if (code !== closeBracket) return { ...progress, at: 'label' }
  return progress.at === 'label' ? { ...progress, at: 'done' } : undefined
}

function deeper(progress: Progress): Progress | undefined {
  return progress.depth < maxDepth ? { ...progress, depth: progress.depth + 1 } : undefined
}
