import { readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sha256Of } from '../key/key.ts'
import type { Sha256 } from '../ports.ts'
import { here } from './platform.ts'
import { makeFolder, writeDurably } from './write-durably.ts'

/** Where bytes go that were paid for, the first place first: a disk that is full or closed may not be the only one. */
export function quarantinePlaces(folder: string): readonly string[] {
  const name = 'imprompt-quarantine'
  return [join(folder, 'quarantine'), join(tmpdir(), name), join(homedir(), `.${name}`)]
}

/**
 * Puts bytes into the first place that takes them; answers their path. Where none takes them for good, one that may lose
 * them in a power cut is better than none.
 * @param name Of the file. Default the hash of its bytes.
 * @throws what the first place throws, where none takes them
 */
export async function putAside(
  bytes: Uint8Array,
  places: readonly string[],
  name: string = sha256Of(bytes),
): Promise<string> {
  const failures: unknown[] = []
  for (const write of [writeForGood, writeFile]) {
    for (const place of places) {
      try {
        // Others on this machine need not see what nobody published.
        await makeFolder(place, here, 0o700).catch(() => undefined)
        await write(join(place, name), bytes)
        return join(place, name)
      } catch (cause) {
        failures.push(cause)
      }
    }
  }
  throw failures[0]
}

function writeForGood(path: string, bytes: Uint8Array): Promise<void> {
  return writeDurably(path, bytes, join(dirname(path), 'tmp'))
}

/** Bytes that were put aside; nothing where no place has them as they were. */
export function takeBack(sha256: Sha256, places: readonly string[]): Uint8Array | undefined {
  for (const place of places) {
    const bytes = readIfThere(join(place, sha256))
    if (bytes !== undefined && sha256Of(bytes) === sha256) return bytes
  }
  return undefined
}

/** Texts of the files that this user put aside under a name; others may have put their own into a folder of all. */
export function textsAside(name: string, places: readonly string[]): readonly string[] {
  const paths = places.map((place) => join(place, name)).filter(isOurs)
  return paths.flatMap((path) => readIfThere(path)?.toString('utf8') ?? [])
}

function isOurs(path: string): boolean {
  try {
    const uid = process.getuid?.()
    return uid === undefined || statSync(path).uid === uid
  } catch {
    return false
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
