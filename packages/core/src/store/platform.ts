import { open, rename } from 'node:fs/promises'
import { platform } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { systemCodeOf } from './system-code.ts'

/** What operating systems do each in their own way when a file is written for good. */
export interface Platform {
  /** Puts a file in the place of another one, which others may have open. */
  rename(from: string, to: string): Promise<void>
  /** Makes names of a folder outlast a power cut. */
  syncFolder(path: string): Promise<void>
}

/** What a platform is made of. */
interface System {
  readonly rename: typeof rename
  readonly wait: (ms: number) => Promise<unknown>
}

/** The platform of a name, as Node tells it. */
export function platformOf(
  name: string,
  { rename: move, wait }: System = { rename, wait: setTimeout },
): Platform {
  if (name !== 'win32') return { rename: move, syncFolder }
  return {
    rename: (from, to) => renamePatiently(() => move(from, to), wait),
    // Windows cannot open a folder; its file systems order the rename themselves.
    syncFolder: async () => {},
  }
}

/** That of this process. */
export const here: Platform = platformOf(platform())

/** What Windows says while a virus scanner or an indexer has the file open. */
const passing: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Waits 10 to 320 ms between seven tries, 630 ms in all. */
async function renamePatiently(move: () => Promise<void>, wait: System['wait']): Promise<void> {
  for (let waitMs = 10; ; waitMs *= 2) {
    try {
      return await move()
    } catch (cause) {
      if (waitMs > 320 || !passing.has(systemCodeOf(cause))) throw cause
      await wait(waitMs)
    }
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
