import { readAttribute } from './attribute.ts'
import type { AttributeText } from './attribute.ts'
import { advance, beginning, closeParenthesis, codeAt, partOf } from './grammar.ts'
import type { Progress } from './grammar.ts'

/** A run of text within one line, and where it begins. */
export interface Piece {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** An attribute, and where it begins. */
export interface PlacedAttribute extends AttributeText {
  readonly line: number
  readonly column: number
}

/** The attributes of a directive, in their order. */
export type Arguments = readonly PlacedAttribute[]

interface Span {
  readonly start: number
  readonly end: number
  readonly isFinished: boolean
}

/**
 * Reads the attributes of a text as if it stood between the parentheses of a directive. Where it could not stand there,
 * such as with quotes that nothing closes, the rest of it is one malformed attribute.
 */
export function readArguments(pieces: readonly Piece[]): Arguments {
  const text = pieces.map((piece) => piece.text).join('')
  const pointAt = walk(pieces)
  return spansIn(text).map(({ start, end, isFinished }) => {
    const value = text.slice(start, end)
    return { ...(isFinished ? readAttribute(value) : { name: '', value }), ...pointAt(start) }
  })
}

function spansIn(text: string): readonly Span[] {
  const spans: Span[] = []
  let progress: Progress = { ...beginning, at: 'opened' }
  let start: number | undefined
  for (let index = 0; index <= text.length; index += 1) {
    const isEnd = index === text.length
    const next = advance(progress, isEnd ? closeParenthesis : codeAt(text, index))
    if (next === undefined || (next.at === 'done') !== isEnd) {
      return [...spans, { start: start ?? index, end: text.length, isFinished: false }]
    }
    if (partOf(next) === 'attribute') start ??= index
    else if (start !== undefined) {
      spans.push({ start, end: index, isFinished: true })
      start = undefined
    }
    progress = next
  }
  return spans
}

/** Answers where characters stand that are asked for from left to right. */
function walk(pieces: readonly Piece[]): (index: number) => { line: number; column: number } {
  let current = 0
  let from = 0
  return (index) => {
    for (let piece = pieces[current]; piece !== undefined; piece = pieces[current]) {
      const { text, line, column } = piece
      if (index < from + text.length) return { line, column: column + index - from }
      from += text.length
      current += 1
    }
    throw new RangeError(`Unexpected index ${index} in a text of ${from} characters`)
  }
}
