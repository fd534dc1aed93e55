import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Of } from '../key/key.ts'
import type { DerivedStore } from '../ports.ts'

/**
 * Encoded pictures in a folder, each under `<recipe>.<sha256>.<extension>`, so that a damaged file is told from its
 * name and made again. Not fsynced, and not failing where nothing can be written: what is lost costs time alone.
 */
export function fsDerivedStore(folder: string): DerivedStore {
  const shards = new Map<string, Set<string>>()
  const namesIn = (shard: string): Set<string> => {
    const names = shards.get(shard) ?? new Set(listed(join(folder, shard)))
    shards.set(shard, names)
    return names
  }
  const namesOf = (key: string, extension: string): readonly string[] =>
    [...namesIn(shardOf(key))].filter(
      (name) => name.startsWith(`${key}.`) && name.endsWith(`.${extension}`),
    )
  return {
    has: async (key, extension) => namesOf(key, extension).length > 0,
    get: async (key, extension) =>
      namesOf(key, extension)
        .map((name) => intact(join(folder, shardOf(key), name), name.split('.')[1]))
        .find((bytes) => bytes !== undefined),
    put: async (key, extension, bytes) => {
      const shard = shardOf(key)
      const name = `${key}.${sha256Of(bytes)}.${extension}`
      const isWritten = await write(join(folder, shard), name, bytes)
      if (isWritten) namesIn(shard).add(name)
    },
    sizeOf: async (key, extension) => {
      const [name] = namesOf(key, extension)
      if (name === undefined) return undefined
      return statSync(join(folder, shardOf(key), name), { throwIfNoEntry: false })?.size
    },
  }
}

function shardOf(key: string): string {
  return key.slice(0, 2)
}

async function write(shard: string, name: string, bytes: Uint8Array): Promise<boolean> {
  const draft = join(shard, `${randomUUID()}.tmp`)
  try {
    mkdirSync(shard, { recursive: true })
    await writeFile(draft, bytes)
    await rename(draft, join(shard, name))
    return true
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
    return false
  }
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
