import { availableParallelism } from 'node:os'
import sharp, { type Sharp } from 'sharp'
import type { PictureFormat } from '../config/config.ts'
import { ImpromptError } from '../error.ts'
import type { DigitalSourceType } from '../ports.ts'
import { readSvg } from '../resolve/inspect/safe-svg.ts'
import { withGifXmp } from './gif-xmp.ts'
import type { PictureSource, Variant } from './picture.ts'

/** AVIF at effort 3 and 4:2:0 takes a quarter of the default's time for a tenth more bytes at the same look. */
const avifOptions = { quality: 55, effort: 3, chromaSubsampling: '4:2:0' } as const
const webpOptions = { quality: 78, effort: 4 } as const
const jpegOptions = { quality: 80, mozjpeg: true } as const
const pngOptions = { compressionLevel: 9 } as const
const gifOptions = { effort: 7 } as const
/** Grows whenever the way changes in which drawings are written for pages. */
const svgRevision = 1
const blurOptions = { quality: 30 } as const

/** Versions and settings that decide a file's bytes; part of every still picture's ids. */
export const encoderVersion: string = JSON.stringify([
  sharp.versions.vips,
  sharp.versions['aom'],
  sharp.versions['webp'],
  sharp.versions['mozjpeg'],
  avifOptions,
  webpOptions,
  jpegOptions,
  pngOptions,
  blurOptions,
])

/** Names what makes the files of a source: still pictures keep theirs whatever becomes of the others. */
export function encoderFor({ shape }: Pick<PictureSource, 'shape'>): string {
  if (shape === undefined) return encoderVersion
  switch (shape) {
    case 'animation':
      return JSON.stringify([encoderVersion, sharp.versions['cgif'], gifOptions])
    case 'drawing':
      return JSON.stringify([encoderVersion, sharp.versions['rsvg'], svgRevision])
  }
}

/** Encodes under way at once. sharp gives each one thread on most Linux systems, so that there is one a core. */
export const parallelEncodes: number = availableParallelism()

/**
 * How a picture came to be, as XMP.
 * https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata#digital-source-type
 */
export function provenanceOf(type: DigitalSourceType): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${type}"/></rdf:RDF></x:xmpmeta>`
}

/** Encodes one file of a picture, cropped to its shape and marked with how it came to be. */
export async function encodeVariant(
  original: Uint8Array,
  variant: Variant,
  source: Pick<PictureSource, 'shape' | 'size' | 'digitalSourceType'>,
): Promise<Uint8Array> {
  const { width, height, fit, format, isStill = false } = variant
  const pixels = source.shape === 'drawing' ? drawn(original, { ...source, fit }) : original
  if (format === 'svg') return pixels
  const animated = source.shape === 'animation' && !isStill
  const resized = sharp(pixels, { animated }).resize({
    width,
    height,
    fit,
    background: transparent,
  })
  const provenance = provenanceOf(source.digitalSourceType)
  const bytes = await encodeAs(format, resized.withXmp(provenance)).toBuffer()
  return format === 'gif' ? withGifXmp(bytes, provenance) : bytes
}

/** The drawing that pages may have: what was bought is kept as it came, and no page gets that. */
function drawn(
  original: Uint8Array,
  options: Pick<PictureSource, 'size' | 'digitalSourceType'> & Pick<Variant, 'fit'>,
): Uint8Array {
  const drawing = readSvg(original)
  if ('fault' in drawing)
    throw new ImpromptError('STORE_DAMAGED', `The stored drawing cannot be shown: ${drawing.fault}`)
  return Buffer.from(drawing.write(options))
}

const transparent = { r: 0, g: 0, b: 0, alpha: 0 }

function encodeAs(format: PictureFormat, image: Sharp): Sharp {
  switch (format) {
    case 'avif':
      return image.avif(avifOptions)
    case 'webp':
      return image.webp(webpOptions)
    case 'jpeg':
      return image.flatten({ background: '#ffffff' }).jpeg(jpegOptions)
    case 'png':
      return image.png(pngOptions)
    case 'gif':
      return image.gif(gifOptions)
    case 'svg':
      throw new TypeError('A drawing has no encoder')
  }
}

/** Most bytes of a blurred stand-in, so that a page of pictures stays small. */
const maxBlurBytes = 260

/**
 * A CSS background that stands in for a picture: a blurred WebP of at most 16 px, or its mean colour. An animation is
 * told by its first frame.
 */
export async function encodeStandIn(
  original: Uint8Array,
  style: 'blur' | 'colour',
  source: Pick<PictureSource, 'shape' | 'size' | 'digitalSourceType'>,
): Promise<string> {
  const pixels =
    source.shape === 'drawing' ? drawn(original, { ...source, fit: 'cover' }) : original
  if (style === 'blur') {
    const bytes = await sharp(pixels).resize(16, 16, { fit: 'inside' }).webp(blurOptions).toBuffer()
    if (bytes.length <= maxBlurBytes)
      return `center/cover url(data:image/webp;base64,${bytes.toString('base64')})`
  }
  const [red = 0, green = 0, blue = 0] = await sharp(pixels)
    .flatten({ background: '#ffffff' })
    .resize(1, 1, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
