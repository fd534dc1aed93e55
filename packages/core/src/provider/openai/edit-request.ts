import OpenAI, { toFile } from 'openai'

import type { GenerateInput, InputImage, InputImages } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import type { Server } from './dialect.ts'
import { sharedOf } from './request.ts'

type EditParams = OpenAI.Images.ImageEditParamsNonStreaming
type VariationParams = OpenAI.Images.ImageCreateVariationParams

const qualities = ['low', 'medium', 'high', 'xhigh', 'max', 'auto', 'standard'] as const
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
  if (input.moderation !== undefined) return 'an edit has no field for `moderation`; leave it out'
  const shared = sharedOf(input, server)
  const quality = qualities.find((one) => one === input.quality)
  if (shared === undefined || quality !== input.quality || input.rendering !== undefined) {
    return 'the provider knows no such value for an edit'
  }
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
    return `a variation is made in ${variationSizes.join(', ')}, not ${wanted}`
  if (image === undefined || others.length > 0 || mask !== undefined) {
    return 'a variation is made of one picture, without a mask'
  }
  const file = await fileOf(image, 'image-1')
  return { image: file, model: input.model, n: 1, size, response_format: 'b64_json' }
}

/** Parts without a media type are refused by the API. */
function fileOf({ bytes, format }: InputImage, name: string): Promise<File> {
  return toFile(bytes, `${name}.${format}`, { type: `image/${format}` })
}
