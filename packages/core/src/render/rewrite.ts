import type { Element } from 'hast'
import type { Directive } from '../directive/directive.ts'
import { frontMatterEdits } from '../directive/front-matter/edits.ts'
import type { PictureUrl } from '../directive/front-matter/picture-url.ts'
import type { TextEdit } from '../directive/front-matter/text-edit.ts'
import type { Variant } from '../optimise/picture.ts'
import type { Gallery } from './gallery.ts'
import { htmlOf, jsxOf } from './markup.ts'
import { type Shown, addressOf, pictureElement, plainImage } from './picture-element.ts'

/** Makes the files of a picture available, and answers where each of them is found. */
export type Publish = (shown: Shown) => Promise<(variant: Variant) => string>

/** A whole `<picture>`, or the plain `<img>` that feeds and mail want. */
export type Markup = 'picture' | 'img'

/** A Markdown file as a host hands it over, and the form in which its pictures are wanted. */
export interface Manuscript {
  readonly source: string
  readonly file: string
  readonly directives: readonly Directive[]
  readonly markup: Markup
}

/** What a file's directives become, and those for which there is no picture. */
export interface Rewriting {
  readonly edits: readonly TextEdit[]
  readonly missing: readonly Directive[]
}

/**
 * Says what takes the place of a Markdown file's directives: HTML, or JSX in a file named `.mdx`; in its front matter
 * the URL of the picture in the encoding that every browser shows.
 */
export async function rewrite(
  manuscript: Manuscript,
  gallery: Gallery,
  publish: Publish,
): Promise<Rewriting> {
  const { source, directives, markup } = manuscript
  const write: (element: Element) => string = manuscript.file.endsWith('.mdx') ? jsxOf : htmlOf
  const elementOf = markup === 'img' ? plainImage : pictureElement
  const first = directives.find(({ path }) => path === undefined)
  const edits: TextEdit[] = []
  const urls: PictureUrl[] = []
  const missing: Directive[] = []
  for (const directive of directives) {
    const shown = await gallery.show(directive, directive === first)
    if (shown === undefined) {
      missing.push(directive)
      continue
    }
    const urlOf = await publish(shown)
    const { path, start, end } = directive
    if (path === undefined) edits.push({ start, end, text: write(elementOf(shown, urlOf)) })
    else urls.push({ path, url: addressOf(shown.picture, urlOf) })
  }
  return { edits: [...frontMatterEdits(source, urls), ...edits], missing }
}
