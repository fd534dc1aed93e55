import { join } from 'node:path'
import {
  type Diagnostic,
  type Pipeline,
  applyFixes,
  diagnosticText,
  diagnosticsOf,
  reportOfProblems,
} from '@imprompt/core'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'
import { annotate, printReport } from './print.ts'
import { writeChange } from './source-files.ts'

/** Tells every problem and doubt of the project's prompts, after mending what is safe where that is asked for. */
export async function lint(request: Request, io: Io): Promise<number> {
  const { pipeline } = await projectOf(request, io)
  if (request.fixes) await fixAll(pipeline, io)
  const { problems, sources, files } = await pipeline.scan()
  const diagnostics = diagnosticsOf(problems, sources)
  const report = reportOfProblems(diagnostics, { globs: pipeline.settings.content, files })
  if (request.isJson) printReport({ report }, pipeline, request, io)
  else io.stdout(lintText(diagnostics, files))
  annotate(report, pipeline.root, io)
  return diagnostics.some(({ severity }) => severity === 'error') ? 2 : 0
}

/** A fix may lay open another one, such as that of a value whose name was wrong. */
const maxRounds = 5

async function fixAll(pipeline: Pipeline, io: Io): Promise<void> {
  for (let round = 0; round < maxRounds; round += 1) {
    const { problems, sources } = await pipeline.scan()
    const fixes = problems.flatMap(({ fix }) => fix ?? [])
    const changes = [...Map.groupBy(fixes, ({ place }) => place.file)].map(([file, own]) => {
      const source = sources.get(file) ?? ''
      return { file, source, fixed: applyFixes(source, own) }
    })
    const real = changes.filter(({ source, fixed }) => source !== fixed)
    if (real.length === 0) return
    for (const change of real) await write(change, pipeline.root, io)
  }
}

interface Change {
  readonly file: string
  readonly source: string
  readonly fixed: string
}

async function write({ file, source, fixed }: Change, root: string, io: Io): Promise<void> {
  const isWritten = await writeChange({ path: join(root, file), source, changed: fixed })
  io.stderr(
    isWritten
      ? `mended ${file}\n`
      : `left ${file} alone: its bytes are not the text that was read\n`,
  )
}

function lintText(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const fixable = diagnostics.filter(({ isFixable }) => isFixable === true).length
  return [
    ...diagnostics.map(diagnosticText),
    `${counted(errors, 'problem')} and ${counted(diagnostics.length - errors, 'warning')} in ${counted(files, 'file')}`,
    ...(fixable === 0 ? [] : [`\`imprompt lint --fix\` mends ${fixable} of them`]),
    '',
  ].join('\n')
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
