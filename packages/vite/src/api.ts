import type { Pictures } from '@imprompt/core'
import type { PictureFile } from './shelf.ts'
import type { Log } from './voice.ts'

/** What a framework knows of the site that it builds. */
export interface SiteGround {
  /** Absolute path of a folder of the project. */
  readonly root: string
  /**
   * A build may buy, in its mode. Development never does, nor does `sync`, which has the addresses of a build, and encodes
   * nothing.
   */
  readonly command: 'build' | 'dev' | 'sync'
  /** Which `.env.MODE` files are read. */
  readonly envMode: string
  /** URL with a final slash that the site's files stand below; absolute for another host's. */
  readonly base: string
  /** Other bases, by extension, such as `{ avif: 'https://cdn.example.com/' }`. */
  readonly bases?: Readonly<Record<string, string>>
  /** Folder of files below the output folder, such as `_astro`. */
  readonly assetsDir: string
  /** Absolute path of the output folder, which holds no content. */
  readonly outDir: string
  /** Absolute path of the folder whose files are copied as they are, so that it holds no content either. */
  readonly publicDir: string
  /** What goes into the site's scripts: a credential in it is refused before anything is bought. */
  readonly published?: {
    readonly envPrefix: string | string[]
    readonly define?: Readonly<Record<string, unknown>>
  }
  readonly log: Log
}

/** The plugin as other plugins and frameworks meet it. */
export interface PluginApi {
  /**
   * Opens the project for a framework that reads Markdown before Vite's build begins. A build scans, gates, buys, encodes
   * and reports here, once; whatever the plugin shows then has its address below `base`. Answers the absolute path of the
   * project's configuration, for the framework to watch; nothing where it has none.
   * @throws ImpromptError
   */
  open(ground: SiteGround): Promise<string | undefined>
  /** Pictures for text that is compiled past Vite's hooks: after `open`, or once the build has begun. */
  pictures(): Promise<Pictures>
  /**
   * Hands out the address of every picture of the scan, for a framework that keeps pages from an earlier build, which ask
   * for none: their files are in `files` by that.
   */
  handOutAll(): Promise<void>
  /** The files whose addresses were handed out. They go into Vite's bundle by themselves; a bundle for a server that a framework opened has none. An address that is asked for first when Vite has made its bundle for clients is an error. */
  files(): readonly PictureFile[]
  /** The file at an address that was handed out. */
  fileAt(address: string): PictureFile | undefined
  /**
   * Searches what a build has written for directives that nothing replaced, as `leftOvers` of the configuration says.
   * @throws `LEFT_OVERS`
   */
  searchOutput(folder: string): Promise<void>
  /** Ends what `open` began. */
  close(): void
}
