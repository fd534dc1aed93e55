import pMap from 'p-map'
import type { Settings } from '../config/settings.ts'
import type { Directive } from '../directive/directive.ts'
import { authoredKeyOf } from '../key/key.ts'
import { encoderFor, parallelEncodes } from '../optimise/encode.ts'
import type { Optimiser } from '../optimise/optimiser.ts'
import {
  type Picture,
  type PictureSource,
  type Variant,
  pictureOf,
  variantsOf,
} from '../optimise/picture.ts'
import type { Key } from '../ports.ts'
import type { ImageRequest } from '../request/image-request.ts'
import type { Known } from '../request/known.ts'
import { requestFor } from '../request/request.ts'
import { captionOf } from '../request/variation.ts'
import type { Shown } from './picture-element.ts'

/** The pictures of a build, for hosts to show. */
export interface Gallery {
  /** What a directive shows; nothing where the build holds no picture for it. */
  show(directive: Directive, isFirst: boolean): Promise<Shown | undefined>
  bytesOf(picture: Picture, variant: Variant): Promise<Uint8Array>
  /** Makes every file that these requests need. */
  encode(requests: readonly ImageRequest[]): Promise<void>
}

/** Shows the pictures that have a source; a directive of any other shows nothing. */
export function galleryOf(
  sources: ReadonlyMap<Key, PictureSource>,
  known: Known,
  settings: Settings,
  optimiser: Optimiser,
): Gallery {
  const pictureFor = (request: ImageRequest): Picture | undefined => {
    const source = sources.get(authoredKeyOf(request))
    return source && pictureOf(source, request.display, encoderFor(source))
  }
  return {
    show: async (directive, isFirst) => {
      const answer = requestFor(directive, settings, known)
      const picture = 'request' in answer ? pictureFor(answer.request) : undefined
      if (!('request' in answer) || picture === undefined) return undefined
      const { display } = answer.request
      const standIn = await optimiser.standInOf(picture, display.placeholder)
      return { picture, display, prompt: captionOf(answer.request), standIn, isFirst }
    },
    bytesOf: (picture, variant) => optimiser.bytesOf(picture, variant),
    encode: async (requests) => {
      const pictures = requests.flatMap((request) => {
        const picture = pictureFor(request)
        return picture === undefined ? [] : [{ picture, style: request.display.placeholder }]
      })
      const files = pictures.flatMap(({ picture }) =>
        variantsOf(picture).map((variant) => ({ picture, variant })),
      )
      const concurrency = parallelEncodes
      await pMap(files, ({ picture, variant }) => optimiser.prepare(picture, variant), {
        concurrency,
      })
      await pMap(pictures, ({ picture, style }) => optimiser.standInOf(picture, style), {
        concurrency,
      })
    },
  }
}
