/** The words of an attribute, still raw. */
export interface AttributeText {
  readonly name: string
  readonly value?: string
}

const flag = /^[A-Za-z][\w-]*$/
const bare = /^([A-Za-z][\w-]*)=(?!["'=])([\s\S]*)$/
const double = /^([A-Za-z][\w-]*)="([^"\\]*(?:\\[\s\S][^"\\]*)*)"$/
const single = /^([A-Za-z][\w-]*)='([^'\\]*(?:\\[\s\S][^'\\]*)*)'$/

/**
 * Reads `name`, `name=value`, `name="value"` or `name='value'`. Text of no such form answers an empty name, and all
 * of the text as its value.
 */
export function readAttribute(text: string): AttributeText {
  if (flag.test(text)) return { name: text }
  const [, name, value] = double.exec(text) ?? single.exec(text) ?? bare.exec(text) ?? []
  if (name === undefined || value === undefined) return { name: '', value: text }
  return { name, value }
}
