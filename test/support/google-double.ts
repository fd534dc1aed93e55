import { type Body, type Vendor, type VendorRefusal, recordOf } from './ai-sdk-double.ts'

const sizes: Readonly<Record<string, { readonly width: number; readonly height: number }>> = {
  '1:1': { width: 1024, height: 1024 },
  '3:2': { width: 1248, height: 832 },
  '2:3': { width: 832, height: 1248 },
  '16:9': { width: 1344, height: 768 },
}

function refusal(status: number, name: string, message: string): VendorRefusal {
  return { status, body: { error: { code: status, message, status: name } } }
}

/** Errors in the words of Google's API. */
export const googleRefusals = {
  badKey: refusal(
    400,
    'INVALID_ARGUMENT',
    'API key not valid. Please pass a valid API key. reason: API_KEY_INVALID',
  ),
  quota: {
    ...refusal(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.'),
    headers: { 'retry-after': '7' },
  },
  overloaded: refusal(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  notFound: refusal(404, 'NOT_FOUND', 'models/gemini-0 is not found for API version v1beta'),
  denied: refusal(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
} as const satisfies Readonly<Record<string, VendorRefusal>>

/** `generateContent` of a Gemini model that draws. */
export const google: Vendor = {
  judge: ({ method, url, headers }, body) => {
    if (method !== 'POST' || url !== '/models/gemini-2.5-flash-image:generateContent')
      return googleRefusals.notFound
    if (headers['x-goog-api-key'] !== 'google-test-key') return googleRefusals.badKey
    const config = recordOf(body['generationConfig'])
    const ratio = recordOf(config['imageConfig'])['aspectRatio']
    const size = sizes[String(ratio)]
    if (size === undefined || !onlyKnown(body, ['generationConfig', 'contents']))
      return refusal(400, 'INVALID_ARGUMENT', 'Invalid value at generationConfig.imageConfig')
    return size
  },
  reply: (base64) => ({
    candidates: [
      {
        content: {
          role: 'model',
          parts: base64 === '' ? [] : [{ inlineData: { mimeType: 'image/png', data: base64 } }],
        },
        finishReason: base64 === '' ? 'IMAGE_SAFETY' : 'STOP',
      },
    ],
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1290, totalTokenCount: 1295 },
  }),
}

function onlyKnown(body: Body, known: readonly string[]): boolean {
  return Object.keys(body).every((name) => known.includes(name))
}
