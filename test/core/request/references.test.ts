import { describe, expect, test } from 'vitest'
import { authoredKeyOf, sha256Of } from '../../../packages/core/src/key/key.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import type { FoundFile, ReferenceFiles } from '../../../packages/core/src/ports.ts'
import { describeProblem, severityOf } from '../../../packages/core/src/problem.ts'
import { readRequests } from '../../../packages/core/src/request/read-requests.ts'
import { filesNamedIn, pathFromRoot } from '../../../packages/core/src/request/reference-paths.ts'
import { capable } from '../../support/capable.ts'
import { noFiles, settingsOf } from '../../support/fakes.ts'

const picture = (
  content: string,
  more: Partial<FoundFile & { kind: 'picture' }> = {},
): FoundFile => ({
  kind: 'picture',
  sha256: sha256Of(Buffer.from(content)),
  format: 'png',
  hasAlpha: true,
  bytes: 1000,
  width: 64,
  height: 64,
  ...more,
})

const files: ReadonlyMap<string, FoundFile> = new Map([
  ['posts/fox.png', picture('fox')],
  ['posts/moved.png', picture('fox')],
  ['posts/den_at_dusk.png', picture('den')],
  ['art/hen.png', picture('hen')],
  ['art/wide.png', picture('wide', { width: 128 })],
  ['art/opaque.png', picture('opaque', { hasAlpha: false })],
  ['art/huge.png', picture('huge', { bytes: 50_000_000 })],
  ['art/large.png', picture('large', { bytes: 4_000_000 })],
  ['art/notes.txt', { kind: 'unsuitable', reason: 'it is no PNG, JPEG or WebP' }],
])

async function read(source: string) {
  const asked: string[] = []
  const find: ReferenceFiles['find'] = async (path) => {
    asked.push(path)
    return files.get(path) ?? { kind: 'absent' }
  }
  const directives = parseDirectives(source, 'posts/a.md')
  const named = await filesNamedIn(directives, { ...noFiles, find })
  const known = { names: new Map(), files: named }
  const { requests, problems } = readRequests(directives, settingsOf({}, capable()), known)
  return { requests, problems: problems.filter(({ kind }) => kind !== 'alt-missing'), asked }
}

describe('a path that a directive names', () => {
  test.for([
    ['fox.png', 'posts/fox.png'],
    ['./fox.png', 'posts/fox.png'],
    ['../art/hen.png', 'art/hen.png'],
    ['/art/hen.png', 'art/hen.png'],
    ['../../secret.png', undefined],
    ['/../secret.png', undefined],
  ] as const)('%s is %s from the root', ([path, expected]) => {
    expect(pathFromRoot(path, 'posts/a.md')).toBe(expected)
  })
})

describe('a directive with files', () => {
  test('asks for what they hold, each file looked up once', async () => {
    const { requests, problems, asked } = await read(
      '![gen: a](ref="fox.png, /art/hen.png", mask=fox.png)',
    )
    expect(problems).toEqual([])
    expect(asked).toEqual(['posts/fox.png', 'art/hen.png'])
    const [fox, hen] = [sha256Of(Buffer.from('fox')), sha256Of(Buffer.from('hen'))]
    expect(requests[0]?.request).toMatchObject({ references: [fox, hen], mask: fox })
  })

  test('is another image where a file holds something else, not where it has another path', async () => {
    const { requests } = await read(
      '![gen: a](ref=fox.png)\n\n![gen: a](ref=moved.png)\n\n![gen: a](ref=/art/hen.png)\n\n![gen: a]()',
    )
    const [fox, moved, hen, none] = requests.map(authoredKeyOf)
    expect(moved).toBe(fox)
    expect(new Set([fox, hen, none]).size).toBe(3)
  })

  test('may have one name with another path of the same content, and not of another', async () => {
    const same = await read('![gen: a](ref=fox.png, name=x)\n\n![gen: a](ref=moved.png, name=x)')
    expect(same.problems.map(({ kind }) => kind)).toEqual(['name-repeated'])
    const other = await read(
      '![gen: a](ref=fox.png, name=x)\n\n![gen: a](ref=/art/hen.png, name=x)',
    )
    expect(other.problems.map(({ kind }) => kind)).toEqual(['name-conflict'])
  })

  test.for([
    ['ref=none.png', 11, 'No file `posts/none.png`, which `ref` names;'],
    [
      'ref=art/hen.png',
      11,
      'No file `posts/art/hen.png`, which `ref` names, did you mean `/art/hen.png`;',
    ],
    ['ref="../art/hen.jpg"', 11, 'No file `art/hen.jpg`, which `ref` names; a path'],
    ['ref=../arts/../posts/../../art/hen.png', 11, 'it stands outside of the project;'],
    [
      'ref=https://example.com/a.png',
      11,
      '`https://example.com/a.png` of `ref`: it is an address, and only files of the project go along;',
    ],
    ['ref=../../x.png', 11, '`../../x.png` of `ref`: it stands outside of the project;'],
    ['ref=/art/notes.txt', 11, '`/art/notes.txt` of `ref`: it is no PNG, JPEG or WebP;'],
    ['ref=/art/huge.png', 11, 'it has 50000000 bytes, and may have less than 50 MB;'],
    ['ref=fox.png, mask=/art/opaque.png', 24, 'a mask is a PNG with an alpha channel;'],
    [
      'ref="fox.png fox.png fox.png fox.png"',
      11,
      'Unexpected 4 files of `ref`, expected at most 3 for `all`;',
    ],
    ['mask=fox.png', 11, 'Unexpected `mask` without a picture that it masks;'],
    ['ref=fox.png, mask=/art/wide.png', 24, 'Unexpected mask of 128x64, expected 64x64'],
  ] as const)('is refused with %s', async ([written, column, expected]) => {
    const { requests, problems } = await read(`![gen: a](${written})`)
    expect(requests).toEqual([])
    expect(problems.map(({ place }) => place.column)).toEqual([column])
    expect(problems.map(describeProblem)).toEqual([expect.stringContaining(expected)])
  })

  test('takes a large mask, and warns', async () => {
    const { requests, problems } = await read('![gen: a](ref=fox.png, mask=/art/large.png)')
    expect(requests).toHaveLength(1)
    expect(problems.map(severityOf)).toEqual(['warning'])
  })

  test('takes a path that a formatter wrote as emphasis, and mends it', async () => {
    const { requests, problems } = await read('![gen: a](ref="den*at*dusk.png")')
    expect(requests[0]?.files.get('ref')).toEqual([sha256Of(Buffer.from('den'))])
    expect(problems).toMatchObject([
      {
        kind: 'file-emphasis',
        fix: { actual: 'ref="den*at*dusk.png', text: 'ref="den_at_dusk.png' },
      },
    ])
  })
})
