import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ignoreLocalFiles } from './git-files.ts'
import { here } from './platform.ts'

/** Writes a file beside the store that git ignores, unless it says the same already; readers see the last whole one. */
export async function writeLocalFile(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<void> {
  const path = join(folder, name)
  const current = await readFile(path).catch(() => undefined)
  if (current?.equals(Buffer.from(content)) === true) return
  await ignoreLocalFiles(folder)
  await mkdir(join(folder, 'tmp'), { recursive: true })
  await mkdir(dirname(path), { recursive: true })
  const draft = join(folder, 'tmp', randomUUID())
  await writeFile(draft, content)
  await here.rename(draft, path)
}
