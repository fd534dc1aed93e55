import { join } from 'node:path'
import type { Checkup } from '../../packages/core/src/upkeep/doctor/ailment.ts'
import { type Bought, type GitProject, directiveOf, makeGitProject } from './git-project.ts'

/** Looks a project's store over. */
export async function look(project: GitProject, isFixing = false): Promise<Checkup> {
  const { upkeep } = await project.open()
  return upkeep.checkUp({ isFixing })
}

/** The codes of what was found, in order. */
export function codesIn({ ailments }: Checkup): readonly string[] {
  return [...new Set(ailments.map(({ code }) => code))].toSorted()
}

/** A project whose store is looked over. */
export interface Patient extends GitProject {
  readonly bought: Bought
  /** Absolute path of a file of the project. */
  path(name: string): string
}

/** A project with a picture that was bought, committed with all that the tool writes. */
export async function healthy(below?: string): Promise<Patient> {
  const project = makeGitProject({ 'post.md': directiveOf('a fox') }, below)
  const bought = await project.buy('a fox')
  project.commit()
  return { ...project, bought, path: (name: string) => join(project.root, name) }
}
