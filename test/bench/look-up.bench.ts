import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sha256Of } from '../../packages/core/src/key/key.ts'
import { openai } from '../../packages/core/src/provider/openai/openai.ts'
import { entryPath, originalPath } from '../../packages/core/src/store/address.ts'
import { encodeEntry } from '../../packages/core/src/store/entry.ts'
import { fsStore } from '../../packages/core/src/store/fs-store.ts'
import { entryOfBytes } from '../support/entries.ts'
import { requestIn, settingsOf } from '../support/fakes.ts'
import { makeProject } from '../support/project.ts'
import { compare } from './measure.ts'
import { directiveText } from './prose.ts'

const count = 10_000

/** What a warm look-up of 10,000 entries may add to a build. */
const limitMs = 150

test('a warm look-up of 10,000 entries adds little to a build', async () => {
  const settings = settingsOf({}, openai())
  const made = Array.from({ length: count }, (_none, index) => {
    const bytes = Buffer.from(`original ${index}`)
    return {
      bytes,
      entry: entryOfBytes(
        requestIn(`![gen: ${directiveText(index)}, no. ${index}]()`, settings),
        bytes,
      ),
    }
  })
  using project = makeProject({
    ...Object.fromEntries(
      made.flatMap(({ entry, bytes }) => [
        [entryPath(entry.key), encodeEntry(entry)],
        [originalPath(entry.original), bytes],
      ]),
    ),
    keys: made.map(({ entry }) => entry.key).join('\n'),
  })
  const database = new DatabaseSync(project.path('entries.sqlite'))
  database.exec('create table entries (key text primary key, text text); begin')
  const insert = database.prepare('insert into entries values (?, ?)')
  for (const { entry } of made) insert.run(entry.key, JSON.stringify(entry))
  database.exec('commit')
  database.close()
  // Files that were touched lately are read each time.
  await setTimeout(2500)
  msOf(project.root, 'the store')
  for (const asked of [count, 100]) {
    const ours = msOf(project.root, 'the store', asked)
    for (const way of [
      'the store without an index',
      'JSON files, validated',
      'JSON files, parsed',
      'node:sqlite',
    ])
      tell(`${asked} of ${count} by the store / by ${way}`, ours, msOf(project.root, way, asked))
    tell(`${asked} of ${count} by the store / limit`, ours, limitMs)
    expect(ours / limitMs).toBeLessThanOrEqual(1)
  }
})

test('verified reads are nearly as fast as SHA-256', async () => {
  const made = Array.from({ length: 100 }, (_none, index) => {
    const bytes = Buffer.alloc(2_000_000, hash('sha512', String(index), 'buffer'))
    return { bytes, entry: entryOfBytes(requestIn(`![gen: picture ${index}]()`), bytes) }
  })
  using project = makeProject(
    Object.fromEntries(made.map(({ entry, bytes }) => [originalPath(entry.original), bytes])),
  )
  const store = fsStore(project.root)
  const paths = made.map(({ entry }) => project.path(originalPath(entry.original)))
  await compare(
    {
      name: '100 × 2 MB, original()',
      run: async () => {
        for (const { entry } of made) expect((await store.original(entry)).kind).toBe('hit')
      },
    },
    [
      {
        name: 'read + SHA-256',
        run: () => {
          for (const path of paths) sha256Of(readFileSync(path))
        },
      },
    ],
  )
})

/** Median time of a process of its own, in milliseconds. */
function msOf(folder: string, way: string, asked = count): number {
  const script = fileURLToPath(new URL('look-up.ts', import.meta.url))
  const times = Array.from({ length: 7 }, () => {
    const args = ['--conditions=source', script, folder, way, String(asked)]
    const { found, ms } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
    expect(found).toBe(asked)
    return Number(ms)
  })
  return times.toSorted((one, other) => one - other)[3] ?? Number.NaN
}

function tell(name: string, one: number, other: number): void {
  const figures = `${(one / other).toFixed(2)}  ${one.toFixed(0)} / ${other.toFixed(0)} ms`
  console.log(`${name.padEnd(70)} ${figures}`)
}
