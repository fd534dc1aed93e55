import type { Parents } from 'mdast'
import type { Options, State } from 'mdast-util-to-markdown'
import type { AttributeText } from './attribute.ts'
import type { GenDirective } from './from-markdown.ts'
import { advance, beginning, maxDepth, partOf } from './grammar.ts'
import type { Progress } from './grammar.ts'

/** A character, or a backslash with the punctuation that it escapes. */
const unit = /\\[!-/:-@[-`{-~]|[\s\S]/g

/**
 * Prints directives so that they read back as they are. Values get quotes where they need them; line endings become
 * spaces, since a line could otherwise begin a block; brackets without a partner get a backslash.
 */
export function genDirectiveToMarkdown(): Options {
  return { handlers: { genDirective: printDirective } }
}

function printDirective(node: GenDirective, _parent: Parents | undefined, state: State): string {
  const prompt = closed(node.prompt)
  const text = `![gen:${prompt}](${node.attributes.map(printAttribute).join(', ')})`
  const line = text.replaceAll(/[\r\n][\t\r\n ]*/g, ' ')
  const isInTable = state.stack.some((construct: string) => construct === 'tableCell')
  return isInTable ? escaped(line, '|') : line
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
  for (const character of text) {
    progress = progress && advance(progress, codeOf(character))
    if (progress === undefined || partOf(progress) !== 'attribute') return false
  }
  const isInQuotes = progress.at === 'double' || progress.at === 'single'
  return !isInQuotes && progress.depth === 0 && !progress.escaped
}

function codeOf(character: string): number {
  return /\s/.test(character) ? 32 : character.charCodeAt(0)
}

function quoted(value: string): string {
  const text = withoutLooseEnd(value)
  const units = unitsOf(text)
  if (!units.includes('"')) return `"${text}"`
  if (!units.includes("'")) return `'${text}'`
  return `"${escaped(text, '"')}"`
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
