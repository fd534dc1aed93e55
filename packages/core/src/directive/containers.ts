import type { Token, TokenizeContext } from 'micromark-util-types'

/** The source of a regular expression for the blank that may stand before a block; more of it would begin code. */
export function indentationOf({ parser }: TokenizeContext): string {
  return parser.constructs.disable.null?.includes('codeIndented') === true ? ' *' : ' {0,3}'
}

/**
 * The source of a regular expression for what the next line has to begin with, so that it stays in the containers that
 * the line of the context has gone on with or begun. It takes tabs for spaces.
 */
export function continuationOf(context: TokenizeContext): string {
  let continuation = ''
  let indentation = 0
  for (const token of tokensOfLine(context)) {
    const isIndentation = token.type === 'linePrefix'
    const prefix = isIndentation ? '' : prefixOf(token, indentation, context)
    continuation += prefix
    if (isIndentation) indentation = widthOf(token, context)
    else if (prefix !== '') indentation = 0
  }
  return continuation
}

function tokensOfLine(context: TokenizeContext): readonly Token[] {
  const { line } = context.now()
  const before = context.events.findLastIndex(
    ([edge, { start }]) => edge === 'enter' && start.line < line,
  )
  const events = context.events.slice(before + 1)
  return events.flatMap(([edge, token]) => (edge === 'enter' ? [token] : []))
}

function prefixOf(token: Token, indentation: number, context: TokenizeContext): string {
  const { type } = token
  if (type === 'blockQuotePrefix') return `${indentationOf(context)}>(?: |(?! ))`
  if (type === 'listItemPrefix') return indented(indentation + widthOf(token, context))
  if (type === 'listItemIndent') return indented(widthOf(token, context))
  const isFootnote = type === 'gfmFootnoteDefinition' || type === 'gfmFootnoteDefinitionIndent'
  return isFootnote ? indented(4) : ''
}

/** Blank lines need no indentation. */
function indented(width: number): string {
  return `(?: {${width}}| *$)`
}

function widthOf(token: Token, context: TokenizeContext): number {
  return context.sliceSerialize(token, true).length
}
