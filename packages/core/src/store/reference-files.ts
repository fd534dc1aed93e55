import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import sharp from 'sharp'
import { sha256Of } from '../key/key.ts'
import { formatOf, oversize } from '../picture-format.ts'
import type { FoundFile, InputImage, ReferenceFiles, Sha256 } from '../ports.ts'
import { systemCodeOf } from './system-code.ts'

/** The picture files below a project's root. */
export function fsReferenceFiles(root: string): ReferenceFiles {
  const paths = new Map<Sha256, string>()
  return {
    find: async (path) => {
      const found = await findFile(root, path)
      if (found.kind === 'picture') paths.set(found.sha256, path)
      return found
    },
    read: async (hash) => {
      const path = paths.get(hash)
      const found = path === undefined ? undefined : await readAgain(root, path)
      return found !== undefined && sha256Of(found.bytes) === hash ? found : undefined
    },
  }
}

async function findFile(root: string, path: string): Promise<FoundFile> {
  try {
    const picture = await readPicture(root, path)
    if ('reason' in picture) return { kind: 'unsuitable', reason: picture.reason }
    const { bytes, format } = picture
    const { width, height, hasAlpha } = await sharp(bytes).metadata()
    return {
      kind: 'picture',
      sha256: sha256Of(bytes),
      format,
      width,
      height,
      hasAlpha,
      bytes: bytes.length,
    }
  } catch (cause) {
    return systemCodeOf(cause) === 'ENOENT'
      ? { kind: 'absent' }
      : { kind: 'unsuitable', reason: 'it cannot be read as a picture' }
  }
}

/** A file that is gone meanwhile, or closed to us, is changed. */
async function readAgain(root: string, path: string): Promise<InputImage | undefined> {
  const picture = await readPicture(root, path).catch(() => undefined)
  return picture === undefined || 'reason' in picture ? undefined : picture
}

/** Answers why a file goes along with no request; one that stands outside the root, also by a link, is not opened. */
async function readPicture(
  root: string,
  path: string,
): Promise<InputImage | { readonly reason: string }> {
  const real = await realpath(join(root, path))
  const below = relative(await realpath(root), real)
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below))
    return { reason: 'it stands outside of the project' }
  // A pipe would be waited for until somebody writes to it.
  const found = await stat(real)
  if (!found.isFile()) return { reason: 'it is no file' }
  const reason = oversize(found.size)
  if (reason !== undefined) return { reason }
  const bytes = await readFile(real)
  const format = formatOf(bytes)
  return format === undefined || format === 'gif'
    ? { reason: 'it is no PNG, JPEG or WebP' }
    : { bytes, format }
}
