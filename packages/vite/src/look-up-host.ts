import { join } from 'node:path'
import {
  type Build,
  type Gallery,
  type OpenProject,
  type PlanInput,
  type Publish,
  type Scene,
} from '@imprompt/core'
import type { Emitter } from './emit.ts'
import type { Host } from './host.ts'
import { lookUpNews } from './look-up-news.ts'
import { overlayError } from './overlay.ts'

/** Where what was looked up is shown. */
export interface Display {
  /** In a module. */
  publishFrom(gallery: Gallery, emitter: Emitter): Publish
  /** At addresses that are known beforehand. */
  publishAtAddress(gallery: Gallery): Publish
  /** Says what goes on, in a line that does not say whose it is. */
  tell(line: string): void
}

/**
 * Pictures of development, tests and collections of components: what is stored, and placeholders for the rest. Nothing is
 * scanned ahead, held against a budget, bought or reported.
 */
export function lookUpHost(project: OpenProject, display: Display): Host {
  const { pipeline, terms } = project
  const newsOf = lookUpNews()
  const tellNews = (build: Build): void => {
    for (const line of newsOf(build)) display.tell(line)
  }
  const lookUp = async (scan: PlanInput): Promise<Build> => {
    const build = await pipeline.build(scan, { ...terms, mode: 'placeholder' }, { isLazy: true })
    if (build.failure === undefined) tellNews(build)
    return build
  }
  const galleryFor = async (scan: PlanInput): Promise<Gallery> => {
    const { gallery, report, failure } = await lookUp(scan)
    if (failure !== undefined) throw overlayError(failure, report, pipeline.root)
    return gallery
  }
  const atAddress = (gallery: Gallery): Scene => ({
    gallery,
    publish: display.publishAtAddress(gallery),
  })
  return {
    project,
    hasBegun: () => false,
    start: async () => {},
    end: () => {},
    leftOversIn: async () => undefined,
    leftOversBelow: async () => undefined,
    sceneFor: async (content, emitter) => {
      const scan = await pipeline.understand(content)
      for (const path of picturesNamedIn(scan)) emitter.addWatchFile(join(pipeline.root, path))
      const gallery = await galleryFor(scan)
      return { gallery, publish: display.publishFrom(gallery, emitter) }
    },
    sceneAtAddress: async (content) =>
      atAddress(await galleryFor(await pipeline.understand(content))),
    whole: async () => {
      const scan = await pipeline.scan()
      // A mistake on one page is told where that page is shown, and must not keep others from being shown.
      const build = await lookUp({ ...scan, problems: [] })
      if (build.failure !== undefined) tellNews(build)
      return { scan, scene: atAddress(build.gallery) }
    },
  }
}

/** Paths from the root of the files that go along with prompts; Vite cannot watch for those that are absent. */
function picturesNamedIn({ known }: PlanInput): readonly string[] {
  return [...known.files].flatMap(([path, { kind }]) => (kind === 'picture' ? [path] : []))
}
