import type { BatchRequest, InputImages } from '../../../ports.ts'
import { requestBody } from '../request.ts'
import { dataUrlOf } from '../data-url.ts'

/** Limits of one file of requests, of https://developers.openai.com/api/docs/guides/batch. */
export interface FileLimits {
  readonly maxRequests: number
  readonly maxBytes: number
}

export const fileLimits: FileLimits = { maxRequests: 50_000, maxBytes: 200_000_000 }

/** Where the requests of a batch go; all of a file go to one address. */
export type Endpoint = '/v1/images/generations' | '/v1/images/edits'

/** The address that a request is for. */
export function endpointOf({ images }: BatchRequest): Endpoint {
  return images === undefined ? '/v1/images/generations' : '/v1/images/edits'
}

/** One line of a file, with its line feed; nothing where the API knows no such value. */
export function lineOf(request: BatchRequest): string | undefined {
  const body = requestBody(request.input)
  if (body === undefined) return undefined
  const pictures = request.images === undefined ? {} : picturesOf(request.images)
  const url = endpointOf(request)
  const line = { custom_id: request.id, method: 'POST', url, body: { ...body, ...pictures } }
  return `${JSON.stringify(line)}\n`
}

/** Groups of requests that fit into a file each: one model and one address a file, in the order of the requests. */
export function portionsOf(
  requests: readonly BatchRequest[],
  { maxRequests, maxBytes }: FileLimits = fileLimits,
): readonly (readonly BatchRequest[])[] {
  const alike = Map.groupBy(requests, (one) => `${endpointOf(one)} ${one.input.model}`)
  return [...alike.values()].flatMap((group) => {
    const portions: BatchRequest[][] = []
    let bytes = Infinity
    for (const request of group) {
      const length = lengthOf(request)
      const current = portions.at(-1)
      if (current !== undefined && current.length < maxRequests && bytes + length <= maxBytes) {
        current.push(request)
        bytes += length
      } else {
        portions.push([request])
        bytes = length
      }
    }
    return portions
  })
}

/** Bytes of a line, without building the text of its pictures. */
function lengthOf(request: BatchRequest): number {
  const { images, ...words } = request
  const line = lineOf(words)
  const pictures = [...(images?.images ?? []), ...(images?.mask === undefined ? [] : [images.mask])]
  const encoded = pictures.map(({ bytes }) => 4 * Math.ceil(bytes.length / 3) + pictureOverhead)
  return Buffer.byteLength(line ?? '') + encoded.reduce((sum, length) => sum + length, 0)
}

/** More than what stands around the base64 of a picture in a line. */
const pictureOverhead = 100

function picturesOf({ images, mask }: InputImages): object {
  return {
    images: images.map((image) => ({ image_url: dataUrlOf(image) })),
    ...(mask !== undefined && { mask: { image_url: dataUrlOf(mask) } }),
  }
}
