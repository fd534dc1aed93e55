import pMap from 'p-map'
import { isTyped } from './directive/typed.ts'
import type { DraftChoice } from './draft-input.ts'
import { type SheetCell, encodeContactSheet } from './optimise/contact-sheet.ts'
import { parallelEncodes } from './optimise/encode.ts'
import { createOptimiser } from './optimise/optimiser.ts'
import { originalSource } from './optimise/sources.ts'
import { readKey } from './key/key.ts'
import { adviceFor, pickCommand } from './draft-commands.ts'
import { describePlace } from './place.ts'
import type { DerivedStore, Entry, Key, Store } from './ports.ts'
import { fileStemOf } from './render/file-stem.ts'
import { contactPage } from './report/gallery/contact-page.ts'
import type { Report, ReportedImage } from './report/report.ts'
import { type SmallPicture, smallPicture } from './small-picture.ts'

/** Drafts of a picture side by side. */
export interface ContactSheet {
  /** Name of its files without their extensions: the same for the same drafts. */
  readonly stem: string
  readonly html: string
  readonly png: Uint8Array
}

/** Pixels that a draft may have on its sheet. */
const box = { width: 512, height: 512 }

/**
 * Lays the drafts of a report out, each with its number; buys nothing. Answers nothing where none of them is stored.
 * @param report That of a build of these drafts alone.
 */
export async function contactSheet(
  report: Report,
  choice: DraftChoice,
  { store, derived }: { readonly store: Store; readonly derived: DerivedStore },
): Promise<ContactSheet | undefined> {
  const optimiser = createOptimiser(derived)
  const cells = await pMap(
    report.images,
    async (image): Promise<Cell> => {
      const found = await entryOf(image, store)
      const small =
        found && (await smallPicture(originalSource(found, found.wanted, store), optimiser, box))
      return { image, ...(found && { entry: found }), ...(small && { small }) }
    },
    { concurrency: parallelEncodes },
  )
  const drawn = cells.flatMap(({ small }) => small ?? [])
  const [first] = cells.flatMap(({ entry }) => entry ?? [])
  if (first === undefined || drawn.length === 0) return undefined
  // Drafts of older defaults may be of another size.
  const cell = {
    width: Math.max(...drawn.map(({ width }) => width)),
    height: Math.max(...drawn.map(({ height }) => height)),
  }
  const { digitalSourceType } = first.original
  return {
    stem: stemOf(report.images),
    html: pageOf(report, cells, choice),
    png: await encodeContactSheet(cells.map(sheetCell), { cell, digitalSourceType }),
  }
}

interface Cell {
  readonly image: ReportedImage
  readonly entry?: Entry
  /** Absent where its original cannot be read. */
  readonly small?: SmallPicture
}

async function entryOf({ key }: ReportedImage, store: Store): Promise<Entry | undefined> {
  const own: Key | undefined = readKey(key)
  const found = own && (await store.entry(own))
  return found?.kind === 'hit' ? found.value : undefined
}

function sheetCell({ image, small }: Cell): SheetCell {
  return { number: image.places[0]?.draft ?? 0, picture: small?.bytes }
}

function pageOf(report: Report, cells: readonly Cell[], choice: DraftChoice): string {
  const { directive } = choice
  const advice = adviceFor(choice)
  return contactPage({
    report,
    pictures: new Map(
      cells.flatMap(({ image, entry, small }) =>
        entry === undefined ? [] : [[image.key, { entry, ...(small && { thumbnail: small }) }]],
      ),
    ),
    subject: isTyped(directive) ? 'a prompt' : describePlace(directive.place),
    ...(advice !== undefined && { advice }),
    commandFor: (number) => pickCommand(choice, number),
  })
}

/** Drafts that are made in another way are others, and have another key. */
function stemOf([first]: Report['images']): string {
  const display = { name: undefined, alt: undefined }
  return `${fileStemOf({ display, prompt: first?.prompt ?? '' })}-${first?.key.slice(0, 8) ?? ''}`
}
