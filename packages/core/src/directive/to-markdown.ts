import type { Association, Definition, Parents } from 'mdast'
import { defaultHandlers } from 'mdast-util-to-markdown'
import type { Info, Options, State } from 'mdast-util-to-markdown'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import type { AttributeText } from './attribute.ts'
import type { GenDirective, GenReference } from './from-markdown.ts'
import { advance, beginning, codeAt, maxDepth, partOf } from './grammar.ts'
import type { Progress } from './grammar.ts'

/** A character, or a backslash with the punctuation that it escapes. */
const unit = /\\[!-/:-@[-`{-~]|[\s\S]/g

/**
 * Prints directives, and the definitions that they refer to, so that they read back as they are. Values get quotes where
 * they need them; line endings become spaces, since a line could otherwise begin a block; brackets without a partner get
 * a backslash.
 */
export function genDirectiveToMarkdown(): Options {
  return { handlers: { genDirective: printDirective, definition: printDefinition } }
}

type Print<Node> = (node: Node, parent: Parents | undefined, state: State, info: Info) => string

const printDirective: Print<GenDirective> = (node, parent, state, info) => {
  const { prompt, attributes, reference } = node
  const end =
    reference === undefined
      ? `(${attributes.map(printAttribute).join(', ')})`
      : printReference(reference, parent, state, info)
  const line = onOneLine(`![gen:${closed(prompt)}]${end}`)
  const isInTable = state.stack.some((construct: string) => construct === 'tableCell')
  return isInTable ? escaped(line, '|') : line
}

/** A definition that directives refer to; any other as it is always printed. */
const printDefinition: Print<Definition> = (node, parent, state, info) => {
  const { definition } = defaultHandlers
  const attributes = node.data?.genAttributes
  if (attributes === undefined) return definition(node, parent, state, info)
  const empty = definition({ ...node, url: '', title: null }, parent, state, info)
  const label = faithful(empty.slice('['.length, -']: <>'.length), node)
  const text = escaped(attributes.map(printAttribute).join(', '), '<>')
  return onOneLine(`[${label}]: <${text}>`)
}

const printReference: Print<GenReference> = (reference, parent, state, info) => {
  const image = { type: 'imageReference', referenceType: 'full', alt: '', ...reference } as const
  const printed = defaultHandlers.imageReference(image, parent, state, info)
  return `[${faithful(printed.slice('![]['.length, -']'.length), reference)}]`
}

/** A label as it is printed, or as it was read where escapes that it got by the way would make it another. */
function faithful(printed: string, { identifier }: Association): string {
  const isSame = normalizeIdentifier(printed) === normalizeIdentifier(identifier)
  const isLabel = /^(?:[^[\]\\]|\\[\s\S])+$/.test(identifier)
  return isSame || !isLabel ? printed : identifier
}

function printAttribute({ name, value }: AttributeText, index: number): string {
  if (value === undefined) return name
  if (name === '') return isOneAttribute(value, index === 0) ? value : quoted(value)
  return /^[^\s,()<>=\\"'][^\s,()<>\\]*$/.test(value)
    ? `${name}=${value}`
    : `${name}=${quoted(value)}`
}

/** Whether text of no known form reads back as it is. */
function isOneAttribute(text: string, isFirst: boolean): boolean {
  let progress: Progress | undefined = { ...beginning, at: isFirst ? 'opened' : 'between' }
  for (let index = 0; index < text.length; index += 1) {
    progress = progress && advance(progress, codeAt(text, index))
    if (progress === undefined || partOf(progress) !== 'attribute') return false
  }
  const isInQuotes = progress.at === 'double' || progress.at === 'single'
  return !isInQuotes && progress.depth === 0 && !progress.escaped
}

function quoted(value: string): string {
  const text = withoutLooseEnd(value)
  const units = unitsOf(text)
  if (!units.includes('"')) return `"${text}"`
  if (!units.includes("'")) return `'${text}'`
  return `"${escaped(text, '"')}"`
}

/** Line endings with the indentation that follows them, as spaces. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\r\n][\t\r\n ]*/g, ' ')
}

/** The prompt as it is where its brackets match, else each of them behind a backslash. */
function closed(prompt: string): string {
  const text = withoutLooseEnd(prompt)
  return isBalanced(text) ? text : escaped(text, '[]')
}

/** A last backslash would escape what is printed next. */
function withoutLooseEnd(text: string): string {
  return unitsOf(text).at(-1) === '\\' ? `${text}\\` : text
}

function isBalanced(text: string): boolean {
  let depth = 0
  for (const part of unitsOf(text)) {
    if (part === '[') depth += 1
    if (part === ']') depth -= 1
    if (depth < 0 || depth > maxDepth) return false
  }
  return depth === 0
}

function escaped(text: string, characters: string): string {
  return unitsOf(text)
    .map((part) => (characters.includes(part) ? `\\${part}` : part))
    .join('')
}

function unitsOf(text: string): readonly string[] {
  return text.match(unit) ?? []
}
