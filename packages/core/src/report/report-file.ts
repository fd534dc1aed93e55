import { readFileSync } from 'node:fs'
import type { Report } from './report.ts'
import { reportSchema } from './schema.ts'

/** Reads the last report; answers nothing where there is none that this version understands. */
export function readReport(path: string): Report | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** A report as JSON text with a final line feed. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
