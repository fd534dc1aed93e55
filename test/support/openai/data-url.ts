import type { Upload } from './route.ts'

/** The picture whose data URL is the `image_url` of a JSON body; nothing where it is anything else. */
export function uploadOf(field: string, holder: unknown): Upload | undefined {
  if (typeof holder !== 'object' || holder === null || !('image_url' in holder)) return undefined
  const { image_url: url, ...others } = holder
  const [, type, data = ''] =
    /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(String(url)) ?? []
  if (type === undefined || Object.keys(others).length > 0) return undefined
  return { field, name: field, type, bytes: Buffer.from(data, 'base64') }
}
