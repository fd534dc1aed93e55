import { randomUUID } from 'node:crypto'
import { rm, statfs, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf } from '../error.ts'
import { bytesInWords } from '../wording.ts'
import { closedFolderIn } from './closed-folder.ts'
import { ignoreLocalFiles } from './git-files.ts'
import { writeDurably } from './write-durably.ts'

/** Files and folders that one purchase makes, at most. */
const namesOfPurchase = 16

/** Those of the largest picture of any model, as pixels. */
const maxPictureBytes = 3840 * 2160 * 4

/**
 * Why so many bytes cannot be written durably into a store, if so.
 * @param drafts The folder that drafts are written into.
 */
export async function writeObstacleOf(
  folder: string,
  drafts: string,
  bytes: number,
): Promise<string | undefined> {
  const probe = join(drafts, `probe-${randomUUID()}`)
  try {
    await writeDurably(probe, Buffer.from('imprompt'), drafts)
    // Takes no room, and finds out what a process may write into one file.
    await truncate(probe, Math.min(bytes, maxPictureBytes))
    await rm(probe)
    await ignoreLocalFiles(folder)
    const closed = closedFolderIn(folder)
    if (closed !== undefined) return closed
    const { bavail, bsize, files, ffree } = await statfs(folder)
    // A file system that makes room for names as it goes counts none.
    if (files > 0 && ffree < namesOfPurchase)
      return `\`${folder}\` has room for ${ffree} more files`
    const freeBytes = bavail * bsize
    if (freeBytes >= bytes) return undefined
    return `\`${folder}\` has ${bytesInWords(freeBytes)} left, and the new pictures may need ${bytesInWords(bytes)}`
  } catch (cause) {
    return `the store cannot be written: \`${folder}\`: ${reasonOf(cause)}`
  }
}
