import type {
  ArrayExpression,
  Expression,
  Node,
  ObjectExpression,
  ObjectProperty,
} from '@babel/types'
import MagicString from 'magic-string'
import { exportFault } from './module-form.ts'
import { addImport, type ConfigEdit } from './config-edit.ts'
import { type ConfigSource, type Span, spanOf } from './config-source.ts'
import { constantIn, exportedObject } from './exported-config.ts'
import { handwritingOf, indentationAt } from './handwriting.ts'
import { type Exported, isTaken, presenceOf } from './plugin-import.ts'

/** Something that stands in a list of a configuration, such as a plugin. */
export interface Listed extends Exported {
  /** Field of the configuration that holds the list. */
  readonly field: 'plugins' | 'integrations'
  readonly place: 'first' | 'last'
}

/** Puts a call into a list of a configuration, such as `imprompt()` into `plugins`, and imports what is called. */
export function addToList(listed: Listed, config: ConfigSource): ConfigEdit {
  const presence = presenceOf(listed, config.program)
  if (presence.kind === 'used') return { kind: 'there' }
  if (presence.kind === 'absent' && isTaken(listed.local, config.program))
    return byHand(`\`${listed.local}\` means something else there`)
  const object = exportedObject(config.program)
  if (object === undefined)
    return byHand(
      exportFault(
        config.source,
        'what it exports is not one object that can be told from its text',
      ),
    )
  const local = presence.kind === 'imported' ? presence.local : listed.local
  const edits = new MagicString(config.source)
  const fault = addCall({ ...listed, local }, object, config, edits)
  if (fault !== undefined) return byHand(fault)
  if (presence.kind === 'absent') addImport(listed, config, edits)
  return { kind: 'changed', source: edits.toString() }
}

function byHand(reason: string): ConfigEdit {
  return { kind: 'by-hand', reason }
}

/** Adds the call; answers why that cannot be done. */
function addCall(
  listed: Listed,
  object: ObjectExpression,
  config: ConfigSource,
  edits: MagicString,
): string | undefined {
  const { field } = listed
  const at = object.properties.findIndex((one) => isNamed(field, one))
  const spread = object.properties.findIndex(({ type }) => type === 'SpreadElement')
  if (spread > at)
    return `\`${config.source.slice(...rangeOf(object.properties[spread]))}\` may hold \`${field}\` as well`
  const property = object.properties[at]
  if (property === undefined) {
    addField(listed, object, config, edits)
    return undefined
  }
  const list = property.type === 'ObjectProperty' ? listIn(property, config) : undefined
  if (list === undefined) return `its \`${field}\` are no list that can be told from its text`
  if (listed.place === 'first') addFirst(listed, list, config, edits)
  else addLast(listed, list, config, edits)
  return undefined
}

function rangeOf(node: Node | undefined): [number, number] {
  const { start, end } = node === undefined ? { start: 0, end: 0 } : spanOf(node)
  return [start, end]
}

function isNamed(field: string, node: ObjectExpression['properties'][number]): boolean {
  if (node.type === 'SpreadElement' || node.computed) return false
  const { key } = node
  return key.type === 'Identifier'
    ? key.name === field
    : key.type === 'StringLiteral' && key.value === field
}

/** Methods of a list that leave what stands in it in its place. */
const sifting: ReadonlySet<string> = new Set(['filter', 'flat'])

function listIn({ value }: ObjectProperty, { program }: ConfigSource): ArrayExpression | undefined {
  return arrayIn(value.type === 'Identifier' ? constantIn(value.name, program.body) : value)
}

function arrayIn(node: Node | undefined): ArrayExpression | undefined {
  if (node?.type === 'ArrayExpression') return node
  if (node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression')
    return arrayIn(node.expression)
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined
  const { object, property } = node.callee
  return property.type === 'Identifier' && sifting.has(property.name) ? arrayIn(object) : undefined
}

function addField(
  { field, local }: Listed,
  object: ObjectExpression,
  config: ConfigSource,
  edits: MagicString,
): void {
  const { source } = config
  const { lineEnd, indent } = handwritingOf(config)
  const { start, end } = spanOf(object)
  const [first] = object.properties
  const text = `${field}: [${local}()],`
  if (first !== undefined && !startsLine(first, start + 1, source)) {
    edits.appendLeft(start + 1, ` ${text}`)
    return
  }
  const outer = indentationAt(source, start)
  const inner =
    first === undefined ? `${outer}${indent}` : indentationAt(source, spanOf(first).start)
  const isOneLine = !source.slice(start, end).includes('\n')
  edits.appendLeft(start + 1, `${lineEnd}${inner}${text}${isOneLine ? `${lineEnd}${outer}` : ''}`)
}

function startsLine(node: Node, from: number, source: string): boolean {
  return source.slice(from, spanOf(node).start).includes('\n')
}

function elementsOf({ elements }: ArrayExpression): readonly (Expression | Node)[] {
  return elements.filter((one) => one !== null)
}

function addFirst(
  { local }: Listed,
  list: ArrayExpression,
  config: ConfigSource,
  edits: MagicString,
): void {
  const { source } = config
  const { lineEnd, indent } = handwritingOf(config)
  const { start } = spanOf(list)
  const [first] = elementsOf(list)
  if (first === undefined) {
    const isOneLine = !textIn(list, source).includes('\n')
    const inner = `${lineEnd}${indentationAt(source, start)}${indent}`
    edits.appendLeft(start + 1, isOneLine ? `${local}()` : `${inner}${local}(),`)
  } else if (startsLine(first, start + 1, source))
    edits.appendLeft(
      start + 1,
      `${lineEnd}${indentationAt(source, spanOf(first).start)}${local}(),`,
    )
  else edits.appendLeft(spanOf(first).start, `${local}(), `)
}

function textIn(node: Node, source: string): string {
  return source.slice(...rangeOf(node))
}

/** Behind everything, comments and a comma at the end included. */
function addLast(
  listed: Listed,
  list: ArrayExpression,
  config: ConfigSource,
  edits: MagicString,
): void {
  const last = elementsOf(list).at(-1)
  if (last === undefined) {
    addFirst(listed, list, config, edits)
    return
  }
  const { source } = config
  const call = `${listed.local}()`
  const tail: Span = { start: spanOf(last).end, end: spanOf(list).end - 1 }
  const rest = source.slice(tail.start, tail.end)
  const hasComma = withoutCommentsIn(tail, config).includes(',')
  if (!rest.includes('\n')) {
    edits.appendLeft(tail.start, hasComma ? '' : ',')
    edits.appendLeft(tail.start + rest.trimEnd().length, ` ${call}${hasComma ? ',' : ''}`)
    return
  }
  const { lineEnd } = handwritingOf(config)
  const line = `${lineEnd}${indentationAt(source, spanOf(last).start)}${call}`
  if (!hasComma) edits.appendLeft(tail.start, ',')
  edits.appendLeft(tail.start + rest.trimEnd().length, `${line}${hasComma ? ',' : ''}`)
}

function withoutCommentsIn({ start, end }: Span, { source, comments }: ConfigSource): string {
  return comments
    .filter((one) => (one.start ?? 0) >= start && (one.end ?? 0) <= end)
    .reduceRight(
      (text, one) => text.slice(0, (one.start ?? 0) - start) + text.slice((one.end ?? 0) - start),
      source.slice(start, end),
    )
}
