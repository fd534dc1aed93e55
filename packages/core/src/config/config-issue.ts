import { z } from 'zod'
import { didYouMean, nearestOf } from '../nearest.ts'

/** A field that does not say what it may, by its path. */
export interface ConfigIssue {
  readonly path: string
  readonly detail: string
}

/**
 * What zod says, in our words.
 * @param schema That the configuration was held against.
 */
export function issueOf(issue: z.core.$ZodIssue, schema: z.core.$ZodType): ConfigIssue {
  const path = issue.path.join('.') || 'export default'
  if (issue.code === 'invalid_key')
    return { path, detail: `unexpected name, ${issue.issues[0]?.message ?? ''}` }
  if (issue.code !== 'unrecognized_keys')
    return { path, detail: issue.message.replace(/^Invalid input: /, '') }
  const [first = ''] = issue.keys
  const known = fieldsAt(issue.path, schema)
  const fields = issue.keys.map((key) => `\`${key}\`${didYouMean(nearestOf(key, known))}`)
  const isGuessed = issue.keys.every((key) => nearestOf(key, known) !== undefined)
  const expected = isGuessed || known.length === 0 ? '' : `, expected ${listed(known)}`
  return {
    path: [...issue.path, first].join('.'),
    detail: `unknown field ${fields.join(', ')}${expected}`,
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** The names of the fields that may stand at a path; none where those are of no fixed names. */
function fieldsAt(
  [first, ...rest]: readonly PropertyKey[],
  schema: z.core.$ZodType,
): readonly string[] {
  const path = first === undefined ? [] : [first, ...rest]
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return fieldsAt(path, schema.unwrap())
  if (schema instanceof z.ZodRecord && first !== undefined) return fieldsAt(rest, schema.valueType)
  if (!(schema instanceof z.ZodObject)) return []
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  if (first === undefined) return Object.keys(shape)
  const field = shape[String(first)]
  return field === undefined ? [] : fieldsAt(rest, field)
}
