import type { CollectOptions, Collection } from '../../packages/core/src/upkeep/gc/collection.ts'
import { type Bought, type GitProject, directiveOf, makeGitProject } from './git-project.ts'

/** Deletes what is old and nobody names. */
export const thorough: CollectOptions = {
  isDeleting: true,
  graceDays: 14,
  despite: [],
  takesQuarantine: false,
}

/** Collects what is garbage in a project's store. */
export async function collect(
  project: GitProject,
  options: Partial<CollectOptions> = {},
): Promise<Collection> {
  const { upkeep } = await project.open()
  return upkeep.collect({ ...thorough, ...options })
}

/** Whether a picture's entry and its bytes are there. */
export function isWhole(project: GitProject, { entryFile, originalFile }: Bought): boolean {
  return project.has(entryFile) && project.has(originalFile)
}

/** Whether neither its entry nor its bytes are there. */
export function isGone(project: GitProject, { entryFile, originalFile }: Bought): boolean {
  return !project.has(entryFile) && !project.has(originalFile)
}

/** A project whose only page names one picture, and that was bought another one, too. */
export async function twoPictures(
  below?: string,
): Promise<GitProject & { readonly named: Bought; readonly other: Bought }> {
  const project = makeGitProject({ 'post.md': directiveOf('a fox') }, below)
  const named = await project.buy('a fox')
  const other = await project.buy('an owl')
  return { ...project, named, other }
}
