import type { Content, Gallery, OpenProject, Publish, Report } from '@imprompt/core'
import type { Emitter } from './emit.ts'
import type { OutputBundle } from './left-overs.ts'

/** Pictures, and the way to put their files where a page finds them. */
export interface Scene {
  readonly gallery: Gallery
  readonly publish: Publish
}

/** What the plugin learns when an environment of a build starts. */
export interface Start {
  readonly environment: string
  readonly isWatch: boolean
  print(report: Report): void
  /** Says what goes on. */
  tell(line: string): void
  /** Puts a report where GitHub Actions shows it. Answers why that was not possible. */
  summarise(report: Report, failure: string | undefined): Promise<string | undefined>
  warn(message: string): void
}

/** Where pictures come from: the one build of all environments, or, in development, a look at each file by itself. */
export interface Host {
  readonly project: OpenProject
  start(start: Start): Promise<void>
  end(environment: string): void
  /** Pictures for what a module asks for. */
  sceneFor(content: Content, emitter: Emitter): Promise<Scene>
  /** Says which directives are left over in what a build has made, and why; nothing where none is. */
  leftOversIn(bundle: OutputBundle): Promise<string | undefined>
}
