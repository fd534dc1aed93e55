import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Mounts a file system in memory on a folder until it is disposed of. */
export function memoryDisk(folder: string, options: string): Disposable {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  return { [Symbol.dispose]: () => execFileSync('umount', ['-l', folder]) }
}

/** Why nothing can be mounted here; nothing where it can. */
export function mountHindrance(): string | undefined {
  const command = ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp']
  const isAllowed = process.getuid?.() === 0 && spawnSync('unshare', command).status === 0
  return isAllowed ? undefined : 'small disks need root and the right to mount; run this as root'
}
