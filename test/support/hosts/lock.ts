import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packInto, tarballsIn } from './tarballs.ts'

const hosts = fileURLToPath(new URL('../../hosts', import.meta.url))

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Writes the lock file of a host's project anew, which is due when its or our dependencies change. */
function lock(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'imprompt-lock-'))
  const file = join(folder, 'package-lock.json')
  cpSync(join(hosts, name, 'package.json'), join(folder, 'package.json'))
  packInto(join(folder, 'tarballs'), tarballsIn(readFileSync(join(folder, 'package.json'), 'utf8')))
  execFileSync(
    'npm',
    ['install', '--package-lock-only', '--omit-lockfile-registry-resolved', '--no-audit'],
    { cwd: folder, stdio: 'inherit' },
  )
  const read: Lock = JSON.parse(readFileSync(file, 'utf8'))
  // Our tarballs are packed anew for each test, and differ each time.
  const packages = Object.entries(read.packages).map(([path, one]) =>
    String(one['resolved']).startsWith('file:tarballs/')
      ? [path, { ...one, integrity: undefined }]
      : [path, one],
  )
  const locked = { ...read, packages: Object.fromEntries(packages) }
  writeFileSync(join(hosts, name, 'package-lock.json'), `${JSON.stringify(locked, undefined, 2)}\n`)
  rmSync(folder, { recursive: true })
}

const asked = process.argv.slice(2)
const all = readdirSync(hosts, { withFileTypes: true }).filter((one) => one.isDirectory())
for (const name of asked.length > 0 ? asked : all.map((one) => one.name)) lock(name)
