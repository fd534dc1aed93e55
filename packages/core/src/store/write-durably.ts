import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { platform } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Writes a file so that readers see the whole of it or nothing, also after a power cut: draft, fsync, rename,
 * fsync of the folder. The draft stands in `drafts`, on the same file system.
 * @throws what the file system throws; the target is then as it was.
 */
export async function writeDurably(path: string, bytes: Uint8Array, drafts: string): Promise<void> {
  await Promise.all([makeFolder(dirname(path)), makeFolder(drafts)])
  const draft = join(drafts, randomUUID())
  try {
    await writeAndSync(draft, bytes)
    await rename(draft, path)
    await syncFolder(dirname(path))
  } finally {
    await rm(draft, { force: true })
  }
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A folder that did not exist is durable only once its parent is, and that once its own parent is. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made))
    await syncFolder(dirname(made))
}

/** Windows cannot open a folder; its file systems order the rename themselves. */
async function syncFolder(path: string): Promise<void> {
  if (platform() === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
