import type { Vendor, VendorRefusal } from './ai-sdk-double.ts'

const isBearer = (text: string | undefined): boolean => text === 'Bearer vendor-test-key'

function refusal(status: number, message: string): VendorRefusal {
  return { status, body: { error: { message }, detail: { error: message } } }
}

/** `grok-imagine`: takes ratios, says what it cost, and may answer an address. */
export const xai: Vendor = {
  judge: ({ url, headers }, { n, aspect_ratio: ratio, prompt, size, seed }) => {
    if (!isBearer(headers.authorization)) return refusal(401, 'Incorrect API key provided')
    if (url !== '/images/generations' && url !== '/images/edits')
      return refusal(404, 'No such path')
    if (typeof prompt !== 'string' || n !== 1) return refusal(422, 'Unprocessable')
    if (size !== undefined || seed !== undefined) return refusal(400, 'Argument not supported')
    return ratio === '16:9' ? { width: 1280, height: 720 } : { width: 1024, height: 1024 }
  },
  reply: (base64, url) => ({
    data: url === '' ? (base64 === '' ? [] : [{ b64_json: base64 }]) : [{ url }],
    usage: { cost_in_usd_ticks: 200_000_000 },
  }),
}

/** Flux: takes any size on a grid of 8, and a seed. */
export const together: Vendor = {
  judge: ({ url, headers }, { width, height, model }) => {
    if (!isBearer(headers.authorization)) return refusal(401, 'Invalid API key provided')
    if (url !== '/images/generations') return refusal(404, 'No such path')
    if (model !== 'black-forest-labs/FLUX.1-schnell') return refusal(404, 'model_not_found')
    if (typeof width !== 'number' || typeof height !== 'number' || width % 8 || height % 8)
      return refusal(400, 'width and height must be multiples of 8')
    return { width, height }
  },
  reply: (base64) => ({ data: base64 === '' ? [] : [{ b64_json: base64 }] }),
}

/** Takes width and height as texts, and answers data URLs. */
export const deepinfra: Vendor = {
  judge: ({ url, headers }, { width, height, num_images: count }) => {
    if (!isBearer(headers.authorization)) return refusal(401, 'Not authenticated')
    if (url !== '/inference/black-forest-labs/FLUX-1-schnell') return refusal(404, 'No such path')
    if (count !== 1) return refusal(422, 'one picture only')
    return { width: Number(width), height: Number(height) }
  },
  reply: (base64) => ({ images: base64 === '' ? [] : [`data:image/png;base64,${base64}`] }),
}
