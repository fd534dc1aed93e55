import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Report } from './report.ts'
import { reportSchema } from './schema.ts'

/** Writes a report as indented JSON; readers see the last whole one. */
export async function writeReport(path: string, report: Report): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.tmp`, reportJson(report))
  await rename(`${path}.tmp`, path)
}

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
