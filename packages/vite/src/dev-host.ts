import type { OpenProject } from '@imprompt/core'
import type { Host } from './host.ts'
import type { DevShelf } from './serve.ts'

/** Pictures in development: what is stored, and placeholders for the rest. Nothing is scanned ahead, nothing bought. */
export function devHost(project: OpenProject, shelf: DevShelf): Host {
  const { pipeline, terms } = project
  return {
    project,
    start: async () => {},
    sceneFor: async (scan) => {
      const { gallery, failure } = await pipeline.build(
        scan,
        { ...terms, mode: 'placeholder' },
        { isLazy: true },
      )
      if (failure !== undefined) throw failure
      return { gallery, publish: shelf.publishFrom(gallery) }
    },
  }
}
