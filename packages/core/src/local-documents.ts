import { join } from 'node:path'
import { contactSheet } from './contact-sheet.ts'
import type { DraftChoice } from './draft-input.ts'
import { reasonOf } from './error.ts'
import { type GallerySources, reportGallery } from './report-gallery.ts'
import type { Prompts } from './config/prompts.ts'
import type { Report } from './report/report.ts'
import { readReport, reportJson } from './report/report-file.ts'
import { writeLocalFile } from './store/local-file.ts'

/** What is written beside a store for people and tools of this machine, where git ignores it. */
export interface LocalDocuments {
  /** Writes the types of the project's virtual modules down. Answers why that was not possible, like `keepReport`. */
  keepTypes(text: string): Promise<string | undefined>
  /**
   * Writes the report of a build down, where `lastReport` finds it. Answers why that was not possible, as a store that
   * cannot be written must not fail a build that wrote nothing else.
   */
  keepReport(report: Report): Promise<string | undefined>
  /** A report as one HTML page with its pictures; encodes small ones, buys nothing. */
  gallery(report: Report, prompts: Prompts): Promise<string>
  /** Where that page goes unless somebody says where. */
  readonly galleryFile: string
  /** Writes it there. Answers why that was not possible, like `keepReport`. */
  keepGallery(page: string): Promise<string | undefined>
  /**
   * Lays drafts of a picture out as a page and as a PNG, below `drafts/`; encodes small pictures, buys nothing. Answers
   * nothing where none of the drafts is stored.
   * @param report That of a build of these drafts alone.
   */
  keepContactSheet(report: Report, choice: DraftChoice): Promise<KeptSheet | undefined>
  /** Answers nothing where no build left a report that this version understands. */
  lastReport(): Report | undefined
}

/** The paths of a contact sheet, or why it was not written. */
export type KeptSheet =
  | { readonly html: string; readonly png: string }
  | { readonly trouble: string }

const reportName = 'report.json'
const galleryName = 'report.html'

/** The documents beside the store in a folder. */
export function localDocuments(folder: string, sources: GallerySources): LocalDocuments {
  return {
    keepTypes: (text) => keep(folder, 'types.d.ts', text),
    keepReport: (report) => keep(folder, reportName, reportJson(report)),
    gallery: (report, prompts) => reportGallery(report, prompts, sources),
    galleryFile: join(folder, galleryName),
    keepGallery: (page) => keep(folder, galleryName, page),
    keepContactSheet: async (report, choice) => {
      const sheet = await contactSheet(report, choice, sources)
      if (sheet === undefined) return undefined
      const html = `drafts/${sheet.stem}.html`
      const png = `drafts/${sheet.stem}.png`
      const trouble = (await keep(folder, html, sheet.html)) ?? (await keep(folder, png, sheet.png))
      return trouble !== undefined
        ? { trouble }
        : { html: join(folder, html), png: join(folder, png) }
    },
    lastReport: () => readReport(join(folder, reportName)),
  }
}

async function keep(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string | undefined> {
  try {
    await writeLocalFile(folder, name, content)
    return undefined
  } catch (cause) {
    return `\`${join(folder, name)}\` was not written: ${reasonOf(cause)}`
  }
}
