import {
  type Gallery,
  ImpromptError,
  type Publish,
  type Shown,
  type Variant,
  extensionOf,
  hashedNameOf,
} from '@imprompt/core'

/** A file of a picture whose address stands in a page. */
export interface PictureFile {
  /** Path below the output folder, with slashes. */
  readonly fileName: string
  bytes(): Promise<Uint8Array>
}

/** Pictures at addresses that are known before a bundle is made, for text that is compiled past it. */
export interface Shelf {
  publishFrom(gallery: Gallery): Publish
  /** The files whose address somebody asked for. */
  files(): readonly PictureFile[]
  /** The same for a bundle for clients, after which no other file can be asked for. */
  close(): readonly PictureFile[]
  /** Lets files be asked for again: another bundle for clients is begun. */
  reopen(): void
  /** The file at an address that was handed out. */
  fileAt(address: string): PictureFile | undefined
}

/** Where a build puts files, and where pages find them. */
export interface Premises {
  /** URL with a final slash that files stand below. */
  readonly base: string
  /** Other bases, by extension. */
  readonly bases?: Readonly<Record<string, string>> | undefined
  /** Folder of files below the output folder, such as `assets`. */
  readonly assetsDir: string
  /** Whether the configuration writes addresses of a build in a way of its own. */
  readonly isRewritten?: boolean
}

/** Opens a shelf with nothing on it. */
export function createShelf({ base, bases = {}, assetsDir }: Premises): Shelf {
  const taken = new Map<string, PictureFile>()
  const folder = assetsDir === '' ? '' : `${assetsDir}/`
  let isClosed = false
  const put = (gallery: Gallery, shown: Shown, variant: Variant): string => {
    const fileName = folder + hashedNameOf(shown, variant)
    const address = (bases[extensionOf(variant.format)] ?? base) + fileName
    if (isClosed && !taken.has(address)) throw tooLate(fileName)
    taken.set(address, { fileName, bytes: () => gallery.bytesOf(shown.picture, variant) })
    return address
  }
  const files = (): readonly PictureFile[] => [...taken.values()]
  return {
    publishFrom: (gallery) => async (shown) => (variant) => put(gallery, shown, variant),
    files,
    close: () => {
      isClosed = true
      return files()
    },
    reopen: () => {
      isClosed = false
    },
    fileAt: (address) => taken.get(address),
  }
}

function tooLate(fileName: string): ImpromptError {
  return new ImpromptError(
    'PICTURE_NOT_PLANNED',
    `\`${fileName}\` was asked for when the bundle for browsers had been made without it, so that nobody would find it; what was bought is stored. Show the picture on a page, too, in the same form, or ask for it before the build ends`,
  )
}
