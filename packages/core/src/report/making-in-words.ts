import { printable } from '../wording.ts'
import type { ReportedImage } from './report.ts'

/** How an image is made, in a few words: by which model, or from whose file. */
export function makingInWords({ adopted, model, size, quality }: ReportedImage): string {
  if (adopted !== undefined) return printable(`adopted ${adopted.file}`)
  return [model, size, quality].filter((part) => part !== undefined).join(' ')
}
