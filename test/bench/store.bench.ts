import { hash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readKey, requestHashOf, sha256Of } from '../../packages/core/src/key/key.ts'
import type { Entry, Key, Store } from '../../packages/core/src/ports.ts'
import { entryPath } from '../../packages/core/src/store/address.ts'
import { encodeEntry } from '../../packages/core/src/store/entry.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { makeProject } from '../support/project.ts'
import { compare } from './measure.ts'
import { directiveText } from './prose.ts'

const count = 10_000

test('looking up 10,000 entries, against reading and parsing their files', async () => {
  const entries = Array.from({ length: count }, (_none, index) => entryFor(index))
  using project = makeProject(
    Object.fromEntries(entries.map((entry) => [entryPath(entry.key), encodeEntry(entry)])),
  )
  const store = fsStore(project.root)
  const keys = entries.map((entry) => entry.key)
  expect(await hits(store, keys)).toBe(count)
  const all = await store.entries()
  expect(all.kind === 'hit' && all.value.length).toBe(count)

  await compare({ name: '10,000 × entry()', run: () => hits(store, keys) }, [
    {
      name: 'read + JSON.parse',
      run: () => keys.map((key) => parsed(project.path(entryPath(key)))),
    },
  ])
  await compare({ name: 'entries() of 10,000 entries', run: () => store.entries() }, [
    { name: 'readdir + read + JSON.parse', run: () => parseAll(project.path('images')) },
  ])
})

async function hits(store: Store, keys: readonly Key[]): Promise<number> {
  const found = await Promise.all(keys.map((key) => store.entry(key)))
  return found.filter(({ kind }) => kind === 'hit').length
}

function parseAll(folder: string): readonly unknown[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => parsed(join(folder, name)))
}

function parsed(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function entryFor(number: number): Entry {
  const size = { width: 1536, height: 1024 }
  const request = {
    provider: 'openai',
    model: 'gpt-image-2',
    prompt: directiveText(number),
    size,
    quality: 'medium',
    take: 1,
  }
  return {
    schema: 1,
    key: keyFor(number),
    requestHash: requestHashOf(request),
    request,
    wanted: size,
    original: {
      ...size,
      sha256: sha256Of(Buffer.from(request.prompt)),
      format: 'png',
      bytes: 2_000_000 + number,
      isOpaque: true,
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
    cost: { microUsd: 41_000, basis: 'usage' },
    boughtAt: '2026-11-23T12:00:00Z',
    requestId: `req_${number}`,
  }
}

function keyFor(number: number): Key {
  const key = readKey(hash('sha256', number.toString(), 'hex'))
  if (key === undefined) throw new Error('a digest is no key')
  return key
}
