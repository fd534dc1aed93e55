import { z } from 'zod'
import { parseJson } from '../json.ts'
import { readKey, readRequestHash, readSha256 } from '../key/key.ts'
import type { Entry, Key, RequestHash, Sha256 } from '../ports.ts'

const key = z.custom<Key>((value) => readKey(value) !== undefined, 'not a key')
const requestHash = z.custom<RequestHash>(
  (value) => readRequestHash(value) !== undefined,
  'not a request hash',
)
const sha256 = z.custom<Sha256>((value) => readSha256(value) !== undefined, 'not a SHA-256')
const edge = z.number().int().positive()
const count = z.number().int().nonnegative()
const size = z.strictObject({ width: edge, height: edge })
const usage = z.strictObject({
  textInput: count,
  imageInput: count,
  textOutput: count,
  imageOutput: count,
})
const making = z.strictObject({
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  size: size.exactOptional(),
  quality: z.string().exactOptional(),
  background: z.string().exactOptional(),
  revisedPrompt: z.string().exactOptional(),
})

const purchase = {
  schema: z.literal(1),
  key,
  requestHash,
  request: z.strictObject({
    provider: z.string(),
    model: z.string(),
    prompt: z.string(),
    size,
    quality: z.string().exactOptional(),
    background: z.string().exactOptional(),
    moderation: z.string().exactOptional(),
    complexity: z.string().exactOptional(),
    rendering: z.string().exactOptional(),
    seed: z.number().int().exactOptional(),
    frames: count.exactOptional(),
    vector: z.literal(true).exactOptional(),
    references: z.array(sha256).exactOptional(),
    mask: sha256.exactOptional(),
    basedOn: requestHash.exactOptional(),
    adopted: sha256.exactOptional(),
    take: z.number().int().positive(),
    draft: z.literal(true).exactOptional(),
  }),
  style: z.strictObject({ name: z.string(), template: z.string() }).exactOptional(),
  keptFor: requestHash.exactOptional(),
  pickedFrom: key.exactOptional(),
  wanted: size,
  original: z.strictObject({
    sha256,
    format: z.enum(['png', 'jpeg', 'webp', 'gif', 'svg']),
    width: edge,
    height: edge,
    bytes: z.number().int().positive(),
    isOpaque: z.boolean(),
    frames: count.exactOptional(),
    digitalSourceType: z.enum([
      'trainedAlgorithmicMedia',
      'algorithmicMedia',
      'compositeWithTrainedAlgorithmicMedia',
      'digitalCreation',
    ]),
  }),
  cost: z.strictObject({
    microUsd: count,
    basis: z.enum(['usage', 'estimate']),
    usage: usage.exactOptional(),
  }),
  making: making.exactOptional(),
  boughtAt: z.iso.datetime(),
  requestId: z.string().exactOptional(),
}

const schema: z.ZodType<Entry> = z.strictObject({
  ...purchase,
  adopted: z.strictObject({ file: z.string() }).exactOptional(),
  former: z.array(z.strictObject(purchase)).exactOptional(),
})

const versioned = z.object({ schema: z.int() })

/**
 * Writes an entry as its file holds it: indented JSON in a fixed order, with a final line feed. Equal entries have equal
 * bytes, whoever made them.
 */
export function encodeEntry(entry: Entry): string {
  // What was paid for is written down also where it is no entry of this version.
  const sorted = schema.safeParse(entry).data ?? entry
  return `${JSON.stringify(inOrder(sorted), undefined, 2)}\n`
}

/** What the file of an entry holds. */
export type Decoded =
  | { readonly entry: Entry }
  /** What is wrong with it. */
  | { readonly fault: string }
  /** Nothing may be wrong with it, and this version cannot read it. */
  | { readonly newer: string }

/** Reads the file of a key's entry. */
export function decodeEntry(text: string, expected: Key): Decoded {
  const value = parseJson(text)
  const version = versioned.safeParse(value).data?.schema
  if (version !== undefined && version > 1)
    return {
      newer: `it is of version \`${version}\`, expected \`1\`, as a newer version of imprompt wrote it; update imprompt here`,
    }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return { fault: faultOf(parsed.error) }
  if (parsed.data.key !== expected) return { fault: 'it holds the entry of another key' }
  return { entry: parsed.data }
}

/** An entry of any key, as its file holds it; nothing for anything else. */
export function readEntry(value: unknown): Entry | undefined {
  return schema.safeParse(value).data
}

function inOrder(entry: Entry): Entry {
  const { schema: version, key: name, requestHash: hash, request, ...rest } = entry
  const { provider, model, size: pixels, ...shaping } = request
  return {
    schema: version,
    key: name,
    requestHash: hash,
    request: { provider, model, size: pixels, ...shaping },
    ...rest,
  }
}

function faultOf(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined || issue.path.length === 0) return 'it is not an entry of this version'
  return `\`${issue.path.join('.')}\`: ${issue.message}`
}
