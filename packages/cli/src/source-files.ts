import { randomUUID } from 'node:crypto'
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { ImpromptError, reasonOf } from '@imprompt/core'

/** A file of an author's, before and after a change. */
export interface Change {
  readonly path: string
  readonly source: string
  readonly changed: string
}

/**
 * Writes a change down; answers whether it did. A file that is no UTF-8, or that has changed since it was read, would lose
 * what was not read, and is left alone.
 * @throws `SOURCE_NOT_WRITABLE`; the file is as it was
 */
export async function writeChange({ path, source, changed }: Change): Promise<boolean> {
  if (!Buffer.from(source).equals(await readFile(path))) return false
  await replaceFile(path, changed)
  return true
}

/** Readers see the whole file, old or new; a kill in between loses nothing. */
async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path)
  const draft = `${target}.${randomUUID()}.tmp`
  const { mode } = await stat(target)
  try {
    await writeFile(draft, text, { mode, flush: true })
    await rename(draft, target)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new ImpromptError(
      'SOURCE_NOT_WRITABLE',
      `\`${path}\` cannot be written: ${reasonOf(cause)}; it is as it was. Let this user write to its folder, or change the file by hand`,
      { cause },
    )
  }
}
