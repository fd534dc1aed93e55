import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { ImpromptError, reasonOf } from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { printReport, promptsFor } from './print.ts'

/** Prints the report that the last build left, or writes it as a page. */
export async function report(request: Request, io: Io): Promise<number> {
  const project = await projectOf(request, io)
  const { pipeline } = project
  const last = project.lastReport()
  if (last === undefined)
    throw new ImpromptError(
      'REPORT_NOT_FOUND',
      `No report in \`${project.storeFolder}\`; build the site or run \`imprompt generate\` first`,
    )
  const { html } = request
  if (html === undefined) {
    printReport({ report: last }, pipeline, request, io)
    return 0
  }
  const page = await project.gallery(last, promptsFor(request, pipeline))
  const path = html === '' ? project.galleryFile : resolve(io.cwd, html)
  const trouble = html === '' ? await project.keepGallery(page) : await write(path, page)
  if (trouble !== undefined) throw new ImpromptError('REPORT_NOT_WRITTEN', trouble)
  if (request.isJson || request.isMarkdown) printReport({ report: last }, pipeline, request, io)
  else io.stdout(`wrote ${relative(io.cwd, path)}\n`)
  return 0
}

async function write(path: string, page: string): Promise<string | undefined> {
  try {
    await writeFile(path, page)
    return undefined
  } catch (cause) {
    const folder = dirname(path)
    if (!existsSync(folder))
      return `\`${path}\` was not written, as there is no folder \`${folder}\`; make it, or name another file`
    return `\`${path}\` was not written: ${reasonOf(cause)}`
  }
}
