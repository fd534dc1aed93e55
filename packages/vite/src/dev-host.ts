import type { OpenProject } from '@imprompt/core'
import type { Host } from './host.ts'
import type { DevAssets } from './dev-assets.ts'

/** Pictures in development: what is stored, and placeholders for the rest. Nothing is scanned ahead, nothing bought. */
export function devHost(project: OpenProject, assets: DevAssets): Host {
  const { pipeline, terms } = project
  return {
    project,
    start: async () => {},
    end: () => {},
    sceneFor: async (scan) => {
      const { gallery, failure } = await pipeline.build(
        scan,
        { ...terms, mode: 'placeholder' },
        { isLazy: true },
      )
      if (failure !== undefined) throw failure
      return { gallery, publish: assets.publishFrom(gallery) }
    },
  }
}
