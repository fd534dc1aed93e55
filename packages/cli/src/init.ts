import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { ImpromptError, reasonOf } from '@imprompt/core'
import type { Request } from './args.ts'
import { hostInWords } from './init/host.ts'
import { type Preparation, prepare } from './init/preparation.ts'
import { preparationText } from './init/preparation-text.ts'
import type { FileChange, Step } from './init/step.ts'
import type { Io } from './io.ts'
import { writeChange } from './source-files.ts'

type Write = Extract<Step, { readonly kind: 'write' }>

/**
 * Shows what makes a project ready for pictures, and writes it where `--yes` or a person at the terminal says so. Ends with
 * 2 where nobody could be asked.
 */
export async function init(request: Request, io: Io): Promise<number> {
  const preparation = await prepare(request, io)
  const writes = preparation.steps.filter((step): step is Write => step.kind === 'write')
  if (!request.isJson) io.stdout(preparationText(preparation, io.cwd))
  const isWriting = writes.length > 0 && (await isWanted(writes, request, io))
  if (isWriting) await writeAll(writes, preparation, request)
  if (request.isJson) io.stdout(jsonOf(preparation, isWriting))
  else io.stdout(outcomeOf(preparation, isWriting ? writes : [], request, io))
  const isAnswered = request.isDryRun || (io.confirm !== undefined && !request.isJson)
  if (isWriting || writes.length === 0 || isAnswered) return 0
  io.stderr('Nobody can be asked here: `imprompt init --yes` writes what is listed\n')
  return 2
}

async function isWanted(
  { length }: readonly Write[],
  { isDryRun, isSure, isJson }: Request,
  { confirm }: Io,
): Promise<boolean> {
  if (isDryRun) return false
  if (isSure) return true
  const files = length === 1 ? 'this file' : `these ${length} files`
  return !isJson && confirm !== undefined && (await confirm(`Write ${files}?`))
}

async function writeAll(
  writes: readonly Write[],
  { project }: Preparation,
  { usesLfs }: Request,
): Promise<void> {
  const ofStore = project?.storeFolder
  for (const { path, change } of writes) {
    if (dirname(path) === ofStore) continue
    const { before, after } = change
    if (before === undefined) await create(path, after)
    else if (!(await writeChange({ path, source: before, changed: after })))
      throw new ImpromptError(
        'USAGE',
        `\`${path}\` changed meanwhile; it is as it was. Run this again`,
      )
  }
  await project?.upkeep.initialise({ usesLfs })
}

async function create(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx', flush: true })
  } catch (cause) {
    throw new ImpromptError(
      'SOURCE_NOT_WRITABLE',
      `\`${path}\` cannot be written: ${reasonOf(cause)}. Let this user write to its folder, or write the file by hand`,
      { cause },
    )
  }
}

function outcomeOf(
  preparation: Preparation,
  written: readonly Write[],
  { usesLfs, isDryRun }: Request,
  { cwd }: Io,
): string {
  const { steps, left } = preparation
  const isOpen = steps.some(({ kind }) => kind === 'write') && written.length === 0
  const todo = left.length === 0 || (isOpen && !isDryRun) ? [] : ['', ...leftLines(left)]
  if (isOpen) {
    const hint = isDryRun ? '; `imprompt init --yes` does it' : ''
    return textOf([...todo, '', `nothing was written${hint}`])
  }
  const renormalise =
    'originals that are committed already move by `git add --renormalize` and a commit'
  const done = written.map(({ path }) => `wrote ${relative(cwd, path)}; commit it`)
  return textOf([
    '',
    ...(done.length === 0 ? [thereText(steps)] : done),
    ...(usesLfs && done.length > 0 ? [renormalise] : []),
    ...todo,
  ])
}

function thereText(steps: readonly Step[]): string {
  const isLeft = steps.some(({ kind }) => kind === 'by-hand')
  return isLeft ? 'all that can be written is there already' : 'all is there already'
}

function leftLines(left: readonly string[]): readonly string[] {
  return ['left to do, in this order', ...left.map((one, at) => `  ${at + 1}. ${one}`)]
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

function jsonOf({ host, facts, steps, install, left }: Preparation, isWritten: boolean): string {
  const { folder, packageManager, workspace } = facts
  const all = {
    ...(host !== undefined && { host: { id: host.id, name: hostInWords(host, facts) } }),
    folder,
    packageManager,
    ...(workspace !== undefined && { workspace }),
    steps: steps.map((step) =>
      step.kind === 'write' ? { kind: step.kind, path: step.path, ...textsOf(step) } : step,
    ),
    ...(install !== undefined && { install }),
    left,
    changed: isWritten ? steps.flatMap((one) => (one.kind === 'write' ? [one.path] : [])) : [],
  }
  return `${JSON.stringify(all, undefined, 2)}\n`
}

function textsOf({ change: { before, after } }: Write): FileChange {
  return { before, after }
}
