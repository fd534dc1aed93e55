/** The text between the fences, and its UTF-16 offsets in the file. */
export interface FrontMatterBlock {
  readonly format: 'yaml' | 'toml'
  /** With the end of its last line: the closing fence stands at `end`. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const opening = /^\uFEFF?(---|\+\+\+)[\t ]*(?:\r\n|\n|\r)/
const closings = {
  '---': /(?<=[\n\r])---[\t ]*(?:[\n\r]|$)/g,
  '+++': /(?<=[\n\r])\+\+\+[\t ]*(?:[\n\r]|$)/g,
} as const

/**
 * The front matter of a file, by the rules of `micromark-extension-frontmatter`: a fence alone on the very first line,
 * and the same fence alone on a later one. Answers nothing where the file begins with none.
 */
export function frontMatterBlockOf(source: string): FrontMatterBlock | undefined {
  const [line, fence] = opening.exec(source) ?? []
  if (line === undefined) return undefined
  const closing = new RegExp(fence === '+++' ? closings['+++'] : closings['---'])
  const start = line.length
  closing.lastIndex = start
  const end = closing.exec(source)?.index
  if (end === undefined) return undefined
  const format = fence === '+++' ? 'toml' : 'yaml'
  return { format, text: source.slice(start, end), start, end }
}
