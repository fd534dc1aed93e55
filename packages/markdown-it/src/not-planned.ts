import { fieldOf } from '@imprompt/core'

/** Whether an error says that no picture is known for a directive; it may be of another copy of core. */
export function isNotPlanned(problem: unknown): boolean {
  return fieldOf(problem, 'code') === 'PICTURE_NOT_PLANNED'
}
