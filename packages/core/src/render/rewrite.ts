import type { Element } from 'hast'
import type { Directive } from '../directive/directive.ts'
import { frontMatterEdits } from '../directive/front-matter/edits.ts'
import type { PictureUrl } from '../directive/front-matter/picture-url.ts'
import type { TextEdit } from '../directive/front-matter/text-edit.ts'
import { type Variant, variantsOf } from '../optimise/picture.ts'
import type { Gallery } from './gallery.ts'
import { altTextOf, markdownOf } from './markdown-image.ts'
import { htmlOf, jsxOf } from './markup.ts'
import { type Shown, addressOf, pictureElement, plainImage } from './picture-element.ts'

/** Makes files of a picture available, and answers where each of them is found. */
export type Publish = (
  shown: Shown,
  files: readonly Variant[],
) => Promise<(variant: Variant) => string>

/** Pictures, and the way to put their files where a page finds them. */
export interface Scene {
  readonly gallery: Gallery
  readonly publish: Publish
}

/** A picture whose files a page finds. */
export interface Exhibit {
  readonly shown: Shown
  readonly urlOf: (variant: Variant) => string
}

/**
 * A whole `<picture>`; the same as JSX, for compilers that read every file as MDX; the plain `<img>` that feeds and mail
 * want; an image of Markdown, which compilers that take no HTML make an `<img>` of, and sanitisers let through; or the
 * alternative text alone, for an index of words.
 */
export type Markup = 'picture' | 'jsx' | 'img' | 'markdown' | 'text'

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
 * Puts the pictures of directives where a page finds them, in a form; none for those that have no picture. Front matter
 * takes an address alone.
 */
export async function exhibit(
  directives: readonly Directive[],
  { gallery, publish }: Scene,
  markup: Markup,
): Promise<ReadonlyMap<Directive, Exhibit>> {
  const exhibits = new Map<Directive, Exhibit>()
  for (const directive of directives) {
    const shown = await gallery.show(directive, false)
    if (shown === undefined) continue
    const files = filesFor(shown, directive.path === undefined ? markup : 'img')
    exhibits.set(directive, { shown, urlOf: await publish(shown, files) })
  }
  return exhibits
}

/** The files that a picture needs in a form. */
export function filesFor({ picture }: Shown, markup: Markup): readonly Variant[] {
  switch (markup) {
    case 'picture':
    case 'jsx':
      return variantsOf(picture)
    case 'img':
    case 'markdown':
      return picture.fallback.variants.slice(-1)
    case 'text':
      return []
  }
}

/**
 * Says what takes the place of a Markdown file's directives: HTML, or JSX in a file named `.mdx`; in its front matter
 * the URL of the picture in the encoding that every browser shows. The first picture of its text is wanted at once.
 */
export function rewrite(
  manuscript: Manuscript,
  exhibitOf: (directive: Directive) => Exhibit | undefined,
): Rewriting {
  const { source, directives } = manuscript
  const write = writerFor(manuscript)
  const first = directives.find(({ path }) => path === undefined)
  const edits: TextEdit[] = []
  const urls: PictureUrl[] = []
  const missing: Directive[] = []
  for (const directive of directives) {
    const found = exhibitOf(directive)
    if (found === undefined) {
      missing.push(directive)
      continue
    }
    const { shown, urlOf } = found
    const { path, start, end } = directive
    if (path === undefined)
      edits.push({ start, end, text: write({ ...shown, isFirst: directive === first }, urlOf) })
    else urls.push({ path, url: addressOf(shown.picture, urlOf) })
  }
  return { edits: [...frontMatterEdits(source, urls), ...edits], missing }
}

type Writer = (shown: Shown, urlOf: (variant: Variant) => string) => string

function writerFor({ markup, file }: Manuscript): Writer {
  if (markup === 'markdown') return markdownOf
  if (markup === 'text') return altTextOf
  const elementOf = markup === 'img' ? plainImage : pictureElement
  const isJsx = markup === 'jsx' || file.endsWith('.mdx')
  const write: (element: Element) => string = isJsx ? jsxOf : htmlOf
  return (shown, urlOf) => write(elementOf(shown, urlOf))
}
