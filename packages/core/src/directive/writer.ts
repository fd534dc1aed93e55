import { markdownLineEnding } from 'micromark-util-character'
import type { Code, Effects } from 'micromark-util-types'
import type { Arguments } from './arguments.ts'
import type { Part } from './grammar.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    genDirective: 'genDirective'
    genDirectiveAttribute: 'genDirectiveAttribute'
    genDirectiveData: 'genDirectiveData'
    genDirectiveLabel: 'genDirectiveLabel'
    genDirectiveMarker: 'genDirectiveMarker'
    genDirectivePrompt: 'genDirectivePrompt'
  }
  interface Token {
    /** What the definition says that a directive refers to. */
    genAttributes?: Arguments
  }
}

/** Writes the tokens of one directive. */
export interface Writer {
  begin(): void
  take(part: Part, code: Code): void
  /** A directive that refers to a definition has its attributes from there. */
  finish(attributes: Arguments | undefined): void
}

const tokenOf = {
  prompt: 'genDirectivePrompt',
  attribute: 'genDirectiveAttribute',
  label: 'genDirectiveLabel',
  mark: 'genDirectiveMarker',
} as const

/** Makes a token of each run of one part, with its data apart from line endings, which containers interrupt. */
export function writer(effects: Effects): Writer {
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
    finish(attributes) {
      leave()
      const token = effects.exit('genDirective')
      if (attributes !== undefined) token.genAttributes = attributes
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
