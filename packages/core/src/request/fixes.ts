import { type AttributeText, readAttribute } from '../directive/attribute.ts'
import type { Directive, RawAttribute } from '../directive/directive.ts'
import type { Fix, Problem } from '../problem.ts'

/** What is known of attributes, as far as a fix needs it. */
export interface Grammar {
  isKnown(name: string): boolean
  /** Whether a word without a value may be meant as a flag. */
  isNearlyFlag(name: string): boolean
  accepts(name: string, value: string): boolean
}

/**
 * Mends what is wrong with one attribute of a directive, where that is safe: commas, quotation marks and case. Answers
 * nothing for any other problem, and where the text does not stand in Markdown.
 */
export function fixOf(
  problem: Problem,
  directive: Directive,
  index: number,
  grammar: Grammar,
): Fix | undefined {
  const attribute = directive.attributes[index]
  const isInText = directive.path === undefined && directive.place.field === undefined
  if (attribute === undefined || !isInText) return undefined
  const { attributes } = directive
  const before = attributes.slice(0, index).findLastIndex(({ value }) => value !== undefined)
  const { kind } = problem
  if (kind === 'attribute-value') return fixValue(attribute, grammar)
  if (kind !== 'attribute-unknown' && kind !== 'attribute-malformed') return undefined
  if (attribute.name !== '' && kind === 'attribute-malformed')
    return fixValue(attribute, grammar) ?? fixQuotes(attributes, index, grammar)
  const own = kind === 'attribute-unknown' ? fixName : fixMalformed
  return own(attribute, grammar) ?? fixQuotes(attributes, before, grammar)
}

/** Mends a value that is right but for its case. */
export function fixCase(attribute: RawAttribute, nearest: string | undefined): Fix | undefined {
  const { name, value = '', place } = attribute
  const quote = attribute.quote ?? ''
  if (nearest?.toLowerCase() !== value.toLowerCase()) return undefined
  return { place, actual: `${name}=${quote}${value}`, text: `${name}=${quote}${nearest}` }
}

/** Mends the case of a name: `Size=1x1`. */
function fixName({ name, place }: RawAttribute, grammar: Grammar): Fix | undefined {
  const text = name.toLowerCase()
  return text !== name && grammar.isKnown(text) ? { place, actual: name, text } : undefined
}

/** Mends a value: its case, a cross between the edges of a size, or a semicolon where the next attribute begins. */
function fixValue(attribute: RawAttribute, grammar: Grammar): Fix | undefined {
  const { name, value = '', place } = attribute
  const quote = attribute.quote ?? ''
  const candidates = [value.toLowerCase(), value.replaceAll(/[×X*]/g, 'x')]
  const fixed = candidates.find((text) => text !== value && grammar.accepts(name, text))
  if (fixed !== undefined)
    return { place, actual: `${name}=${quote}${value}`, text: `${name}=${quote}${fixed}` }
  if (quote !== '') return undefined
  const actual = `${name}=${value}`
  if (value.endsWith(';') && grammar.accepts(name, value.slice(0, -1)))
    return { place, actual, text: `${actual.slice(0, -1)},` }
  const parted = actual.replaceAll(';', ', ')
  return areAttributes(parted, grammar) ? { place, actual, text: parted } : undefined
}

/** Mends text of no known form: a comma is missing after a quoted value, as in `alt="a"title="b"`. */
function fixMalformed({ value = '', place }: RawAttribute, grammar: Grammar): Fix | undefined {
  const parted = value.replaceAll(/(?<=["'])(?=[A-Za-z][\w-]*=)/g, ', ')
  return areAttributes(parted, grammar) ? { place, actual: value, text: parted } : undefined
}

/** Whether a text reads as several attributes, once their case is mended. */
function areAttributes(text: string, { isKnown, accepts }: Grammar): boolean {
  const parts = text.split(', ').map(readAttribute)
  const isAttribute = ({ name, value = '' }: AttributeText): boolean => {
    const known = name.toLowerCase()
    return isKnown(known) && (accepts(known, value) || accepts(known, value.toLowerCase()))
  }
  return parts.length > 1 && parts.every(isAttribute)
}

/**
 * Mends a value whose words stand without quotes, or in typographic ones: `alt=a red fox`. Words that follow are taken
 * for a part of it, but nothing that could be an attribute, misspelt or not: what is taken is not told any more.
 */
function fixQuotes(
  attributes: readonly RawAttribute[],
  index: number,
  grammar: Grammar,
): Fix | undefined {
  const [first, ...others] = index === -1 ? [] : attributes.slice(index)
  if (first?.value === undefined || first.quote !== undefined) return undefined
  const isCurly = /^[“”„«‘]/.test(first.value)
  const words = [first.value]
  let column = first.place.column + rawText(first).length + 1
  for (const other of others) {
    const isNext = other.place.line === first.place.line && other.place.column === column
    const isOver = isCurly && /[”“»’]$/.test(words.at(-1) ?? '')
    if (!isNext || isOver || !isWord(other, isCurly, grammar)) break
    words.push(rawText(other))
    column += rawText(other).length + 1
  }
  if (words.length === 1 && !isCurly) return undefined
  const actual = `${first.name}=${words.join(' ')}`
  const isOpen = isCurly && !/[”“»’]$/.test(words.at(-1) ?? '')
  const plain = words.join(' ').replaceAll(/^[“”„«‘]|[”“»’]$/g, '')
  if (isOpen || plain.includes('"') || !grammar.accepts(first.name, plain)) return undefined
  return { place: first.place, actual, text: `${first.name}="${plain}"` }
}

function isWord(attribute: RawAttribute, isCurly: boolean, grammar: Grammar): boolean {
  const { name, value } = attribute
  if (isCurly) return true
  if (name === '' || value !== undefined) return false
  return !grammar.isKnown(name) && !grammar.isNearlyFlag(name)
}

function rawText(attribute: RawAttribute): string {
  const { name, value } = attribute
  const quote = attribute.quote ?? ''
  if (value === undefined) return name
  return name === '' ? value : `${name}=${quote}${value}${quote}`
}
