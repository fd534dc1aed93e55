import { type OpenProject, searchOutput } from '@imprompt/core'
import { emitInto } from './emit.ts'
import type { Host } from './host.ts'
import { leftOverMessage } from './left-overs.ts'
import type { Built, Session } from './session.ts'
import type { Shelf } from './shelf.ts'

/** How a build meets the project. */
export interface BuildSetting {
  /** The build that it takes part in. */
  readonly session: Session
  /** Names of the plugins that come before ours. */
  readonly before: () => readonly string[]
  /** What seems wrong with their order; told before anything is bought. */
  readonly doubt: () => string | undefined
  readonly shelf: Shelf
  /** Whether modules, too, show pictures at the shelf's addresses. */
  isAllOnShelf(): boolean
}

/** Pictures of a build: planned, bought and encoded when its first environment starts. */
export function buildHost(project: OpenProject, setting: BuildSetting): Host {
  const { session, shelf, before, doubt, isAllOnShelf } = setting
  const { rewritten } = session
  const built = async (): Promise<Built> => {
    const begun = session.built()
    if (begun === undefined) throw new Error('imprompt: a hook ran before `buildStart`')
    return begun
  }
  const sceneAtAddress: Host['sceneAtAddress'] = async () => {
    const { gallery } = await built()
    return { gallery, publish: shelf.publishFrom(gallery) }
  }
  return {
    project,
    hasBegun: () => session.built() !== undefined,
    start: async (start) => {
      await session.join({ ...start, project, doubt: doubt() })
    },
    end: session.leave,
    sceneFor: async (content, emitter) => {
      for (const { place } of content.directives) rewritten.add(place.file)
      if (isAllOnShelf()) return sceneAtAddress(content)
      const { gallery } = await built()
      return { gallery, publish: emitInto(emitter, gallery) }
    },
    sceneAtAddress,
    whole: async () => {
      const { scan, gallery } = await built()
      return {
        scan,
        scene: { gallery, publish: shelf.publishFrom(gallery) },
      }
    },
    leftOversIn: async (bundle) => {
      const { scan } = await built()
      return leftOverMessage(bundle, scan, { rewritten, before: before() })
    },
    leftOversBelow: async (folder) => {
      const { scan } = await built()
      return (await searchOutput(folder, scan))?.message
    },
  }
}
