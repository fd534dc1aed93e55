import type { Page } from '../directive.ts'
import { childrenOf, isDirective, textsOf } from './directives-in.ts'
import type { Value, Written } from './value.ts'
import { writtenOf } from './value.ts'

/** Values that are reached through aliases, of which a few lines can spell billions. */
const maxAliased = 10_000
const maxDepth = 32

/**
 * What front matter says of its page. Of fields that aliases repeat beyond measure, or that stand more than 32 levels
 * deep, only the first are known.
 */
export function pageOf(root: Written): Page {
  const fields = new Map<string, string>()
  const path: (string | number)[] = []
  let aliased = 0
  const visit = (value: Value, isInAlias: boolean): void => {
    const isAliased = isInAlias || value.kind === 'alias'
    const written = writtenOf(value)
    const children = childrenOf(written)
    if (isAliased) aliased += 1 + children.length
    if (aliased > maxAliased || path.length > maxDepth) return
    const isRoot = path.length === 0
    if (!isRoot && isDirective(written)) return
    const text = isRoot ? undefined : textOf(written)
    if (text !== undefined) fields.set(path.join('.'), text)
    else
      for (const [key, child] of children) {
        path.push(key)
        visit(child, isAliased)
        path.pop()
      }
  }
  visit(root, false)
  return { fields, isDraft: isDraft(root) }
}

/** The text of a scalar, or of scalars in a list, less those that ask for a picture. */
function textOf(value: Written): string | undefined {
  if (value.kind === 'scalar') return value.text
  if (value.kind === 'mapping' || value.items.length === 0) return undefined
  const others = value.items.filter((item) => !isDirective(item))
  return others.length === 0 ? undefined : textsOf(others)?.join(', ')
}

function isDraft(root: Written): boolean {
  const draft = root.kind === 'mapping' ? root.entries.get('draft') : undefined
  if (draft === undefined) return false
  const value = writtenOf(draft.value)
  return value.kind === 'scalar' && value.type === 'true'
}
