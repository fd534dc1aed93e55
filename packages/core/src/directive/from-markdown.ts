import type { Node } from 'mdast'
import type { CompileContext, Extension } from 'mdast-util-from-markdown'
import type { Token } from 'micromark-util-types'
import { readAttribute } from './attribute.ts'
import type { AttributeText } from './attribute.ts'
import type { Directive, RawAttribute } from './directive.ts'

/** An attribute in a tree; one that a program made has no place. */
export interface GenAttribute extends AttributeText {
  readonly line?: number
  readonly column?: number
}

/** `![gen: PROMPT](ARGS)` in a tree of mdast. */
export interface GenDirective extends Node {
  type: 'genDirective'
  /** The raw text between `gen:` and `]`, without the prefixes of containers. */
  prompt: string
  attributes: GenAttribute[]
}

declare module 'mdast' {
  interface PhrasingContentMap {
    genDirective: GenDirective
  }
  interface RootContentMap {
    genDirective: GenDirective
  }
}

/** Makes nodes of the directives that `genDirective` reads. In the alternative text of an image they are text. */
export function genDirectiveFromMarkdown(): Extension {
  return {
    enter: { genDirective: enterDirective },
    exit: {
      genDirective: exitDirective,
      genDirectiveAttribute: exitAttribute,
      genDirectivePrompt: exitPrompt,
    },
  }
}

/**
 * The directive of a node, as `scan` answers it; nothing for a node without a position. Offsets are those of the
 * tree's parser, which does not count a byte order mark.
 */
export function directiveOf(node: GenDirective, file: string): Directive | undefined {
  const { start, end } = node.position ?? {}
  if (start?.offset === undefined || end?.offset === undefined) return undefined
  const place = { file, line: start.line, column: start.column }
  const attributes = node.attributes.map((attribute): RawAttribute => {
    const { line = place.line, column = place.column, ...text } = attribute
    return { ...text, place: { file, line, column } }
  })
  return { prompt: node.prompt, attributes, place, start: start.offset, end: end.offset }
}

function enterDirective(this: CompileContext, token: Token): void {
  const isAlternativeText = this.stack.some(({ type }) => type === 'image')
  if (isAlternativeText) this.enter({ type: 'text', value: this.sliceSerialize(token) }, token)
  else this.enter({ type: 'genDirective', prompt: '', attributes: [] }, token)
}

function exitPrompt(this: CompileContext, token: Token): void {
  const node = this.stack.at(-1)
  if (node?.type === 'genDirective') node.prompt = this.sliceSerialize(token)
}

function exitAttribute(this: CompileContext, token: Token): void {
  const node = this.stack.at(-1)
  if (node?.type !== 'genDirective') return
  const { line, column } = token.start
  node.attributes.push({ ...readAttribute(this.sliceSerialize(token)), line, column })
}

function exitDirective(this: CompileContext, token: Token): void {
  this.exit(token)
}
