import { resolve } from 'node:path'
import { openProject } from './open-project.ts'
import { type Pictures, picturesOf } from './pictures.ts'
import type { PlanInput } from './plan/plan.ts'
import type { Scene } from './render/rewrite.ts'
import { type PictureFolder, writeInto } from './write-pictures.ts'

/** Where the project is, and where its pictures go. */
export interface OpenPicturesOptions {
  readonly assets: PictureFolder
  /**
   * A folder of the project.
   * @default the working directory
   */
  readonly root?: string
  /**
   * Path of the configuration, relative to `root`.
   * @default the nearest `imprompt.config.ts`, `.mts`, `.js` or `.mjs` at or above `root`
   */
  readonly config?: string
  /**
   * What becomes of a picture that is not stored: an error, or a marked placeholder.
   * @default 'frozen', or 'placeholder' where configuration or environment say so
   */
  readonly mode?: 'frozen' | 'placeholder' | undefined
}

/**
 * Opens the pictures of a project for a compiler that reads Markdown as text: scans its content, looks every picture up,
 * and writes their files. Never buys.
 * @throws `AUTHORING_PROBLEMS` with every problem; `IMAGES_MISSING` where one is not stored, with the command that buys it
 */
export async function openPictures(options: OpenPicturesOptions): Promise<Pictures> {
  const { assets, root, config } = options
  const folder = resolve(root ?? process.cwd())
  const { pipeline, terms } = await openProject({
    folder,
    environment: process.env,
    outputFolders: [resolve(assets.dir)],
    ...(config !== undefined && { config }),
  })
  const mode = options.mode ?? (terms.mode === 'placeholder' ? terms.mode : 'frozen')
  const write = writeInto(assets)
  const sceneOf = async (scan: PlanInput, isLazy: boolean): Promise<Scene> => {
    const { gallery, failure } = await pipeline.build(scan, { ...terms, mode }, { isLazy })
    if (failure !== undefined) throw failure
    return { gallery, publish: write(gallery) }
  }
  const scan = await pipeline.scan()
  return picturesOf(
    {
      pipeline,
      addresses: assets.base,
      sceneFor: async (content) => sceneOf(await pipeline.understand(content), true),
    },
    scan,
    await sceneOf(scan, false),
  )
}
