import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'

import type { Received, Upload } from './route.ts'

type Body = Pick<Received, 'body' | 'uploads'>

/** Reads a JSON or multipart body; nothing where it is malformed. */
export async function bodyOf(request: IncomingMessage): Promise<Body | undefined> {
  const bytes = new Uint8Array(await buffer(request))
  const type = request.headers['content-type'] ?? ''
  try {
    if (type.startsWith('multipart/form-data')) return await formOf(bytes, type)
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isRecord(body) ? { body, uploads: [] } : undefined
  } catch {
    return undefined
  }
}

async function formOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Body> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const fields = new Map<string, string>()
  const uploads: Upload[] = []
  for (const [field, value] of form) {
    if (typeof value === 'string') fields.set(field, value)
    else uploads.push({ field, name: value.name, type: value.type, bytes: await value.bytes() })
  }
  return { body: Object.fromEntries(fields), uploads }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
