import type { AST } from 'toml-eslint-parser'
import { ParseError, parseTOML } from 'toml-eslint-parser'
import type { Fault } from './fault.ts'
import { quoteIt } from './fault.ts'
import type { Entry, List, Mapping, Reading, Scalar, Value, Written } from './value.ts'

/** A mapping or a list that lines make together, while they are read. */
interface Draft {
  readonly kind: 'draft'
  readonly start: number
  end: number
  readonly children: Map<
    string | number,
    { readonly start: number; readonly value: Written | Draft }
  >
}

interface Segment {
  readonly key: string | number
  readonly start: number
}

/** Whoever walks through values may recurse. */
const maxDepth = 500

/**
 * Reads TOML 1.1. A mapping that is not written in braces spans its lines, from its head or first key to its last
 * value.
 */
export function readToml(text: string): Reading {
  try {
    const [{ body }] = parseTOML(text).body
    return { root: valueOfLines(body, text, 0) }
  } catch (cause) {
    if (cause instanceof ParseError) return { fault: faultOf(cause, text) }
    // Besides us the parser throws it: it recurses, and hands over each letter of a text as an argument.
    if (cause instanceof RangeError)
      return { fault: { message: 'A text is too long, or values nest too deep', offset: 0 } }
    throw cause
  }
}

function faultOf({ message, index: offset }: ParseError, text: string): Fault {
  return { message: text.startsWith('gen:', offset) ? quoteIt(message) : message, offset }
}

function valueOfLines(
  lines: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  text: string,
  depth: number,
): Mapping | List {
  const root = draft(0, 0)
  for (const line of lines) {
    if (line.type === 'TOMLKeyValue') assign(line, root, text, depth)
    else {
      const [start, end] = line.range
      const head = line.resolvedKey.map((key) => ({ key, start }))
      const table = draftAt(head, root, end)
      for (const assignment of line.body) assign(assignment, table, text, depth)
    }
  }
  return finished(root, depth)
}

function assign(line: AST.TOMLKeyValue, table: Draft, text: string, depth: number): void {
  const segments = line.key.keys.map((key) => ({
    key: key.type === 'TOMLBare' ? key.name : key.value,
    start: key.range[0],
  }))
  const value = valueOf(line.value, text, depth)
  const parent = draftAt(segments.slice(0, -1), table, value.end)
  for (const { key, start } of segments.slice(-1)) parent.children.set(key, { start, value })
}

/** What a path leads to, made where it is not there, and stretched to an end. */
function draftAt(path: readonly Segment[], from: Draft, end: number): Draft {
  let at = from
  for (const { key, start } of path) {
    const known = at.children.get(key)?.value
    const next = known?.kind === 'draft' ? known : draft(start, end)
    if (next !== known) at.children.set(key, { start, value: next })
    next.end = end
    at = next
  }
  return at
}

function draft(start: number, end: number): Draft {
  return { kind: 'draft', start, end, children: new Map() }
}

function valueOf(node: AST.TOMLContentNode, text: string, depth: number): Written {
  if (depth > maxDepth) throw new RangeError('Values nest too deep')
  const [start, end] = node.range
  switch (node.type) {
    case 'TOMLArray': {
      const items = node.elements.map((one) => valueOf(one, text, depth + 1))
      return { kind: 'list', items, start, end }
    }
    case 'TOMLInlineTable':
      return { ...valueOfLines(node.body, text, depth + 1), start, end }
    case 'TOMLValue': {
      const written = node.kind === 'string' ? node.value : text.slice(start, end)
      return { kind: 'scalar', type: typeOf(node), text: written, start, end }
    }
  }
}

function typeOf(node: AST.TOMLValue): Scalar['type'] {
  if (node.kind === 'string') return 'string'
  if (node.kind === 'boolean') return node.value ? 'true' : 'false'
  return 'other'
}

function finished({ children, start, end }: Draft, depth: number): Mapping | List {
  if (depth > maxDepth) throw new RangeError('Tables nest too deep')
  const entries = new Map<string, Entry>()
  const items: Value[] = []
  for (const [key, child] of children) {
    const value = child.value.kind === 'draft' ? finished(child.value, depth + 1) : child.value
    if (typeof key === 'number') items.push(value)
    else entries.set(key, { start: child.start, value })
  }
  return items.length > 0
    ? { kind: 'list', items, start, end }
    : { kind: 'mapping', entries, start, end }
}
