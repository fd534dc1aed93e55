import { z } from 'zod'

/** A field that does not say what it may, by its path. */
export interface ConfigIssue {
  readonly path: string
  readonly detail: string
}

/** What zod says, in our words. */
export function issueOf(issue: z.core.$ZodIssue): ConfigIssue {
  const path = issue.path.join('.') || 'export default'
  if (issue.code === 'invalid_key')
    return { path, detail: `unexpected name, ${issue.issues[0]?.message ?? ''}` }
  if (issue.code !== 'unrecognized_keys')
    return { path, detail: issue.message.replace(/^Invalid input: /, '') }
  const [first = ''] = issue.keys
  const fields = issue.keys.map((key) => `\`${key}\``).join(', ')
  return { path: [...issue.path, first].join('.'), detail: `unknown field ${fields}` }
}
