import type { Element } from 'hast'
import type { Directive } from '../directive/directive.ts'
import type { Variant } from '../optimise/picture.ts'
import type { Gallery } from './gallery.ts'
import { htmlOf, jsxOf } from './markup.ts'
import { type Shown, pictureElement } from './picture-element.ts'

/** Text that takes the place of a directive; offsets are UTF-16 units of the source. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Makes the files of a picture available, and answers where each of them is found. */
export type Publish = (shown: Shown) => Promise<(variant: Variant) => string>

/** What a file's directives become, and those for which there is no picture. */
export interface Rewriting {
  readonly edits: readonly Edit[]
  readonly missing: readonly Directive[]
}

/** Says what takes the place of a Markdown file's directives: HTML, or JSX in a file named `.mdx`. */
export async function rewrite(
  directives: readonly Directive[],
  file: string,
  gallery: Gallery,
  publish: Publish,
): Promise<Rewriting> {
  const markupOf: (element: Element) => string = file.endsWith('.mdx') ? jsxOf : htmlOf
  const edits: Edit[] = []
  const missing: Directive[] = []
  for (const [index, directive] of directives.entries()) {
    const shown = await gallery.show(directive, index === 0)
    if (shown === undefined) {
      missing.push(directive)
      continue
    }
    const { start, end } = directive
    edits.push({ start, end, text: markupOf(pictureElement(shown, await publish(shown))) })
  }
  return { edits, missing }
}
