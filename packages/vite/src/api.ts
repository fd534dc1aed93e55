import type { Pictures } from '@imprompt/core'
import type { PictureFile } from './shelf.ts'
import type { Log } from './voice.ts'

/** What a framework knows of the site that it builds. */
export interface SiteGround {
  /** Absolute path of a folder of the project. */
  readonly root: string
  /** A build may buy, in its mode; development never does. */
  readonly command: 'build' | 'dev'
  /** Which `.env.MODE` files are read. */
  readonly envMode: string
  /** URL with a final slash that the site's files stand below; absolute for another host's. */
  readonly base: string
  /** Folder of files below the output folder, such as `_astro`. */
  readonly assetsDir: string
  /** Absolute path of the output folder, which holds no content. */
  readonly outDir: string
  readonly log: Log
}

/** The plugin as other plugins and frameworks meet it. */
export interface PluginApi {
  /**
   * Opens the project for a framework that reads Markdown before Vite's build begins. A build scans, gates, buys, encodes
   * and reports here, once; whatever the plugin shows then has its address below `base`.
   * @throws ImpromptError
   */
  open(ground: SiteGround): Promise<void>
  /** Pictures for text that is compiled past Vite's hooks: after `open`, or once the build has begun. */
  pictures(): Promise<Pictures>
  /** The files whose addresses were handed out; those of a build that was not opened go into Vite's bundle by themselves. */
  files(): readonly PictureFile[]
  /** Ends what `open` began. */
  close(): void
}
