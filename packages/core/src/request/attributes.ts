import type { Directive, RawAttribute } from '../directive/directive.ts'
import type { Problem } from '../problem.ts'
import { type Grammar, fixOf } from './fixes.ts'
import { nearestOf } from '../nearest.ts'
import { canonicalText } from './prompt.ts'
import { readSize, sizeForms, sizeNames } from './size.ts'

interface AttributeRule {
  /** A bought attribute shapes the original and is part of its identity; a free one is made from it. */
  readonly group: 'bought' | 'free'
  readonly expected: string
  /** The words that it accepts, where they are few. */
  readonly words?: readonly string[]
  accepts(text: string): boolean
  /** What it stands for where it stands alone, without a value; absent where it may not. */
  readonly bare?: string
}

/** Frames of `animated` without a number: OpenAI's default of `frame_count`, by `images.d.ts` of openai 7.57. */
const defaultFrames = '9'

/** Every attribute that a directive may carry. */
export const rules: ReadonlyMap<string, AttributeRule> = new Map<string, AttributeRule>([
  [
    'size',
    {
      group: 'bought',
      expected: sizeForms,
      words: sizeNames,
      accepts: (text) => readSize(text) !== undefined,
    },
  ],
  ['quality', { group: 'bought', ...singleWord() }],
  ['model', { group: 'bought', ...anyText() }],
  ['provider', { group: 'bought', ...singleWord() }],
  ['background', { group: 'bought', ...oneOf('auto', 'opaque', 'transparent') }],
  ['moderation', { group: 'bought', ...oneOf('auto', 'low') }],
  ['style', { group: 'bought', ...singleWord() }],
  ['take', { group: 'bought', ...wholeNumber(1) }],
  ['seed', { group: 'bought', ...wholeNumber(0) }],
  ['complexity', { group: 'bought', ...oneOf('low', 'medium', 'high') }],
  ['rendering', { group: 'bought', ...singleWord() }],
  ['animated', { group: 'bought', bare: defaultFrames, ...wholeNumber(2) }],
  ['ref', { group: 'bought', ...filePaths() }],
  ['mask', { group: 'bought', ...singleWord(), expected: 'the path of a picture' }],
  ['vary', { group: 'bought', ...pictureName() }],
  [
    'vector',
    { group: 'bought', bare: 'true', expected: 'no value, as it is a flag', accepts: () => false },
  ],
  ['alt', { group: 'free', expected: 'a text, or `""` for decoration', accepts: () => true }],
  ['title', { group: 'free', ...anyText() }],
  ['class', { group: 'free', ...anyText() }],
  ['id', { group: 'free', expected: 'a text without spaces', accepts: (id) => /^\S+$/.test(id) }],
  ['name', { group: 'free', ...pictureName() }],
  ['use', { group: 'free', ...pictureName() }],
  [
    'widths',
    {
      group: 'free',
      expected: 'pixels such as `"480, 960"`',
      accepts: (list) => readList(list).length > 0 && readList(list).every(isWidth),
    },
  ],
  ['sizes', { group: 'free', ...anyText() }],
  [
    'formats',
    {
      group: 'free',
      expected: '`avif`, `webp`, both as `"avif, webp"`, or `""` for the fallback alone',
      accepts: (list) => readList(list).every((one) => one === 'avif' || one === 'webp'),
    },
  ],
  ['fit', { group: 'free', ...oneOf('cover', 'contain', 'fill') }],
  ['loading', { group: 'free', ...oneOf('lazy', 'eager') }],
  ['priority', { group: 'free', bare: 'high', ...oneOf('high', 'low', 'auto') }],
  ['placeholder', { group: 'free', ...oneOf('blur', 'colour', 'none') }],
])

/** Canonical texts of a directive's valid attributes, by name; a bare flag has the text that it stands for. */
export type AttributeTexts = ReadonlyMap<string, string>

/** Reads a directive's attributes, and names each that is unknown, repeated, malformed or out of range. */
export function readAttributes(directive: Directive): {
  readonly texts: AttributeTexts
  readonly problems: readonly Problem[]
} {
  const texts = new Map<string, string>()
  const problems: Problem[] = []
  for (const [index, attribute] of directive.attributes.entries()) {
    const problem = problemOf(attribute, texts)
    if (problem === undefined) texts.set(attribute.name, textOf(attribute))
    else {
      const fix = fixOf(problem, directive, index, grammar)
      problems.push(fix === undefined ? problem : { ...problem, fix })
    }
  }
  return { texts, problems }
}

function textOf({ name, value }: RawAttribute): string {
  return value === undefined ? (rules.get(name)?.bare ?? '') : canonicalText(value)
}

/** What may be meant by a word without a value, also by those who take a flag of another tool for one of ours. */
const flags = ['priority', 'dark', 'vector', 'animated']

const grammar: Grammar = {
  isKnown: (name) => rules.has(name),
  isNearlyFlag: (name) => nearestOf(name, flags) !== undefined,
  accepts: (name, value) => rules.get(name)?.accepts(canonicalText(value)) === true,
}

/** The bought ones among a directive's attributes: what its author fixed explicitly. */
export function boughtOf(texts: AttributeTexts): AttributeTexts {
  return new Map([...texts].filter(([name]) => rules.get(name)?.group === 'bought'))
}

/** Attributes in an order that does not depend on their author's. */
export function inNameOrder(texts: AttributeTexts): readonly (readonly [string, string])[] {
  return [...texts].toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** Splits `"480, 960"` at commas and white space. */
export function readList(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '')
}

function problemOf(attribute: RawAttribute, seen: AttributeTexts): Problem | undefined {
  const { name, value, place } = attribute
  if (name === '') return { kind: 'attribute-malformed', actual: value ?? '', place }
  const rule = rules.get(name)
  if (rule === undefined)
    return {
      kind: 'attribute-unknown',
      actual: name,
      nearest: nearestOf(name, [...rules.keys()]),
      place,
    }
  if (seen.has(name)) return { kind: 'attribute-duplicate', name, place }
  if (isMistyped(attribute)) {
    const actual = `${name}=${value ?? ''}`
    return { kind: 'attribute-malformed', actual, place }
  }
  const isAccepted =
    value === undefined ? rule.bare !== undefined : rule.accepts(canonicalText(value))
  if (isAccepted) return undefined
  if (name === 'size' && value === 'auto')
    return { kind: 'unpriceable', name, expected: sizeForms, place }
  const { expected, words = [] } = rule
  const nearest = nearestOf(value ?? '', words)
  return { kind: 'attribute-value', name, actual: value ?? '', expected, nearest, place }
}

/** A bare value that begins with a typographic quotation mark, or ends with a semicolon that ends no reference. */
function isMistyped({ value = '', quote }: RawAttribute): boolean {
  if (quote !== undefined) return false
  return /^[“”„«‘]/.test(value) || (value.endsWith(';') && !/&#?\w+;$/.test(value))
}

function isWidth(text: string): boolean {
  return /^[1-9]\d{1,3}$/.test(text)
}

function anyText(): Pick<AttributeRule, 'expected' | 'accepts'> {
  return { expected: 'a text', accepts: (value) => value !== '' }
}

function singleWord(): Pick<AttributeRule, 'expected' | 'accepts'> {
  return { expected: 'a single word', accepts: (value) => /^\S+$/.test(value) }
}

function filePaths(): Pick<AttributeRule, 'expected' | 'accepts'> {
  return {
    expected: 'one or more paths of pictures',
    accepts: (list) => readList(list).length > 0,
  }
}

function pictureName(): Pick<AttributeRule, 'expected' | 'accepts'> {
  return {
    expected: 'letters, digits and hyphens',
    accepts: (name) => /^[a-z0-9][a-z0-9-]{0,63}$/i.test(name),
  }
}

function oneOf(...words: readonly string[]): Pick<AttributeRule, 'expected' | 'accepts' | 'words'> {
  return {
    words,
    expected: words.map((one) => `\`${one}\``).join(', '),
    accepts: (value) => words.includes(value),
  }
}

function wholeNumber(least: number): Pick<AttributeRule, 'expected' | 'accepts'> {
  return {
    expected: `a whole number from ${least}`,
    accepts: (value) => /^(?:0|[1-9]\d{0,8})$/.test(value) && Number(value) >= least,
  }
}
