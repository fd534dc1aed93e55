import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const folders = ['core', 'remark', 'vite', 'markdown-it', 'astro', 'cli'] as const

let tarballs: string
beforeAll(() => {
  tarballs = mkdtempSync(join(tmpdir(), 'imprompt-packed-'))
})
afterAll(() => rmSync(tarballs, { recursive: true, force: true }))

const bin = (name: string): string => join(repository, 'node_modules/.bin', name)

function pack(folder: string): string {
  const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(
    readFileSync(join(repository, 'packages', folder, 'package.json'), 'utf8'),
  )
  const tarball = join(tarballs, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  // What is packed is what was built and checked: the hooks that build it anew are left out.
  execFileSync('pnpm', ['pack', '--config.ignore-scripts=true', '--out', tarball], {
    cwd: join(repository, 'packages', folder),
    stdio: 'pipe',
  })
  return tarball
}

describe.for(folders)('the package of packages/%s', (folder) => {
  test('holds what it says, in the form that its users can import', () => {
    const tarball = pack(folder)
    const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).split('\n')
    expect(files).toContain('package/package.json')
    expect(files.some((file) => file.startsWith('package/dist/'))).toBe(true)
    expect(files.filter((file) => /\.tsbuildinfo$|\/test\/|\.env/.test(file))).toEqual([])
    execFileSync(bin('publint'), ['run', tarball, '--strict', '--pack', 'false'], { stdio: 'pipe' })
    if (folder === 'cli') return
    execFileSync(bin('attw'), [tarball, '--profile', 'esm-only'], { stdio: 'pipe' })
  })
})
