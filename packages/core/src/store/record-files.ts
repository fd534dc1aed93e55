import { readFileSync, readdirSync } from 'node:fs'
import { ImpromptError, reasonOf } from '../error.ts'
import { systemCodeOf } from './system-code.ts'

/**
 * The names of a folder's files; none where there is no such folder.
 * @throws `STORE_UNREADABLE` where it cannot be told
 */
export function recordNames(folder: string): readonly string[] {
  return reading(folder, () => readdirSync(folder)) ?? []
}

/**
 * The text of a record; nothing where it was deleted meanwhile, as another build does with what it settled.
 * @throws `STORE_UNREADABLE` where it cannot be told
 */
export function recordText(path: string): string | undefined {
  return reading(path, () => readFileSync(path, 'utf8'))
}

function reading<Value>(path: string, read: () => Value): Value | undefined {
  try {
    return read()
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') return undefined
    throw new ImpromptError(
      'STORE_UNREADABLE',
      `\`${path}\` cannot be read, so that it cannot be told what was asked for before: ${reasonOf(cause)}. Nothing was bought; make it readable, or restore it`,
      { cause },
    )
  }
}
