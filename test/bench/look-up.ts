import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { readKey } from '../../packages/core/src/key/key.ts'
import type { Entry, Key } from '../../packages/core/src/ports.ts'
import { entryPath } from '../../packages/core/src/store/address.ts'
import { decodeEntry } from '../../packages/core/src/store/entry.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { noIndex } from '../../packages/core/src/store/look-up-index.ts'

/** A way of looking entries up, one of which a process is started for: `look-up.ts FOLDER WAY COUNT`. */
const ways: Readonly<Record<string, (folder: string, keys: readonly Key[]) => Promise<number>>> = {
  'the store': (folder, keys) => lookUp(fsStore(folder), keys),
  'the store without an index': (folder, keys) => lookUp(fsStore(folder, noIndex), keys),
  'JSON files, validated': async (folder, keys) =>
    keys.filter((key) => 'entry' in decodeEntry(textOf(folder, key), key)).length,
  'JSON files, parsed': async (folder, keys) =>
    keys.map((key): unknown => JSON.parse(textOf(folder, key))).length,
  'node:sqlite': async (folder, keys) => {
    const database = new DatabaseSync(`${folder}/entries.sqlite`, { readOnly: true })
    const select = database.prepare('select text from entries where key = ?')
    return keys.map((key): unknown => JSON.parse(String(select.get(key)?.['text']))).length
  },
}

function textOf(folder: string, key: Key): string {
  return readFileSync(`${folder}/${entryPath(key)}`, 'utf8')
}

/** What a plan does where all is stored. */
async function lookUp(store: ReturnType<typeof fsStore>, keys: readonly Key[]): Promise<number> {
  const found = await Promise.all(keys.map((key) => store.entry(key)))
  const entries = found.flatMap((one): readonly Entry[] => (one.kind === 'hit' ? [one.value] : []))
  const held = await Promise.all(entries.map((entry) => store.holds(entry)))
  await store.remember()
  return held.filter(({ kind }) => kind === 'hit').length
}

const [folder = '', way = '', count = ''] = process.argv.slice(2)
const listed = readFileSync(`${folder}/keys`, 'utf8').split('\n').slice(0, Number(count))
const keys = listed.flatMap((text) => readKey(text) ?? [])
const start = performance.now()
const found = await ways[way]?.(folder, keys)
process.stdout.write(JSON.stringify({ found, ms: performance.now() - start }))
