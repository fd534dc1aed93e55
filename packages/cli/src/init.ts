import { join } from 'node:path'
import type { Request } from './args.ts'
import { type Io, projectOf } from './io.ts'

/** Writes what git must know of the store. */
export async function init(request: Request, io: Io): Promise<number> {
  const { upkeep, storeFolder } = await projectOf(request, io)
  const changed = await upkeep.initialise({ usesLfs: request.usesLfs })
  const files = changed.map((name) => join(storeFolder, name))
  if (request.isJson) io.stdout(`${JSON.stringify({ changed: files }, undefined, 2)}\n`)
  else io.stdout(textOf(files, request.usesLfs))
  return 0
}

function textOf(files: readonly string[], usesLfs: boolean): string {
  const lines = [
    ...files.map((file) => `wrote ${file}; commit it`),
    ...(files.length === 0 ? ['all is there already'] : []),
    ...(usesLfs && files.length > 0
      ? ['originals that are committed already move by `git add --renormalize` and a commit']
      : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
