import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { authoredKeyOf } from '../../../packages/core/src/key/key.ts'
import { entryPath, originalPath } from '../../../packages/core/src/store/address.ts'
import { encodeEntry } from '../../../packages/core/src/store/entry.ts'
import { fsStore } from '../../../packages/core/src/store/fs-store.ts'
import { fsDerivedStore } from '../../../packages/core/src/store/derived-store.ts'
import { fsJournal } from '../../../packages/core/src/store/journal.ts'
import { requestIn } from '../../support/fakes.ts'
import { type TestProject, makeProject } from '../../support/project.ts'
import { entryOfBytes } from '../../support/entries.ts'

const original = Buffer.from('bytes that were paid for')
const request = requestIn('![gen: a fox]()')
const entry = entryOfBytes(request, original)

async function filled(): Promise<{ project: TestProject; store: ReturnType<typeof fsStore> }> {
  const project = makeProject({})
  const store = fsStore(project.path('.imprompt'))
  await store.keep(entry, original)
  return { project, store }
}

describe('a store in a folder', () => {
  test('gives back what was kept', async () => {
    const { project, store } = await filled()
    using _ = project
    expect(await store.entry(entry.key)).toEqual({ kind: 'hit', value: entry })
    expect(await store.original(entry)).toEqual({ kind: 'hit', value: original })
    const entries = await store.entries()
    expect(entries).toEqual({ kind: 'hit', value: [entry] })
  })

  test('holds nothing before anything was kept', async () => {
    using project = makeProject({})
    const store = fsStore(project.path('.imprompt'))
    expect(await store.entry(entry.key)).toEqual({ kind: 'absent' })
    expect(await store.original(entry)).toEqual({ kind: 'absent' })
    expect(await store.entries()).toEqual({ kind: 'hit', value: [] })
  })

  test('leaves no draft behind, and keeps its local files from git', async () => {
    const { project } = await filled()
    using _ = project
    expect(readdirSync(project.path('.imprompt/tmp'))).toEqual([])
    execFileSync('git', ['init', '--quiet'], { cwd: project.root })
    writeFileSync(project.path('.imprompt/report.json'), '{}')
    const status = execFileSync('git', ['status', '--porcelain', '-uall', '.imprompt'], {
      cwd: project.root,
      encoding: 'utf8',
    })
    expect(
      status
        .split('\n')
        .filter((line) => line !== '')
        .toSorted(),
    ).toEqual([
      '?? .imprompt/.gitattributes',
      '?? .imprompt/.gitignore',
      `?? .imprompt/${entryPath(entry.key)}`,
      `?? .imprompt/${originalPath(entry.original)}`,
    ])
  })

  test.for([
    ['cut short', (path: string) => truncateSync(path, 5)],
    ['emptied', (path: string) => truncateSync(path, 0)],
    [
      'changed by a bit',
      (path: string) => writeFileSync(path, Buffer.from('Bytes that were paid for')),
    ],
    ['longer', (path: string) => writeFileSync(path, Buffer.concat([original, Buffer.from('x')]))],
  ] as const)('tells an original that was %s from the one that was bought', async ([, damage]) => {
    const { project, store } = await filled()
    using _ = project
    damage(join(project.path('.imprompt'), originalPath(entry.original)))
    expect(await store.original(entry)).toMatchObject({ kind: 'damaged' })
  })

  test('knows a pointer of Git LFS', async () => {
    const { project, store } = await filled()
    using _ = project
    writeFileSync(
      join(project.path('.imprompt'), originalPath(entry.original)),
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    )
    expect(await store.original(entry)).toMatchObject({
      kind: 'unknown',
      cause: { message: expect.stringContaining('git lfs pull') },
    })
  })

  test.for([
    ['garbage', 'garbage'],
    ['nothing', ''],
    ['an array', '[]'],
    ['a merge conflict', `<<<<<<< ours\n${encodeEntry(entry)}=======\n>>>>>>> theirs\n`],
    ['another key', encodeEntry({ ...entry, key: authoredKeyOf(requestIn('![gen: an owl]()')) })],
    ['a path for a hash', encodeEntry(entry).replace(entry.original.sha256, '../../../etc/passwd')],
    ['a field too many', encodeEntry(entry).replace('"schema": 1', '"schema": 1, "__proto__": {}')],
    ['a negative cost', encodeEntry(entry).replace('41000', '-1')],
  ] as const)('calls an entry that holds %s damaged, in look-up and index', async ([, text]) => {
    const { project, store } = await filled()
    using _ = project
    writeFileSync(join(project.path('.imprompt'), entryPath(entry.key)), text)
    expect(await store.entry(entry.key)).toMatchObject({ kind: 'damaged' })
    expect(await store.entries()).toMatchObject({ kind: 'damaged' })
  })

  test('lists no entry whose hash is that of another request', async () => {
    const { project, store } = await filled()
    using _ = project
    const text = encodeEntry(entry).replace(entry.requestHash, 'c'.repeat(64))
    writeFileSync(join(project.path('.imprompt'), entryPath(entry.key)), text)
    expect(await store.entries()).toMatchObject({ kind: 'damaged' })
  })

  test('cannot tell what an entry of a newer version says', async () => {
    const { project, store } = await filled()
    using _ = project
    const text = encodeEntry(entry).replace('"schema": 1', '"schema": 2, "more": true')
    writeFileSync(join(project.path('.imprompt'), entryPath(entry.key)), text)
    const cause = { message: expect.stringContaining('update imprompt here') }
    expect(await store.entry(entry.key)).toMatchObject({ kind: 'unknown', cause })
    expect(await store.entries()).toMatchObject({ kind: 'unknown', cause })
  })

  test('cannot tell where a folder stands in the place of a file', async () => {
    const { project, store } = await filled()
    using _ = project
    const path = join(project.path('.imprompt'), entryPath(entry.key))
    rmSync(path)
    mkdirSync(path)
    expect(await store.entry(entry.key)).toMatchObject({ kind: 'unknown' })
  })

  test('cannot tell where a file stands in the place of a folder', async () => {
    using project = makeProject({ '.imprompt': 'a file' })
    const store = fsStore(project.path('.imprompt'))
    expect(await store.entry(entry.key)).toMatchObject({ kind: 'unknown' })
    expect(await store.entries()).toMatchObject({ kind: 'unknown' })
    expect(await store.writeObstacle(1000)).toContain('.imprompt')
  })

  test('passes over litter among its entries', async () => {
    const { project, store } = await filled()
    using _ = project
    project.write({ '.imprompt/images/.DS_Store': 'x', '.imprompt/images/ab/notes.json~': 'x' })
    expect(await store.entries()).toMatchObject({ kind: 'hit' })
  })

  test('puts bytes that cannot be used out of the way', async () => {
    using project = makeProject({})
    const path = await fsStore(project.path('.imprompt')).quarantine(Buffer.from('html'))
    expect(path).toMatch(/^\.imprompt\/quarantine\/[0-9a-f]{64}$/)
    expect(readFileSync(project.path(path), 'utf8')).toBe('html')
  })

  test('writes an entry in the same bytes whatever the order of its fields', () => {
    const { schema, ...rest } = entry
    expect(encodeEntry({ ...rest, schema })).toBe(encodeEntry(entry))
  })
})

describe('derivatives', () => {
  test('are given back, and made again where they are damaged', async () => {
    using project = makeProject({})
    const derived = fsDerivedStore(project.path('derived'))
    const key = 'ab'.repeat(32)
    await derived.put(key, 'avif', original)
    expect(await derived.get(key, 'avif')).toEqual(original)
    expect(await derived.get(key, 'webp')).toBeUndefined()
    expect(await derived.sizeOf(key, 'avif')).toBe(original.length)
    expect(await derived.sizeOf(key, 'webp')).toBeUndefined()
    const [name = ''] = readdirSync(project.path('derived/ab'))
    truncateSync(project.path(`derived/ab/${name}`), 3)
    expect(await derived.get(key, 'avif')).toBeUndefined()
    await derived.put(key, 'avif', original)
    expect(await derived.get(key, 'avif')).toEqual(original)
    expect(statSync(project.path(`derived/ab/${name}`)).size).toBe(original.length)
  })
})

describe('a journal in a folder', () => {
  const intent = { id: 'one', requestHash: entry.requestHash, worstMicroUsd: 50_000 }

  test('takes an attempt without an end for an unknown charge', async () => {
    using project = makeProject({})
    await fsJournal(project.path('.imprompt')).begin(intent)
    const verdicts = await fsJournal(project.path('.imprompt')).verdicts()
    expect([...verdicts]).toEqual([
      [
        entry.requestHash,
        {
          kind: 'unknown',
          message: 'the build ended before the reply was stored',
          worstMicroUsd: 50_000,
        },
      ],
    ])
  })

  test.for([
    [{ kind: 'bought', microUsd: 1, basis: 'usage' }, []],
    [{ kind: 'released' }, []],
    [{ kind: 'refused', code: 'moderation_blocked', message: 'no' }, ['refused']],
    [{ kind: 'unknown', message: 'reset' }, ['unknown']],
  ] as const)('remembers %o as it must', async ([settlement, kinds]) => {
    using project = makeProject({})
    const journal = fsJournal(project.path('.imprompt'))
    await journal.begin(intent)
    await journal.settle(intent, settlement)
    expect([...(await journal.verdicts()).values()].map(({ kind }) => kind)).toEqual(kinds)
  })

  test.for(['', '{', '{}', '{"worstMicroUsd":"5"}', '{"worstMicroUsd":-5}'])(
    'takes an attempt that says `%s` for a charge of unknown size',
    async (text) => {
      using project = makeProject({})
      const journal = fsJournal(project.path('.imprompt'))
      await journal.begin(intent)
      const name = `${intent.requestHash}.one.json`
      writeFileSync(project.path(`.imprompt/journal/${name}`), text)
      expect([...(await journal.verdicts()).values()]).toEqual([
        { kind: 'unknown', message: `\`journal/${name}\` cannot be read` },
      ])
    },
  )

  test('forgets what became of earlier attempts when one has bought', async () => {
    using project = makeProject({})
    const journal = fsJournal(project.path('.imprompt'))
    await journal.begin(intent)
    const second = { ...intent, id: 'two' }
    await journal.begin(second)
    await journal.settle(second, { kind: 'bought', microUsd: 1, basis: 'usage' })
    expect((await journal.verdicts()).size).toBe(0)
  })
})
