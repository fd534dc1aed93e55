import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../../packages', import.meta.url))

/** Packs packages as their users get them: each becomes `<folder of the package>.tgz`. */
export function packInto(folder: string, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of names) {
    // What is packed is what was built and checked: the hooks that build it anew are left out.
    const out = ['--config.ignore-scripts=true', '--out', join(folder, `${name}.tgz`)]
    execFileSync('pnpm', ['pack', ...out], { cwd: join(packages, name), stdio: 'pipe' })
  }
}

/** Which of our packages a `package.json` of a host installs from `tarballs/`. */
export function tarballsIn(packageJson: string): readonly string[] {
  return [...packageJson.matchAll(/file:\.?\/?tarballs\/([\w-]+)\.tgz/g)].map(
    ([, name = '']) => name,
  )
}
