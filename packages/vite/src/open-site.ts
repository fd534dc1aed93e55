import { join } from 'node:path'
import { type OpenProject, openProject } from '@imprompt/core'
import type { Options } from './options.ts'
import { typesOf } from './virtual.ts'

/** What is built, and who wants to know of it. */
export interface Ground {
  /** Absolute path of a folder of the project. */
  readonly root: string
  /** Which `.env.MODE` files are read. */
  readonly envMode: string
  /** Absolute paths of folders that hold output, or what is copied there as it is, and no content. */
  readonly outputFolders: readonly string[]
  warn(message: string): void
}

/** Opens the project that a build or a development server belongs to, and declares its configured pictures. */
export async function openSite(ground: Ground, { config }: Options): Promise<OpenProject> {
  const project = await openProject({
    folder: ground.root,
    environment: process.env,
    envMode: ground.envMode,
    outputFolders: ground.outputFolders,
    ...(config !== undefined && { config }),
  })
  const names = [...project.pipeline.settings.images.keys()]
  if (names.length > 0) {
    const trouble = await project.keepTypes(typesOf(names))
    if (trouble !== undefined) ground.warn(trouble)
  }
  return project
}

/** Absolute path of a project's configuration; nothing where it has none. */
export function configPath({ configFile, pipeline }: OpenProject): string | undefined {
  return configFile && join(pipeline.root, configFile)
}
