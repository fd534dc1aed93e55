import { ImpromptError } from '@imprompt/core'

/**
 * Waits for what may fail, and tells Astro of a failure where it stands, which Astro would guess from its words; of one of
 * ours without a stack, of which Astro prints the heading alone.
 */
export async function located<Value>(value: Promise<Value>): Promise<Value> {
  try {
    return await value
  } catch (failure) {
    throw failure instanceof Error ? withPlace(failure) : failure
  }
}

function withPlace(failure: Error): Error {
  if (failure instanceof ImpromptError) failure.stack = ''
  const [, file, line, column] = /^ *([^\s:]+):(\d+):(\d+)/m.exec(failure.message) ?? []
  if (file === undefined) return failure
  return Object.assign(failure, { loc: { file, line: Number(line), column: Number(column) } })
}
