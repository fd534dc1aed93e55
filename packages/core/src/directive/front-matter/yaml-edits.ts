import { childrenOf } from './directives-in.ts'
import type { Replacement } from './picture-url.ts'
import { doubleQuoted, quoted } from './quoted.ts'
import type { TextEdit } from './text-edit.ts'
import { inOrder } from './text-edit.ts'
import type { Value, Written } from './value.ts'

/**
 * Puts URLs in the place of YAML's values. A scalar that an anchor marks within such a value is lost with it: where an
 * alias elsewhere stands for it, it is written out.
 */
export function yamlEdits(
  text: string,
  replacements: readonly Replacement[],
  root: Written,
): readonly TextEdit[] {
  const edits = replacements.map(({ value: { kind, start, end }, url }) => {
    const replaced = kind === 'scalar' ? text.slice(start, end) : ''
    return { start, end, text: quoted(url, replaced) + headComment(replaced) }
  })
  const values = new Set<Value>(replacements.map(({ value }) => value))
  return inOrder([...edits, ...aliasEdits(root, values)])
}

/** The comment after the mark of a block, such as `>-`. */
function headComment(scalar: string): string {
  return /^[>|][-+\d]*([\t ]+#[^\n\r]*)/.exec(scalar)?.[1] ?? ''
}

function aliasEdits(root: Written, replaced: ReadonlySet<Value>): readonly TextEdit[] {
  const lost = new Set([...replaced].flatMap((value) => below(value)))
  return below(root, replaced).flatMap((value) => {
    if (value.kind !== 'alias' || !lost.has(value.target)) return []
    const { start, end, target } = value
    if (target.kind !== 'scalar') return []
    return [
      { start, end, text: target.type === 'string' ? doubleQuoted(target.text) : target.text },
    ]
  })
}

/** Every value below a value, but for some and what is below them. */
function below(value: Value, except: ReadonlySet<Value> = new Set()): readonly Value[] {
  const values: Value[] = []
  const visit = (parent: Value): void => {
    if (parent.kind === 'alias') return
    for (const [, child] of childrenOf(parent)) {
      if (except.has(child)) continue
      values.push(child)
      visit(child)
    }
  }
  visit(value)
  return values
}
