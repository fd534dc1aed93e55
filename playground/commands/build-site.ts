import { openProject, reportText } from '@imprompt/core'
import { build } from 'vite'
import { root } from './root.ts'

/** Builds the site, and tells what became of its pictures instead of naming some two hundred files. */
export async function buildSite(): Promise<void> {
  await build({ root, logLevel: 'warn' })
  const { lastReport } = await openProject({ folder: root, environment: process.env })
  const report = lastReport()
  if (report !== undefined) console.log(`\n${reportText(report)}\n`)
}
