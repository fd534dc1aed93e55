import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Platform, here } from './platform.ts'
import { systemCodeOf } from './system-code.ts'

/**
 * Writes a file so that readers see the whole of it or nothing, also after a power cut: draft, fsync, rename,
 * fsync of the folder. The draft stands in `drafts`, on the same file system. What may pass is tried again.
 * @throws what the file system throws; the target is then as it was, or as it was to be.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  drafts: string,
  platform: Platform = here,
): Promise<void> {
  for (let waitMs = 20; ; waitMs *= 2) {
    try {
      return await writeOnce(path, bytes, drafts, platform)
    } catch (cause) {
      if (waitMs > 80 || !passing.has(systemCodeOf(cause))) throw cause
      await setTimeout(waitMs)
    }
  }
}

/**
 * A disk or a share that stumbled, a folder that was taken away in between, too many files that are open at this moment.
 * After an fsync failed nobody knows what of its file is on the disk, so that each try writes a new one.
 */
const passing: ReadonlySet<unknown> = new Set(['EIO', 'ENOENT', 'EMFILE', 'ENFILE'])

/** Takes a file away: rm, fsync of the folder. */
export async function removeDurably(path: string, platform: Platform = here): Promise<void> {
  await rm(path)
  await platform.syncFolder(dirname(path))
}

async function writeOnce(
  path: string,
  bytes: Uint8Array,
  drafts: string,
  platform: Platform,
): Promise<void> {
  await Promise.all([makeFolder(dirname(path), platform), makeFolder(drafts, platform)])
  const draft = join(drafts, randomUUID())
  try {
    await writeAndSync(draft, bytes)
    await platform.rename(draft, path)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw cause
  }
  await platform.syncFolder(dirname(path))
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    const { size } = await file.stat()
    if (size !== bytes.length) throw shortOf(bytes, size)
    await file.sync()
  } finally {
    await file.close()
  }
}

function shortOf(bytes: Uint8Array, size: number): Error {
  const message = `${size} of ${bytes.length} bytes were written, and no error was told`
  return Object.assign(new Error(message), { code: 'EIO' })
}

/**
 * Makes a folder. One that did not exist is durable only once its parent is, and that once its own parent is.
 * @param mode Of what is made. Default that of the process.
 */
export async function makeFolder(
  path: string,
  platform: Platform = here,
  mode: number = 0o777,
): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made))
    await platform.syncFolder(dirname(made))
}
