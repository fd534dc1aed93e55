import type { OpenProject } from '@imprompt/core'
import { emitInto } from './emit.ts'
import type { Host } from './host.ts'
import { type Session, beginSession, joinSession } from './session.ts'

/** Pictures of a build: planned, bought and encoded when its first environment starts. */
export function buildHost(project: OpenProject): Host {
  let session: Promise<Session> | undefined
  return {
    project,
    start: async (start) => {
      session = joinSession(project.pipeline.root, start.environment, () =>
        beginSession(project, start),
      )
      await session
    },
    sceneFor: async (_scan, emitter) => {
      if (session === undefined) throw new Error('imprompt: a hook ran before `buildStart`')
      const { gallery } = await session
      return { gallery, publish: emitInto(emitter, gallery) }
    },
  }
}
