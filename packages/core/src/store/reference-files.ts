import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import sharp from 'sharp'
import { sha256Of } from '../key/key.ts'
import { formatOf } from '../picture-format.ts'
import type { FoundFile, InputImage, ReferenceFiles, Sha256 } from '../ports.ts'

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
    if (picture === undefined) return { kind: 'unsuitable', reason: 'it is no PNG, JPEG or WebP' }
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
    return isAbsence(cause)
      ? { kind: 'absent' }
      : { kind: 'unsuitable', reason: 'it cannot be read as a picture' }
  }
}

/** A file that is gone meanwhile, or closed to us, is changed. */
function readAgain(root: string, path: string): Promise<InputImage | undefined> {
  return readPicture(root, path).catch(() => undefined)
}

/** Nothing for a file of another kind, and for one that stands outside the root, also by a link. */
async function readPicture(root: string, path: string): Promise<InputImage | undefined> {
  const real = await realpath(join(root, path))
  const below = relative(await realpath(root), real)
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return undefined
  const bytes = await readFile(real)
  const format = formatOf(bytes)
  return format === undefined || format === 'gif' ? undefined : { bytes, format }
}

function isAbsence(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
