import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

/** A disk in a file. */
export interface FileDisk extends Disposable {
  /** Writes down what is on it at this moment, as a power cut would leave it. */
  snapshot(path: string): void
}

/** Mounts a new file system in a file on a folder until it is disposed of. */
export function fileDisk(file: string, folder: string): FileDisk {
  writeFileSync(file, '')
  truncateSync(file, 16 * 1024 * 1024)
  execFileSync('mkfs.ext4', ['-q', '-F', file])
  const mount = mounted(file, folder)
  return {
    snapshot: (path) => copyFileSync(file, path),
    [Symbol.dispose]: () => mount[Symbol.dispose](),
  }
}

/** Mounts the file system in a file on a folder until it is disposed of. */
export function mounted(file: string, folder: string): Disposable {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-o', 'loop', file, folder])
  return { [Symbol.dispose]: () => execFileSync('umount', ['-l', folder]) }
}

/** Why no file can be mounted here; nothing where it can. */
export function fileDiskHindrance(): string | undefined {
  const hindrance = mountHindrance()
  if (hindrance !== undefined) return hindrance
  const folder = mkdtempSync(join(tmpdir(), 'imprompt-disk-'))
  try {
    using _ = fileDisk(join(folder, 'disk'), join(folder, 'mounted'))
    return undefined
  } catch {
    return 'a power cut needs `mkfs.ext4` and loop devices; install the package `e2fsprogs`'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
