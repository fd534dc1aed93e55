import { isTyped } from './directive/typed.ts'
import type { Directive } from './directive/directive.ts'
import type { DraftChoice } from './draft-input.ts'
import type { DraftLook } from './request/draft.ts'

/** The command that makes drafts. */
export function draftsCommand({ directive, numbers, look }: DraftChoice): string {
  const subject = isTyped(directive) ? inShell(directive.prompt) : placeIn(directive)
  return `imprompt drafts ${subject} -n ${numbers.length}${optionsOf(look)}`
}

/**
 * The command that picks a draft.
 * @param number Of the draft, or a word that stands for any.
 */
export function pickCommand({ directive, look }: DraftChoice, number: number | string): string {
  if (!isTyped(directive)) return `imprompt pick ${placeIn(directive)} ${number}${optionsOf(look)}`
  const { size: _size, ...others } = look
  // The directive that a typed prompt becomes has the size, see `adviceFor`.
  return `imprompt pick FILE:LINE ${number}${optionsOf(others)}`
}

/** What has to be done before a draft can be picked: a prompt that was typed has no place yet. Else nothing. */
export function adviceFor({ directive, look }: DraftChoice): string | undefined {
  if (!isTyped(directive)) return undefined
  const attributes = look.size === undefined ? '' : `size=${look.size}`
  return `To keep one, write ![gen: ${directive.prompt}](${attributes}) where the picture belongs, and pick the draft by the place of that.`
}

/** Pictures of a configuration stand at one line, and have their names from their fields. */
function placeIn({ place }: Directive): string {
  const { file, line, column, field } = place
  if (field !== undefined) return inShell(field.replace(/^images\./, ''))
  return inShell(`${file}:${line}:${column}`)
}

function optionsOf(look: DraftLook): string {
  return Object.entries(look)
    .map(([name, value]) => ` --${name} ${inShell(String(value))}`)
    .join('')
}

/** A text as a word of a command line, in quotation marks where a shell would part or change it. */
export function inShell(text: string): string {
  if (/^[\w./:@%+-]+$/.test(text)) return text
  return `"${text.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`
}
