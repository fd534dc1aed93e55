import { join } from 'node:path'
import { environmentLayers } from '../../config/load.ts'
import { ignoredOf } from '../git/ignored.ts'
import { surroundingsOf } from '../git/repository.ts'
import type { Ailment } from './ailment.ts'
import type { Ground } from '../ground.ts'

const modes = ['production', 'development']

/** Files of the project's environment that hold a key and that git would take, or took. */
export async function openKeyFiles({
  root,
  settings,
  environment,
}: Pick<Ground, 'root' | 'settings' | 'environment'>): Promise<readonly Ailment[]> {
  const credentials = [...settings.providers.values(), ...settings.remotes].flatMap(
    (one) => one.credentials ?? [],
  )
  const keys = new Map<string, string>()
  for (const { name, set } of modes.flatMap((mode) => environmentLayers(root, mode))) {
    const key = credentials.find((one) => (set[one] ?? '') !== '')
    if (key !== undefined) keys.set(name, key)
  }
  if (keys.size === 0) return []
  // The store may stand in another repository than the project.
  const around = await surroundingsOf(root, environment)
  if (around.kind !== 'repository') return []
  const ignored = await ignoredOf([...keys.keys()], around.repository, 'untracked-only')
  return [...keys]
    .filter(([name]) => !ignored.has(name))
    .map(([name, key]) => ({
      code: 'key-not-ignored',
      severity: 'warning',
      path: join(root, name),
      message: `it holds \`${key}\`, and git does not ignore it, so that the key may be committed`,
      remedy: `add \`${name}\` to \`.gitignore\` of the project; where it was committed already, \`git rm --cached\` it, and revoke the key`,
    }))
}
