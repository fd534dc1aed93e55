import { parseJson } from '../../json.ts'
import { formatOf } from '../../picture-format.ts'

/** A body that is no JSON stays what it is: the bytes of a picture, or a text, which holds none. */
export async function readBody(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer())
  if (formatOf(bytes) !== undefined) return bytes
  const text = bytes.toString()
  return parseJson(text) ?? text
}
