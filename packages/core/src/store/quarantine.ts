import { readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Of } from '../key/key.ts'
import type { Sha256 } from '../ports.ts'
import { writeDurably } from './write-durably.ts'

/** Where bytes go that were paid for, the first place first: a disk that is full or closed may not be the only one. */
export function quarantinePlaces(folder: string): readonly string[] {
  const name = 'imprompt-quarantine'
  return [join(folder, 'quarantine'), join(tmpdir(), name), join(homedir(), `.${name}`)]
}

/**
 * Puts bytes into the first place that takes them; answers their path.
 * @throws what the first place throws, where none takes them
 */
export async function putAside(bytes: Uint8Array, places: readonly string[]): Promise<string> {
  const [place, ...others] = places
  if (place === undefined) throw new Error('no place is left')
  const path = join(place, sha256Of(bytes))
  try {
    await writeDurably(path, bytes, join(place, 'tmp'))
    return path
  } catch (cause) {
    return putAside(bytes, others).catch(() => {
      throw cause
    })
  }
}

/** Bytes that were put aside; nothing where no place has them as they were. */
export function takeBack(sha256: Sha256, places: readonly string[]): Uint8Array | undefined {
  for (const place of places) {
    const bytes = readIfThere(join(place, sha256))
    if (bytes !== undefined && sha256Of(bytes) === sha256) return bytes
  }
  return undefined
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
