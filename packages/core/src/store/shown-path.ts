import { homedir } from 'node:os'
import { dirname, isAbsolute, relative, sep } from 'node:path'

/**
 * A path as messages tell it, which others may read: from the folder that the store stands in, from the home of whoever runs
 * this (`~`), or whole, where it lies elsewhere.
 */
export function shownPath(path: string, storeFolder: string): string {
  const inProject = below(dirname(storeFolder), path)
  if (inProject !== undefined) return inProject
  const atHome = below(homedir(), path)
  return atHome === undefined ? path : `~/${atHome}`
}

function below(folder: string, path: string): string | undefined {
  const rest = relative(folder, path)
  const isBelow = rest !== '' && !isAbsolute(rest) && rest.split(sep)[0] !== '..'
  return isBelow ? rest.split(sep).join('/') : undefined
}
