import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Variant } from './optimise/picture.ts'
import { hashedNameOf } from './render/file-stem.ts'
import type { Gallery } from './render/gallery.ts'
import type { Publish } from './render/rewrite.ts'

/** Where files of pictures are written, and where pages find them. */
export interface PictureFolder {
  /** Path of the folder, relative to the working directory. */
  readonly dir: string
  /** URL with a final slash, such as `/pictures/`, or an absolute one for feeds and mail. */
  readonly base: string
}

/** Writes the files of pictures into a folder, under names that change with their content, and answers their URLs. */
export function writeInto({ dir, base }: PictureFolder): (gallery: Gallery) => Publish {
  return (gallery) => async (shown, files) => {
    const nameOf = (variant: Variant): string => hashedNameOf(shown, variant)
    await mkdir(dir, { recursive: true })
    for (const variant of files) {
      const path = join(dir, nameOf(variant))
      if (existsSync(path)) continue
      // Files of a site are compiled side by side, and show the same pictures.
      const draft = `${path}.${randomUUID()}.tmp`
      try {
        await writeFile(draft, await gallery.bytesOf(shown.picture, variant))
        await rename(draft, path)
      } finally {
        await rm(draft, { force: true })
      }
    }
    return (variant) => base + nameOf(variant)
  }
}
