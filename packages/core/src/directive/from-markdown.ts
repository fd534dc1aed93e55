import type { Definition, Node, Nodes, Root } from 'mdast'
import type { CompileContext, Extension, Handle } from 'mdast-util-from-markdown'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import type { Token } from 'micromark-util-types'
import type { Arguments } from './arguments.ts'
import { readAttribute } from './attribute.ts'
import type { AttributeText } from './attribute.ts'
import type { Directive, RawAttribute } from './directive.ts'

/** An attribute in a tree; one that a program made has no place. */
export interface GenAttribute extends AttributeText {
  readonly line?: number
  readonly column?: number
}

/** `![gen: PROMPT](ARGS)`, or `![gen: PROMPT][LABEL]` with a definition, in a tree of mdast. */
export interface GenDirective extends Node {
  type: 'genDirective'
  /** The raw text between `gen:` and `]`, without the prefixes of containers. */
  prompt: string
  /** Those of its definition where it has a reference: the definition is printed with them. */
  attributes: GenAttribute[]
  reference?: GenReference
}

/** The label of a definition, as in other nodes of mdast that refer to one. */
export interface GenReference {
  identifier: string
  label: string
}

declare module 'mdast' {
  interface PhrasingContentMap {
    genDirective: GenDirective
  }
  interface RootContentMap {
    genDirective: GenDirective
  }
  interface DefinitionData {
    /** What the definition says to directives, which its URL and title do not tell: these hold no escapes. */
    genAttributes?: GenAttribute[]
  }
}

/** Makes nodes of the directives that `genDirective` reads. In the alternative text of an image they are text. */
export function genDirectiveFromMarkdown(): Extension {
  const lists = new WeakMap<Arguments, GenAttribute[]>()
  const listOf = (definition: Arguments): GenAttribute[] => {
    const list = lists.get(definition) ?? [...definition]
    lists.set(definition, list)
    return list
  }
  return {
    enter: { genDirective: enterDirective },
    exit: {
      genDirective: exitDirective(listOf),
      genDirectiveAttribute: exitAttribute,
      genDirectiveLabel: exitLabel,
      genDirectivePrompt: exitPrompt,
    },
    transforms: [shareAttributes],
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

function exitLabel(this: CompileContext, token: Token): void {
  const node = this.stack.at(-1)
  if (node?.type !== 'genDirective') return
  const label = this.sliceSerialize(token)
  node.reference = {
    identifier: normalizeIdentifier(label).toLowerCase(),
    label: decodeString(label),
  }
}

function exitDirective(listOf: (definition: Arguments) => GenAttribute[]): Handle {
  return function exit(token) {
    const node = this.stack.at(-1)
    if (node?.type === 'genDirective' && token.genAttributes !== undefined) {
      node.attributes = listOf(token.genAttributes)
    }
    this.exit(token)
  }
}

/** Lets a definition and the directives that refer to it have one list, which both print and change. */
function shareAttributes(tree: Root): void {
  const definitions = new Map<string, Definition>()
  const referring: GenDirective[] = []
  for (const node of nodesIn(tree)) {
    if (node.type === 'genDirective') referring.push(node)
    if (node.type !== 'definition' || definitions.has(node.identifier)) continue
    definitions.set(node.identifier, node)
  }
  for (const { reference, attributes } of referring) {
    const definition = reference && definitions.get(reference.identifier)
    if (definition === undefined) continue
    definition.data ??= {}
    definition.data.genAttributes = attributes
  }
}

function* nodesIn(node: Nodes): Generator<Nodes> {
  yield node
  if ('children' in node) for (const child of node.children) yield* nodesIn(child)
}
