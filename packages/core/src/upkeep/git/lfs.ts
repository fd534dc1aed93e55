import { ifAny } from './repository.ts'
import type { Git } from './run-git.ts'

/** Whether git hands files to Git LFS on this machine. */
export async function isLfsSetUp(git: Git): Promise<boolean> {
  return (await ifAny(git(['config', '--get', 'filter.lfs.clean']))) !== undefined
}
