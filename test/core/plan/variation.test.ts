import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../packages/core/src/config/settings.ts'
import { parseDirectives } from '../../../packages/core/src/directive/scan.ts'
import { planFor } from '../../../packages/core/src/plan/plan.ts'
import type { Entry, FoundFile, Provider, Store } from '../../../packages/core/src/ports.ts'
import type { ImageRequest } from '../../../packages/core/src/request/image-request.ts'
import { readRequests } from '../../../packages/core/src/request/read-requests.ts'
import { sha256Of } from '../../../packages/core/src/key/key.ts'
import { changedStylesOf } from '../../../packages/core/src/report/changed-styles.ts'
import { capable } from '../../support/capable.ts'
import { inputOf, memoryStore, settingsOf } from '../../support/fakes.ts'
import { entryOfBytes } from '../../support/entries.ts'

const post =
  '![gen: an inn](name=inn)\n\n![gen: by night](vary=inn, name=night)\n\n![gen: in snow](vary=night)\n'

const requests = readRequests(parseDirectives(post, 'a.md'), settingsOf({}, capable())).requests

interface Planned {
  readonly store?: Store
  readonly provider?: Provider
}

async function plan(
  some: readonly ImageRequest[],
  { store = memoryStore(), provider = capable() }: Planned = {},
) {
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const { images, problems } = await planFor(
    inputOf(some),
    settingsOf({}, provider),
    store,
    history,
  )
  return {
    images: images.map(({ prompt, source, places }) => [prompt, source.kind, places.length]),
    problems: problems.map(({ kind }) => kind),
  }
}

const drafted = (request: ImageRequest): ImageRequest => ({ ...request, isDraft: true })

test('a new variation on a page alone brings whatever it is made from', async () => {
  const { images } = await plan(requests.slice(2))
  expect(images).toEqual([
    ['in snow', 'new', 1],
    ['by night', 'new', 1],
    ['an inn', 'new', 1],
  ])
})

test('a new variation makes a picture of a draft new as well, and no other one', async () => {
  const [inn, night, snow] = requests
  if (!inn || !night || !snow) throw new Error('a directive was lost')
  expect((await plan([inn, night, snow].map(drafted))).images.map(([, kind]) => kind)).toEqual([
    'draft',
    'draft',
    'draft',
  ])
  expect((await plan([drafted(inn), night, drafted(snow)])).images).toEqual([
    ['an inn', 'new', 1],
    ['by night', 'new', 1],
    ['in snow', 'draft', 1],
  ])
})

const bytes = Buffer.from('the bytes of an original')

function entryFor(request: ImageRequest): Entry {
  return entryOfBytes(request, bytes)
}

test('a stored variation brings nothing', async () => {
  const [, night] = requests
  if (night === undefined) throw new Error('a directive was lost')
  const store = memoryStore()
  await store.keep(entryFor(night), bytes)
  expect((await plan([night], { store })).images).toEqual([['by night', 'stored', 1]])
})

test('a variation is based on what the other picture was bought as, whatever the defaults are today', async () => {
  const older = settingsOf({ size: 'square' }, capable())
  const [inn] = readRequests(parseDirectives(post, 'a.md'), older).requests
  if (inn === undefined) throw new Error('a directive was lost')
  const entry = entryFor(inn)
  const store = memoryStore()
  await store.keep(entry, bytes)
  const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
  const settings = settingsOf({}, capable())
  const { images } = await planFor(inputOf(requests.toReversed()), settings, store, history)
  const [snow, night, pinned] = images
  expect(pinned?.source).toMatchObject({ kind: 'stored', isPinned: true })
  expect(night?.request.basedOn).toBe(entry.requestHash)
  expect(snow?.request.basedOn).toBe(night?.requestHash)
})

test('a picture that cannot be priced keeps its variation from being bought', async () => {
  const priced = capable()
  const provider = capable({
    estimate: (input) => (input.basedOn === undefined ? undefined : priced.estimate(input)),
  })
  const { problems } = await plan(requests.slice(1, 2), { provider })
  expect(problems).toEqual(['price-unknown'])
})

test('a person may keep a variation of a picture whose style has another text', async () => {
  const styled = (text: string) => {
    const settings = settingsOf({ styles: { ink: text } }, capable())
    const source =
      '![gen: an inn](name=inn, style=ink)\n\n![gen: by night](vary=inn, name=night)\n\n![gen: in snow](vary=night, style=ink)'
    return { settings, asked: readRequests(parseDirectives(source, 'a.md'), settings).requests }
  }
  const before = styled('{prompt}. Ink')
  const store = memoryStore()
  for (const request of before.asked) {
    const { style } = request
    const named = style && { style: { name: style.name, template: style.template } }
    await store.keep({ ...entryFor(request), ...named }, bytes)
  }
  const after = styled('{prompt}. Red ink')
  const planned = async (keepsStyle: boolean) =>
    planFor(inputOf(after.asked), after.settings, store, {
      verdicts: new Map(),
      keepsStyle,
      today: '2026-11-24',
    })
  const kept = await planned(true)
  expect(kept.images.map(({ source }) => source.kind)).toEqual(['kept', 'shared', 'kept'])
  const renewed = await planned(false)
  expect(renewed.images.map(({ source }) => source.kind)).toEqual(['new', 'new', 'new'])
  expect(changedStylesOf(renewed)).toMatchObject([{ style: 'ink', images: 3 }])
})

describe('a variation of a picture that older defaults made', () => {
  const mask = (width: number): FoundFile => ({
    kind: 'picture',
    sha256: sha256Of(Buffer.from(String(width))),
    format: 'png',
    hasAlpha: true,
    bytes: 1000,
    width,
    height: 1024,
  })
  const files = new Map([
    ['wide.png', mask(1536)],
    ['square.png', mask(1024)],
  ])
  async function planned(attributes: string) {
    const source = `![gen: an inn](name=inn)\n\n![gen: by night](vary=inn${attributes})`
    const read = (settings: Settings): readonly ImageRequest[] =>
      readRequests(parseDirectives(source, 'a.md'), settings, { names: new Map(), files }).requests
    const [inn] = read(settingsOf({ size: '1536x1024' }, capable()))
    if (inn === undefined) throw new Error('a directive was lost')
    const store = memoryStore()
    await store.keep(entryFor(inn), bytes)
    const settings = settingsOf({ size: 'square' }, capable())
    const input = inputOf(read(settings))
    const history = { verdicts: new Map(), keepsStyle: false, today: '2026-11-24' }
    const known = { ...input.known, files }
    return planFor({ ...input, known }, settings, store, history)
  }

  test.for([
    ['', { width: 1536, height: 1024 }],
    [', size=1024x1024', { width: 1024, height: 1024 }],
  ] as const)('has with `%s` the size %j', async ([attributes, size]) => {
    const { images, problems } = await planned(attributes)
    expect(problems).toEqual([])
    expect(images[1]).toMatchObject({ wanted: size, request: { size } })
  })

  test('takes a mask of its size, and no other one', async () => {
    expect((await planned(', mask=wide.png')).problems).toEqual([])
    expect((await planned(', mask=square.png')).problems).toMatchObject([
      { kind: 'mask-size', actual: '1024x1024', expected: '1536x1024' },
    ])
  })
})
