import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Gallery,
  type Shown,
  type Variant,
  extensionOf,
  fileStemOf,
  variantsOf,
} from '@imprompt/core'
import type { Options } from './options.ts'

/** Writes the files of pictures into a folder, under names that change with their content, and answers their URLs. */
export function writeInto(
  assets: Options['assets'],
): (gallery: Gallery, shown: Shown) => Promise<(variant: Variant) => string> {
  return async (gallery, shown) => {
    const stem = fileStemOf(shown)
    const nameOf = (variant: Variant): string =>
      `${stem}-${variant.width}-${variant.id.slice(0, 10)}.${extensionOf(variant.format)}`
    await mkdir(assets.dir, { recursive: true })
    for (const variant of variantsOf(shown.picture)) {
      const path = join(assets.dir, nameOf(variant))
      if (existsSync(path)) continue
      // Files of a site are compiled side by side, and show the same pictures.
      const draft = `${path}.${randomUUID()}.tmp`
      await writeFile(draft, await gallery.bytesOf(shown.picture, variant))
      await rename(draft, path)
    }
    return (variant) => assets.base + nameOf(variant)
  }
}
