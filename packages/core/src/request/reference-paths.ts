import { posix } from 'node:path'
import type { Directive } from '../directive/directive.ts'
import type { FoundFile, ReferenceFiles } from '../ports.ts'
import { readAttributes, readList } from './attributes.ts'

/** The files that directives name, by their paths from the root. */
export type NamedFiles = ReadonlyMap<string, FoundFile>

/**
 * The path from the root, with forward slashes, of what a directive of a file names: relative to that file, or from the
 * root where it begins with a slash. Answers nothing for one that leaves the root.
 */
export function pathFromRoot(path: string, file: string): string | undefined {
  const folder = path.startsWith('/') ? '.' : posix.dirname(file)
  const whole = posix.join(folder, path).replace(/^\/+/, '')
  return whole === '..' || whole.startsWith('../') ? undefined : whole
}

/** The same path as it would be written from the root. */
export function fromRoot(path: string): string {
  return `/${path.replace(/^(?:\.{0,2}\/)+/, '')}`
}

/** What a path may have been before a formatter took part of it for emphasis. */
export function beforeFormatters(path: string): readonly string[] {
  const spellings = [path.replaceAll('*', '_'), path.replaceAll('_', '*')]
  return spellings.filter((one) => one !== path)
}

/** Looks up every file that directives name, each once; where one is absent, also what may be meant by it. */
export async function filesNamedIn(
  directives: readonly Directive[],
  files: ReferenceFiles,
): Promise<NamedFiles> {
  const found = new Map<string, FoundFile>()
  const isThere = async (path: string, file: string): Promise<boolean> => {
    const whole = pathFromRoot(path, file)
    if (whole === undefined) return true
    const known = found.get(whole) ?? (await files.find(whole))
    found.set(whole, known)
    return known.kind !== 'absent'
  }
  for (const directive of directives) {
    const { file } = directive.place
    for (const path of namedIn(directive)) {
      if (await isThere(path, file)) continue
      for (const other of [...beforeFormatters(path), fromRoot(path)]) await isThere(other, file)
    }
  }
  return found
}

function namedIn(directive: Directive): readonly string[] {
  const isNaming = directive.attributes.some(({ name }) => name === 'ref' || name === 'mask')
  if (!isNaming) return []
  const { texts } = readAttributes(directive)
  return [...readList(texts.get('ref') ?? ''), ...readList(texts.get('mask') ?? '')]
}
