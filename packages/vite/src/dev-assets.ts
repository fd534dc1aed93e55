import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type Gallery,
  type Picture,
  type Publish,
  type Variant,
  extensionOf,
  mediaTypeOf,
  variantsOf,
} from '@imprompt/core'
import type { PictureFile } from './shelf.ts'

/** Serves pictures in development: a URL names an opaque id of a map, and never becomes a path. */
export interface DevAssets {
  /**
   * @param base The base of the development server, with its slashes.
   * @param storeName Name of the store's folder, of which no file is served.
   */
  mount(base: string, storeName: string): void
  /** Puts a gallery's pictures on the assets; files are encoded when they are first asked for. */
  publishFrom(gallery: Gallery): Publish
  /** The whole address of a file of a picture by its end, as Vite takes the base off; nothing for any other. */
  addressOf(id: string): string | undefined
  fileAt(address: string): PictureFile | undefined
  handle(request: IncomingMessage, response: ServerResponse, next: () => void): void
}

const bare = '/@imprompt/'

interface Item {
  readonly gallery: Gallery
  readonly picture: Picture
  readonly variant: Variant
}

/** Opens the pictures of one development server, of which it has none yet. */
export function createDevAssets(): DevAssets {
  let prefix = bare
  let storePart = '/.imprompt/'
  const items = new Map<string, Item>()
  return {
    mount: (base, storeName) => {
      prefix = `${base}@imprompt/`
      storePart = `/${storeName.toLowerCase()}/`
    },
    publishFrom: (gallery) => async (shown) => {
      const { picture } = shown
      for (const variant of variantsOf(picture))
        items.set(nameOf(variant), { gallery, picture, variant })
      return (variant) => prefix + nameOf(variant)
    },
    addressOf: (id) => {
      const [, address = ''] = /\/@imprompt\/([^/]+)$/.exec(id) ?? []
      return items.has(address) ? prefix + address : undefined
    },
    fileAt: (address) => {
      const fileName = address.startsWith(prefix) ? address.slice(prefix.length) : ''
      const item = items.get(fileName)
      return item && { fileName, bytes: () => item.gallery.bytesOf(item.picture, item.variant) }
    },
    handle: (request, response, next) => {
      const url = request.url ?? ''
      if (decoded(url).includes(storePart)) return end(response, 403)
      // Astro cuts its base off before others see a request.
      const start = [prefix, bare].find((one) => url.startsWith(one))
      if (start === undefined) return next()
      const item = items.get(url.slice(start.length))
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      if (item === undefined || !isRead) return end(response, isRead ? 404 : 405)
      void answer(item, request.method === 'GET', response)
    },
  }
}

/** As a file system would read it; what does not decode names no file. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url).replaceAll('\\', '/').toLowerCase()
  } catch {
    return url
  }
}

async function answer(item: Item, hasBody: boolean, response: ServerResponse): Promise<void> {
  try {
    const bytes = await item.gallery.bytesOf(item.picture, item.variant)
    response.writeHead(200, {
      'content-type': mediaTypeOf(item.variant.format),
      'content-length': bytes.length,
      'cache-control': 'max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    response.end(hasBody ? bytes : undefined)
  } catch {
    // A picture that cannot be made must not take the page down with it.
    end(response, 500)
  }
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status
  response.end()
}

function nameOf(variant: Variant): string {
  return `${variant.id}.${extensionOf(variant.format)}`
}
