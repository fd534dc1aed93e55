import { secretIn } from '../../secret.ts'
import type { Prompts } from '../../config/prompts.ts'
import { type Child, element } from './element.ts'
import { visible } from './visible.ts'

/** Letters of an excerpt. */
const maxLetters = 140

/** A prompt as far as the page may tell it: what exceeds an excerpt is folded away. */
export function promptParts(prompt: string, form: Prompts): readonly Child[] {
  if (form === 'none') return []
  const secret = secretIn(prompt)
  if (secret !== undefined)
    return [element('p', { className: ['prompt'] }, `withheld, as it holds ${secret}`)]
  const letters = Array.from(prompt.slice(0, 2 * maxLetters + 2))
  const isLong = letters.length > maxLetters
  const start = isLong ? `${letters.slice(0, maxLetters - 1).join('')}…` : prompt
  const properties = { className: ['prompt'], dir: 'auto' }
  if (form === 'excerpt' || !isLong) return [element('p', properties, ...visible(start))]
  return [
    element(
      'details',
      { className: ['prompt'] },
      element('summary', { dir: 'auto' }, ...visible(start)),
      element('p', { dir: 'auto' }, ...visible(prompt)),
    ),
  ]
}
