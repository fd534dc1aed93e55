import { asRaw } from '../as-raw.ts'
import type { AttributeText } from '../attribute.ts'
import type { DataPath } from '../directive.ts'
import type { Entry, Value, Written } from './value.ts'
import { writtenOf } from './value.ts'

/** A value that asks for a picture. */
export interface Asking {
  readonly path: DataPath
  readonly value: Written
  /** Raw, as a directive's. */
  readonly prompt: string
  readonly attributes: readonly PlacedAttribute[]
}

interface PlacedAttribute extends AttributeText {
  /** Of its key. */
  readonly start: number
}

const prefix = 'gen:'

/**
 * The values below a root that ask for a picture, in their order: strings that begin with `gen:`, and mappings whose
 * `gen` is a string. What such a mapping holds, and what an alias stands for, is not looked into.
 */
export function directivesIn(root: Written): readonly Asking[] {
  const found: Asking[] = []
  const path: (string | number)[] = []
  const visit = (value: Value): void => {
    if (value.kind === 'alias') return
    const prompt = path.length === 0 ? undefined : promptOf(value)
    if (prompt !== undefined) {
      const attributes = attributesOf(value)
      found.push({ path: [...path], value, prompt: asRaw(prompt.trim()), attributes })
      return
    }
    for (const [key, child] of childrenOf(value)) {
      path.push(key)
      visit(child)
      path.pop()
    }
  }
  visit(root)
  return found
}

/** The values right below a value, by key or index. */
export function childrenOf(value: Written): readonly (readonly [string | number, Value])[] {
  switch (value.kind) {
    case 'scalar':
      return []
    case 'list':
      return [...value.items.entries()]
    case 'mapping':
      return [...value.entries].map(([key, entry]) => [key, entry.value])
  }
}

/** Whether a value below the root, or what its alias stands for, asks for a picture. */
export function isDirective(value: Value): boolean {
  return promptOf(writtenOf(value)) !== undefined
}

function promptOf(value: Written): string | undefined {
  if (value.kind === 'list') return undefined
  if (value.kind === 'scalar') {
    const isPrompt = value.type === 'string' && value.text.startsWith(prefix)
    return isPrompt ? value.text.slice(prefix.length) : undefined
  }
  const entry = value.entries.get('gen')
  if (entry === undefined) return undefined
  const prompt = writtenOf(entry.value)
  return prompt.kind === 'scalar' && prompt.type === 'string' ? prompt.text : undefined
}

function attributesOf(value: Written): readonly PlacedAttribute[] {
  if (value.kind !== 'mapping') return []
  return [...value.entries].flatMap(([name, entry]) =>
    name === 'gen' ? [] : attributeOf(name, entry),
  )
}

function attributeOf(name: string, { start, value }: Entry): readonly PlacedAttribute[] {
  const written = writtenOf(value)
  // A merge is no attribute: its name alone says so to whoever knows the attributes.
  if (name === '<<') return [{ name, start }]
  if (written.kind === 'mapping') return [{ name: '', value: `${name}: {…}`, start }]
  if (written.kind === 'list') return [listAttribute(name, start, written.items)]
  switch (written.type) {
    case 'true':
    case 'null':
      return [{ name, start }]
    case 'false':
      return []
    case 'string':
    case 'other':
      return [{ name, value: asRaw(written.text), start }]
  }
}

function listAttribute(name: string, start: number, items: readonly Value[]): PlacedAttribute {
  const texts = textsOf(items)
  if (texts === undefined) return { name: '', value: `${name}: […]`, start }
  return { name, value: asRaw(texts.join(', ')), start }
}

/** The texts of values that are all scalars. */
export function textsOf(values: readonly Value[]): readonly string[] | undefined {
  const scalars = values.map((value) => writtenOf(value)).filter((one) => one.kind === 'scalar')
  return scalars.length === values.length ? scalars.map(({ text }) => text) : undefined
}
