import { availableParallelism } from 'node:os'
import sharp, { type Sharp } from 'sharp'
import type { PictureFormat } from '../config/config.ts'
import type { DigitalSourceType } from '../ports.ts'
import type { Variant } from './picture.ts'

/** AVIF at effort 3 and 4:2:0 takes a quarter of the default's time for a tenth more bytes at the same look. */
const avifOptions = { quality: 55, effort: 3, chromaSubsampling: '4:2:0' } as const
const webpOptions = { quality: 78, effort: 4 } as const
const jpegOptions = { quality: 80, mozjpeg: true } as const
const pngOptions = { compressionLevel: 9 } as const
const blurOptions = { quality: 30 } as const

/** Versions and settings that decide a file's bytes; part of every variant's id. */
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

/** Encodes under way at once. sharp gives each one thread on most Linux systems, so that there is one a core. */
export const parallelEncodes: number = availableParallelism()

/** https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata#digital-source-type */
function provenanceOf(type: DigitalSourceType): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${type}"/></rdf:RDF></x:xmpmeta>`
}

/** Encodes one file of a picture, cropped to its shape and marked with how it came to be. */
export async function encodeVariant(
  original: Uint8Array,
  variant: Variant,
  type: DigitalSourceType,
): Promise<Uint8Array> {
  const { width, height, fit, format } = variant
  const resized = sharp(original).resize({ width, height, fit, background: transparent })
  return encodeAs(format, resized.withXmp(provenanceOf(type))).toBuffer()
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
  }
}

/** Most bytes of a blurred stand-in, so that a page of pictures stays small. */
const maxBlurBytes = 260

/** A CSS background that stands in for a picture: a blurred WebP of at most 16 px, or its mean colour. */
export async function encodeStandIn(
  original: Uint8Array,
  style: 'blur' | 'colour',
): Promise<string> {
  if (style === 'blur') {
    const bytes = await sharp(original)
      .resize(16, 16, { fit: 'inside' })
      .webp(blurOptions)
      .toBuffer()
    if (bytes.length <= maxBlurBytes)
      return `center/cover url(data:image/webp;base64,${bytes.toString('base64')})`
  }
  const [red = 0, green = 0, blue = 0] = await sharp(original)
    .flatten({ background: '#ffffff' })
    .resize(1, 1, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
