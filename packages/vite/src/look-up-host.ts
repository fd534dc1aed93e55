import { join } from 'node:path'
import {
  type Gallery,
  type OpenProject,
  type PlanInput,
  type Publish,
  type Report,
  type Scene,
  formatUsd,
} from '@imprompt/core'
import type { Emitter } from './emit.ts'
import type { Host } from './host.ts'
import { overlayError } from './overlay.ts'

/** Where what was looked up is shown. */
export interface Display {
  /** In a module. */
  publishFrom(gallery: Gallery, emitter: Emitter): Publish
  /** At addresses that are known beforehand. */
  publishAtAddress(gallery: Gallery): Publish
  log(message: string): void
}

/**
 * Pictures of development, tests and collections of components: what is stored, and placeholders for the rest. Nothing is
 * scanned ahead, held against a budget, bought or reported.
 */
export function lookUpHost(project: OpenProject, display: Display): Host {
  const { pipeline, terms } = project
  const told = new Set<string>()
  const galleryFor = async (scan: PlanInput): Promise<Gallery> => {
    const { gallery, report, failure } = await pipeline.build(
      scan,
      { ...terms, mode: 'placeholder' },
      { isLazy: true },
    )
    if (failure !== undefined) throw overlayError(failure, report, pipeline.root)
    const message = placeholderMessage(report)
    if (message !== undefined && !told.has(message)) display.log(message)
    if (message !== undefined) told.add(message)
    return gallery
  }
  const atAddress = async (scan: PlanInput): Promise<Scene> => {
    const gallery = await galleryFor(scan)
    return { gallery, publish: display.publishAtAddress(gallery) }
  }
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
    sceneAtAddress: async (content) => atAddress(await pipeline.understand(content)),
    whole: async () => {
      const scan = await pipeline.scan()
      // A mistake on one page is told where that page is shown.
      return { scan, scene: await atAddress({ ...scan, problems: [] }) }
    },
  }
}

/** Paths from the root of the files that go along with prompts; Vite cannot watch for those that are absent. */
function picturesNamedIn({ known }: PlanInput): readonly string[] {
  return [...known.files].flatMap(([path, { kind }]) => (kind === 'picture' ? [path] : []))
}

/** What the pictures would cost that are shown as placeholders; nothing where none is known to be missing. */
function placeholderMessage({ images, totals }: Report): string | undefined {
  const standIns = images.filter(({ state }) => state === 'placeholder')
  const [first] = standIns[0]?.places ?? []
  // Of what a remote says nothing nobody knows whether it is to be bought.
  const isPriced = standIns.some(({ estimate }) => estimate !== undefined)
  if (first === undefined || !isPriced) return undefined
  const pictures = totals.placeholder === 1 ? '1 placeholder' : `${totals.placeholder} placeholders`
  return `imprompt: ${pictures} in ${first.file}; \`imprompt generate\` buys the pictures for about ${formatUsd(totals.estimateMicroUsd)}`
}
