/** The words of an attribute, still raw. */
export interface AttributeText {
  readonly name: string
  readonly value?: string
  /** The quotation mark around the value; absent for a bare one. */
  readonly quote?: '"' | "'"
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
  return (
    readValue(text, double, '"') ??
    readValue(text, single, "'") ??
    readValue(text, bare) ?? { name: '', value: text }
  )
}

function readValue(
  text: string,
  form: RegExp,
  quote?: AttributeText['quote'],
): AttributeText | undefined {
  const [, name, value] = form.exec(text) ?? []
  if (name === undefined || value === undefined) return undefined
  return { name, value, ...(quote !== undefined && { quote }) }
}
