import { join } from 'node:path'
import { environmentLayers } from '../../config/load.ts'
import { credentialsOf } from '../../config/settings.ts'
import { ignoredOf } from '../git/ignored.ts'
import { type Repository, fieldsOf, surroundingsOf } from '../git/repository.ts'
import type { Ailment } from './ailment.ts'
import type { Ground } from '../ground.ts'

const modes = ['production', 'development']

/** Files of the project's environment that hold a key and that git would take, or took. */
export async function openKeyFiles({
  root,
  settings,
  environment,
}: Pick<Ground, 'root' | 'settings' | 'environment'>): Promise<readonly Ailment[]> {
  const credentials = credentialsOf(settings)
  const keys = new Map<string, string>()
  for (const { name, set } of modes.flatMap((mode) => environmentLayers(root, mode))) {
    const key = credentials.find((one) => (set[one] ?? '') !== '')
    if (key !== undefined) keys.set(name, key)
  }
  if (keys.size === 0) return []
  // The store may stand in another repository than the project.
  const around = await surroundingsOf(root, environment)
  if (around.kind !== 'repository') return []
  const names = [...keys.keys()]
  const ignored = await ignoredOf(names, around.repository, 'untracked-only')
  const tracked = await trackedOf(names, around.repository)
  return [...keys]
    .filter(([name]) => !ignored.has(name))
    .map(([name, key]) => ({
      severity: 'warning',
      path: join(root, name),
      ...(tracked.has(name) ? trackedKey(name, key) : openKey(name, key)),
    }))
}

async function trackedOf(
  names: readonly string[],
  { git, prefix }: Repository,
): Promise<ReadonlySet<string>> {
  const paths = names.map((name) => prefix + name)
  const found = await fieldsOf(git(['ls-files', '-z', '--full-name', '--', ...paths]))
  return new Set(found.map((path) => path.slice(prefix.length)))
}

type Finding = Pick<Ailment, 'code' | 'message' | 'remedy'>

function openKey(name: string, key: string): Finding {
  return {
    code: 'key-not-ignored',
    message: `it holds \`${key}\`, and git does not ignore it, so that the key may be committed`,
    remedy: `add \`${name}\` to \`.gitignore\` of the project`,
  }
}

/** No rule has git ignore what it tracks. */
function trackedKey(name: string, key: string): Finding {
  return {
    code: 'key-tracked',
    message: `it holds \`${key}\`, and git tracks it, so that the key is committed already or with the next commit`,
    remedy: `\`git rm --cached\` it, have \`.gitignore\` of the project name \`${name}\`, and revoke the key where it was committed`,
  }
}
