/** Text of a style with slots: `{prompt}` once, and fields of a file's front matter such as `{title}`. */
export type Template = string

/** The style that a directive names to have none, where its folder has a default one. */
export const noStyle = 'none'

const slot = /\{([^{}]*)\}/g
const fieldName = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u

/** What keeps a text from being a template; nothing where it is one. Styles do not nest. */
export function templateFault(text: string, styleNames: readonly string[]): string | undefined {
  const slots = slotsOf(text)
  if (/[{}]/.test(text.replaceAll(slot, '')))
    return 'unexpected brace, expected slots such as `{prompt}` or `{title}`, which do not nest'
  const nested = slots.find((name) => styleNames.includes(name))
  if (nested !== undefined)
    return `unexpected \`{${nested}}\`, which names a style; styles do not nest`
  const malformed = slots.find((name) => !fieldName.test(name))
  if (malformed !== undefined)
    return `unexpected \`{${malformed}}\`, expected \`{prompt}\` or the name of a field such as \`{title}\``
  return slots.filter((name) => name === 'prompt').length === 1
    ? undefined
    : 'expected `{prompt}` exactly once'
}

/** Fills a template in one pass: a brace in what is filled in stays as it is. A slot without a value stays, too. */
export function fillTemplate(template: Template, values: ReadonlyMap<string, string>): string {
  return template.replaceAll(slot, (whole, name: string) => values.get(name) ?? whole)
}

/** Names of the fields that a template wants filled, besides the prompt. */
export function fieldsOf(template: Template): readonly string[] {
  return slotsOf(template).filter((name) => name !== 'prompt')
}

function slotsOf(text: string): readonly string[] {
  return [...text.matchAll(slot)].map(([, name = '']) => name)
}
