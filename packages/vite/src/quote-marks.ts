import MagicString, { type SourceMap } from 'magic-string'

/** A mark of Vite for the URL of an emitted file: Rolldown's references have 22 characters, Rollup's 8. */
const mark = /__VITE_ASSET__(?:[\w$]{22}|[\w$]{8})__/g

/**
 * Puts every mark of a chunk into a string of double quotes, which is the only place where Vite can put an expression
 * instead of it, as it does under a relative base: compilers such as Svelte's write markup as a template literal. Answers
 * nothing where none is to be moved.
 * @param parse Answers an ESTree whose nodes have `start` and `end`.
 */
export function quoteMarks(
  code: string,
  parse: (code: string) => unknown,
): { readonly code: string; readonly map: SourceMap } | undefined {
  if (code.match(mark) === null || !/[`']/.test(code)) return undefined
  const text = new MagicString(code)
  for (const { type, start, end } of nodesIn(parse(code))) {
    const written = code.slice(start, end)
    if (type === 'TemplateElement')
      for (const { index, 0: found } of written.matchAll(mark))
        text.overwrite(start + index, start + index + found.length, `\${"${found}"}`)
    else if (type === 'Literal' && written.startsWith("'") && written.match(mark) !== null)
      text.overwrite(start, end, doubleQuoted(written))
  }
  if (!text.hasChanged()) return undefined
  return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) }
}

/** The same string: an escaped quote may stay so. */
function doubleQuoted(literal: string): string {
  return `"${literal.slice(1, -1).replaceAll(/\\.|"/gs, (one) => (one === '"' ? '\\"' : one))}"`
}

interface TreeNode {
  readonly type: string
  readonly start: number
  readonly end: number
}

function* nodesIn(tree: unknown): Generator<TreeNode> {
  if (typeof tree !== 'object' || tree === null) return
  if (isNode(tree)) yield tree
  for (const child of Object.values(tree)) yield* nodesIn(child)
}

function isNode(value: object): value is TreeNode {
  return 'type' in value && 'start' in value && 'end' in value
}
