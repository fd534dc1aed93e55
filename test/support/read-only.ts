import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'

/** Lets nobody write below a folder until it is disposed of; root, whom modes do not stop, by a mount. */
export function readOnly(folder: string): Disposable {
  const isRoot = process.getuid?.() === 0
  if (!isRoot) {
    chmodSync(folder, 0o555)
    return { [Symbol.dispose]: () => chmodSync(folder, 0o755) }
  }
  execFileSync('mount', ['--bind', folder, folder])
  execFileSync('mount', ['-o', 'remount,ro,bind', folder])
  return { [Symbol.dispose]: () => execFileSync('umount', [folder]) }
}

/** Why a folder cannot be made read-only here; nothing where it can. */
export function readOnlyHindrance(): string | undefined {
  if (process.platform === 'win32') return 'Windows has no such modes; run this on Linux or macOS'
  if (process.getuid?.() !== 0) return undefined
  try {
    execFileSync('unshare', ['--mount', 'mount', '--bind', '/tmp', '/tmp'], { stdio: 'pipe' })
    return undefined
  } catch {
    return 'root may not mount here; run this as another user'
  }
}
