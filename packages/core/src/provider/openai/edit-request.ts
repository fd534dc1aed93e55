import OpenAI, { toFile } from 'openai'

import type { GenerateInput, InputImage, InputImages } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import type { Server } from './dialect.ts'
import { sharedOf, strangeIn } from './request.ts'
import { qualities } from './vocabulary.ts'

type EditParams = OpenAI.Images.ImageEditParamsNonStreaming
type VariationParams = OpenAI.Images.ImageCreateVariationParams

const editQualities = [...qualities, 'standard'] as const
const variationSizes = ['256x256', '512x512', '1024x1024'] as const

/**
 * The fields of `POST /images/edits`: the pictures in order with names and media types, then whatever
 * generations take but `moderation` and `style`, for which the multipart form has no field. Answers a
 * reason where something cannot be asked for.
 */
export async function editBody(
  input: GenerateInput,
  { images, mask }: InputImages,
  server: Server,
): Promise<EditParams | string> {
  if (input.moderation !== undefined)
    return 'an edit, by `ref`, `mask` or `vary`, has no field for `moderation`; leave it out'
  const shared = sharedOf(input, server)
  const quality = editQualities.find((one) => one === input.quality)
  if (shared === undefined || quality !== input.quality)
    return `${strangeIn(input, server) ?? `an edit takes no \`quality\` of \`${input.quality}\``}; leave it out or change it`
  if (input.rendering !== undefined) return 'an edit has no field for `rendering`; leave it out'
  const files = await Promise.all(images.map((image, at) => fileOf(image, `image-${at + 1}`)))
  const [first, ...others] = files
  if (first === undefined) return 'an edit needs a picture'
  return {
    ...shared,
    // Servers of DALL·E 2 know the field of one picture alone.
    image: others.length === 0 ? first : files,
    ...(mask === undefined ? {} : { mask: await fileOf(mask, 'mask') }),
    ...(quality === undefined ? {} : { quality }),
  }
}

/** The fields of `POST /images/variations`, or the reason why there are none. */
export async function variationBody(
  input: GenerateInput,
  { images: [image, ...others], mask }: InputImages,
): Promise<VariationParams | string> {
  const wanted = formatSize(input.size)
  const size = variationSizes.find((one) => one === wanted)
  if (size === undefined)
    return `unexpected size \`${wanted}\` of a variation, expected ${variationSizes.map((one) => `\`${one}\``).join(', ')}`
  if (image === undefined || others.length > 0 || mask !== undefined) {
    return 'a variation is made of one picture alone; leave `ref` and `mask` out, or write a prompt'
  }
  const file = await fileOf(image, 'image-1')
  return { image: file, model: input.model, n: 1, size, response_format: 'b64_json' }
}

/** Parts without a media type are refused by the API. */
function fileOf({ bytes, format }: InputImage, name: string): Promise<File> {
  return toFile(bytes, `${name}.${format}`, { type: `image/${format}` })
}
