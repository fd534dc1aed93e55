import type { Content, OpenProject, PictureSupply, Report, Scene } from '@imprompt/core'
import type { Emitter } from './emit.ts'
import type { OutputBundle } from './left-overs.ts'

/** An environment that is built, or the plugin in a version of Vite that has none; told apart by its identity. */
export type Visitor = object

/** How a host talks to whoever builds. */
export interface Start {
  readonly visitor: Visitor
  readonly isWatch: boolean
  print(report: Report): void
  /** Says what goes on. */
  tell(line: string): void
  /** Puts a report where GitHub Actions shows it. Answers why that was not possible. */
  summarise(report: Report, failure: string | undefined): Promise<string | undefined>
  warn(message: string): void
}

/** Everything that a project asks for, with its pictures at addresses that are known beforehand. */
export interface Whole {
  readonly scan: Pick<Content, 'directives' | 'sources'>
  readonly scene: Scene
}

/** Where pictures come from: the one build of all environments, or, in development, a look at each file by itself. */
export interface Host {
  readonly project: OpenProject
  /** Whether a purchase was possible before. */
  hasBegun(): boolean
  /** Begins or joins the build. */
  start(start: Start): Promise<void>
  /** Leaves it, which may be told more than once. */
  end(visitor: Visitor): void
  /** Pictures for what a module asks for. */
  sceneFor(content: Content, emitter: Emitter): Promise<Scene>
  /** Pictures for what a text asks for that is compiled past Vite's hooks, at addresses that are known beforehand. */
  readonly sceneAtAddress: PictureSupply['sceneFor']
  /** All of them; of a build, once it has begun. */
  whole(): Promise<Whole>
  /** Says which directives are left over in what a build has made, and why; nothing where none is. */
  leftOversIn(bundle: OutputBundle): Promise<string | undefined>
  /** The same of a folder that a build has written. */
  leftOversBelow(folder: string): Promise<string | undefined>
}
