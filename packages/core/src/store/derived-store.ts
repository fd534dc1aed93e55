import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sha256Of } from '../key/key.ts'
import type { DerivedStore } from '../ports.ts'

/**
 * Encoded pictures in a folder, each under `<recipe>.<sha256>.<extension>`, so that a damaged file is told from its
 * name and made again. Not fsynced: what is lost costs time alone.
 */
export function fsDerivedStore(folder: string): DerivedStore {
  return {
    get: async (key, extension) => read(join(folder, key.slice(0, 2)), key, extension),
    put: async (key, extension, bytes) => {
      const shard = join(folder, key.slice(0, 2))
      const draft = join(shard, `${randomUUID()}.tmp`)
      mkdirSync(shard, { recursive: true })
      try {
        await writeFile(draft, bytes)
        await rename(draft, join(shard, `${key}.${sha256Of(bytes)}.${extension}`))
      } finally {
        await rm(draft, { force: true })
      }
    },
  }
}

function read(shard: string, key: string, extension: string): Uint8Array | undefined {
  const names = listed(shard).filter(
    (name) => name.startsWith(`${key}.`) && name.endsWith(`.${extension}`),
  )
  return names
    .map((name) => intact(join(shard, name), name.split('.')[1]))
    .find((bytes) => bytes !== undefined)
}

function intact(path: string, sha256: string | undefined): Uint8Array | undefined {
  try {
    const bytes = readFileSync(path)
    return sha256Of(bytes) === sha256 ? bytes : undefined
  } catch {
    // Whatever keeps the file from being read, it is made again.
    return undefined
  }
}

function listed(shard: string): readonly string[] {
  try {
    return readdirSync(shard)
  } catch {
    return []
  }
}
