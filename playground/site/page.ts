import type { ElementContent } from 'hast'
import type { Shell } from './shell.ts'

/** Answers what the module of that id exports by default, with pictures in place. */
export type Load = <Content>(id: string) => Promise<Content>

/** One page of the site. */
export interface Page extends Shell {
  /** What stands between masthead and colophon. */
  content(load: Load): Promise<readonly ElementContent[]>
}
