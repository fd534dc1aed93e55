import { hash } from 'node:crypto'
import type { PlaceholderStyle } from '../config/config.ts'
import type { DerivedStore } from '../ports.ts'
import { once } from '../resolve/once.ts'
import { encodeStandIn, encodeVariant, encoderFor } from './encode.ts'
import { type Picture, type Variant, extensionOf } from './picture.ts'

/** Makes the files of pictures, each once, and keeps them where a later build finds them. */
export interface Optimiser {
  bytesOf(picture: Pick<Picture, 'source'>, variant: Variant): Promise<Uint8Array>
  /** Makes a file where there is none. */
  prepare(picture: Picture, variant: Variant): Promise<void>
  /** A CSS background for the time of loading; nothing for `none`, or for a picture that can be seen through. */
  standInOf(picture: Picture, style: PlaceholderStyle): Promise<string | undefined>
  /** Files that were encoded, not found. */
  encoded(): number
}

/** Makes files into a store of derivatives, and counts those that it had to encode. */
export function createOptimiser(derived: DerivedStore): Optimiser {
  const share = once<Uint8Array>()
  let encodedCount = 0
  const obtain = (
    id: string,
    extension: string,
    make: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> =>
    share(`${id}.${extension}`, async () => {
      const kept = await derived.get(id, extension)
      if (kept !== undefined) return kept
      const bytes = await make()
      encodedCount += 1
      await derived.put(id, extension, bytes)
      return bytes
    })
  const bytesOf: Optimiser['bytesOf'] = (picture, variant) =>
    obtain(variant.id, extensionOf(variant.format), async () =>
      encodeVariant(await picture.source.load(), variant, picture.source),
    )
  return {
    bytesOf,
    prepare: async (picture, variant) => {
      const isThere = await derived.has(variant.id, extensionOf(variant.format))
      if (!isThere) await bytesOf(picture, variant)
    },
    standInOf: async (picture, style) => {
      // Behind a picture that can be seen through, a stand-in would stay visible.
      if (style === 'none' || !picture.source.isOpaque) return undefined
      const id = hash(
        'sha256',
        JSON.stringify([picture.source.id, style, encoderFor(picture.source)]),
        'hex',
      )
      const bytes = await obtain(id, 'css', async () =>
        Buffer.from(await encodeStandIn(await picture.source.load(), style, picture.source)),
      )
      return Buffer.from(bytes).toString('utf8')
    },
    encoded: () => encodedCount,
  }
}
