import { parse } from '@babel/parser'
import type { Comment, Node, Program } from '@babel/types'
import { reasonOf } from '@imprompt/core'

/** A configuration file of a host, read as a program. */
export interface ConfigSource {
  readonly source: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

/** Reads JavaScript or TypeScript; answers why it cannot where it does not parse. */
export function readConfigSource(source: string): ConfigSource | { readonly fault: string } {
  try {
    const { program, comments } = parse(source, { sourceType: 'module', plugins: ['typescript'] })
    return { source, program, comments: comments ?? [] }
  } catch (cause) {
    return { fault: reasonOf(cause) }
  }
}

/** Every node of a program or of a part of it, in the order of the source. */
export function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one)
  if (!isNode(value)) return
  yield value
  for (const [name, child] of Object.entries(value))
    if (!outside.has(name) && typeof child === 'object') yield* nodesIn(child)
}

/** Fields of a node that hold no part of the program. */
const outside: ReadonlySet<string> = new Set([
  'loc',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
])

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/** Where a node stands. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a node stands. @throws for nodes that nobody parsed, which are none of a source */
export function spanOf({ type, start, end }: Node): Span {
  if (typeof start === 'number' && typeof end === 'number') return { start, end }
  throw new Error(`a ${type} without a place`)
}
