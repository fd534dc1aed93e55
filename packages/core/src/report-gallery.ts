import pMap from 'p-map'
import { authoredKeyOf } from './key/key.ts'
import { encoderFor, parallelEncodes } from './optimise/encode.ts'
import { createOptimiser } from './optimise/optimiser.ts'
import { type PictureSource, extensionOf, largestFile, pictureOf } from './optimise/picture.ts'
import { originalSource } from './optimise/sources.ts'
import type { PlanInput } from './plan/plan.ts'
import type { DerivedStore, Entry, Ledger, Store } from './ports.ts'
import type { PictureFacts } from './report/gallery/figure.ts'
import { galleryPage } from './report/gallery/page.ts'
import type { Prompts } from './config/prompts.ts'
import type { Report, ReportedImage } from './report/report.ts'
import type { Display } from './request/display.ts'
import { smallPicture } from './small-picture.ts'

/** Where a gallery gets what the report does not hold. */
export interface GallerySources {
  readonly store: Store
  readonly derived: DerivedStore
  readonly ledger: Ledger
  /** What content asks for: it says which files pages give their readers. */
  scan(): Promise<Pick<PlanInput, 'requests'>>
}

/**
 * Makes a page of a report, with a small picture of every original that can be read. Encodes those pictures alone, and
 * only once; buys nothing.
 */
export async function reportGallery(
  report: Report,
  prompts: Prompts,
  { store, derived, ledger, scan }: GallerySources,
): Promise<string> {
  const [entries, account, { requests }] = await Promise.all([
    entriesOf(report.images, store),
    ledger.read(),
    scan(),
  ])
  const displays = Map.groupBy(requests, authoredKeyOf)
  const optimiser = createOptimiser(derived)
  const facts = await pMap(
    entries,
    async ({ key, entry, isReplaced }) => {
      const source = originalSource(entry, entry.wanted, store)
      const shown = displays.get(entry.key)?.map(({ display }) => display) ?? []
      const [thumbnail, pageBytes] = await Promise.all([
        smallPicture(source, optimiser),
        pageBytesOf(source, shown, derived),
      ])
      const made = { ...(thumbnail && { thumbnail }), ...(pageBytes > 0 && { pageBytes }) }
      return [key, { entry, isReplaced, ...made }] as const
    },
    { concurrency: parallelEncodes },
  )
  const pictures = new Map<string, PictureFacts>(facts)
  return galleryPage({ report, pictures, account, prompts })
}

interface ShownEntry {
  /** Of the image. */
  readonly key: string
  /** What the build showed. */
  readonly entry: Entry
  readonly isReplaced: boolean
}

/** An image may show what was bought under the key of another one, or what another picture took the place of since. */
async function entriesOf(
  images: readonly ReportedImage[],
  store: Store,
): Promise<readonly ShownEntry[]> {
  const listed = await store.keys()
  const keys = listed.kind === 'hit' ? listed.value : []
  // Each by itself: one that is damaged takes no other one along.
  const found = await pMap(keys, (key) => store.entry(key), { concurrency: parallelEncodes })
  const entries = found.flatMap((one) => (one.kind === 'hit' ? [one.value] : []))
  const byKey = new Map<string, Entry>(entries.map((entry) => [entry.key, entry]))
  // Of equal bytes, what stands somewhere today outranks what did before.
  const all = [...entries.flatMap(({ former = [] }) => former), ...entries]
  const byOriginal = new Map<string, Entry>(all.map((entry) => [entry.original.sha256, entry]))
  return images.flatMap(({ key, original }) => {
    if (original === undefined) return []
    const own = byKey.get(key)
    const isOwn = own?.original.sha256 === original.sha256
    const entry = isOwn ? own : byOriginal.get(original.sha256)
    return entry === undefined ? [] : [{ key, entry, isReplaced: own !== undefined && !isOwn }]
  })
}

/** Zero where none of the files is made. */
async function pageBytesOf(
  source: PictureSource,
  displays: readonly Display[],
  derived: DerivedStore,
): Promise<number> {
  const sizes = await Promise.all(
    displays.map(async (display) => {
      const file = largestFile(pictureOf(source, display, encoderFor(source)))
      return file && derived.sizeOf(file.id, extensionOf(file.format))
    }),
  )
  return Math.max(0, ...sizes.flatMap((size) => size ?? []))
}
