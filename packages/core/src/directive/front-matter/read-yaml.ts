import type { ParsedNode, Scalar as YamlScalar, YAMLError, YAMLMap, YAMLSeq } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Fault } from './fault.ts'
import { quoteIt } from './fault.ts'
import type { Alias, Entry, List, Mapping, Reading, Scalar, Value, Written } from './value.ts'
import { writtenOf } from './value.ts'

interface Context {
  readonly text: string
  /** What each anchor marks at this point of the text. */
  readonly anchors: Map<string, Written>
  readonly faults: Fault[]
}

/** Reads YAML 1.2. An empty text is an empty mapping. */
export function readYaml(text: string): Reading {
  // The parser does not know the line end of old, a lone carriage return.
  const document = parseDocument(text.replaceAll(/\r(?!\n)/g, '\n'), {
    keepSourceTokens: true,
    logLevel: 'error',
    prettyErrors: false,
    resolveKnownTags: false,
    // The parser compares each key of a mapping with all others.
    uniqueKeys: false,
  })
  const [error] = document.errors
  if (error !== undefined) return { fault: faultOf(error, text) }
  const context: Context = { text, anchors: new Map(), faults: [] }
  const root = document.contents === null ? empty : valueOf(document.contents, context)
  const [fault] = context.faults
  return fault === undefined ? { root: writtenOf(root) } : { fault }
}

const empty: Mapping = { kind: 'mapping', entries: new Map(), start: 0, end: 0 }

function faultOf({ code, message, pos: [offset] }: YAMLError, text: string): Fault {
  const isMisplaced = code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BLOCK_IN_FLOW'
  const isUnquoted = isMisplaced && text.startsWith('gen:', offset)
  return { message: isUnquoted ? quoteIt(message) : message, offset }
}

function valueOf(node: ParsedNode, context: Context): Value {
  if (isAlias(node)) return aliasOf(node.source, node.range, context)
  const { anchor } = node
  // Not before its end does an anchor mark a value: an alias within it would have none.
  if (anchor !== undefined) context.anchors.delete(anchor)
  const value = writtenOfNode(node, context)
  if (anchor !== undefined) context.anchors.set(anchor, value)
  return value
}

function aliasOf(
  name: string,
  [start, end]: ParsedNode['range'],
  { anchors, faults }: Context,
): Alias | Scalar {
  const target = anchors.get(name)
  if (target !== undefined) return { kind: 'alias', target, start, end }
  faults.push({
    message: `Unexpected alias \`*${name}\`, expected \`&${name}\` before it`,
    offset: start,
  })
  return { kind: 'scalar', type: 'null', text: '', start, end }
}

function writtenOfNode(
  node: Exclude<ParsedNode, { source: string; anchor?: never }>,
  context: Context,
): Written {
  if (isMap(node)) return mappingOf(node, context)
  if (isSeq(node)) return listOf(node, context)
  return scalarOf(node, context)
}

function mappingOf(node: YAMLMap.Parsed, context: Context): Mapping {
  const entries = new Map<string, Entry>()
  let end = node.range[0]
  for (const pair of node.items) {
    const start = pair.key.range[0]
    const key = keyOf(pair.key, context)
    if (entries.has(key)) context.faults.push({ message: 'Map keys must be unique', offset: start })
    const value = pair.value === null ? nothingAt(pair.key.range[1]) : valueOf(pair.value, context)
    entries.set(key, { start, value })
    end = value.end
  }
  return {
    kind: 'mapping',
    entries,
    start: startOf(node),
    end: node.flow === true ? node.range[1] : end,
  }
}

/** A pair in a list may begin with a `?`, which the parser leaves out. */
function startOf({ range: [start], items: [first] }: YAMLMap.Parsed): number {
  const mark = first?.srcToken?.start.find(({ type }) => type === 'explicit-key-ind')
  return Math.min(start, mark?.offset ?? start)
}

/** Keys as JavaScript has them: texts. */
function keyOf(node: ParsedNode, context: Context): string {
  const key = writtenOf(valueOf(node, context))
  if (key.kind !== 'scalar') return context.text.slice(key.start, key.end)
  if (key.type === 'null') return ''
  return isScalar(node) ? String(node.value) : key.text
}

function listOf(node: YAMLSeq.Parsed, context: Context): List {
  const items = node.items.map((item) => valueOf(item, context))
  const [start, flowEnd] = node.range
  const end = node.flow === true ? flowEnd : (items.at(-1)?.end ?? flowEnd)
  return { kind: 'list', items, start, end }
}

function scalarOf(node: YamlScalar.Parsed, { text }: Context): Scalar {
  const { value } = node
  const [start, valueEnd] = node.range
  // Where nothing is written, the parser passes over the space before a comment.
  if (node.source === '' && start === valueEnd) return nothingAt(contentEnd(text, valueEnd))
  const isBlock = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL'
  const end = isBlock ? contentEnd(text, valueEnd) : valueEnd
  const written = typeof value === 'string' ? value : text.slice(start, end)
  return { kind: 'scalar', type: typeOf(value), text: written, start, end }
}

/** Where the text before an offset ends, without the white space that follows it. */
function contentEnd(text: string, offset: number): number {
  let end = offset
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end -= 1
  return end
}

function typeOf(value: unknown): Scalar['type'] {
  if (typeof value === 'string') return 'string'
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return 'other'
}

function nothingAt(offset: number): Scalar {
  return { kind: 'scalar', type: 'null', text: '', start: offset, end: offset }
}
