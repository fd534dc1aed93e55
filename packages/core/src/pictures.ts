import { hash } from 'node:crypto'
import { relative, resolve, sep } from 'node:path'
import { type Content, noContent } from './directive/content.ts'
import type { Directive } from './directive/directive.ts'
import { directivesInData } from './directive/front-matter/directives-in-data.ts'
import type { PictureUrl } from './directive/front-matter/picture-url.ts'
import type { TextEdit } from './directive/front-matter/text-edit.ts'
import { withUrls } from './directive/front-matter/with-urls.ts'
import type { Pipeline } from './pipeline.ts'
import { readyPictures } from './ready-pictures.ts'
import { addressOf } from './render/picture-element.ts'
import { type Exhibit, type Markup, type Scene, exhibit, rewrite } from './render/rewrite.ts'

/** Pictures of a project, for a compiler that reads Markdown as text. */
export interface Pictures {
  /**
   * A Markdown text with pictures in the place of its directives, also in its front matter.
   * @param file Absolute, or relative to the project's root.
   * @param markup Default `picture`, which is JSX in a file named `.mdx`.
   * @throws `PICTURE_NOT_PLANNED` where a directive stands in a file that was not scanned
   */
  rewrite(source: string, file: string, markup?: Markup): Promise<string>
  /**
   * The same at once, for compilers that cannot wait. Knows what was scanned: where `file` was not, the text is taken for
   * that of the file that holds it, or for a part of it. A directive of another file, such as one that is included, is
   * found by its text where that asks for one picture everywhere.
   * @throws `PICTURE_NOT_PLANNED`
   */
  rewriteNow(source: string, file: string, markup?: Markup): string
  /**
   * A copy of front matter that was parsed already, with addresses in the place of its directives.
   * @throws `PICTURE_NOT_PLANNED`
   */
  rewriteData(data: unknown, file: string): Promise<unknown>
  /** Takes a text up that was written since, for `rewriteNow`. */
  prepare(source: string, file: string): Promise<void>
  /**
   * 64 lower-case hex digits that change whenever a page would show something else: another original, size or address.
   * For the caches of compiled pages.
   */
  fingerprint(): string
}

/** Where pictures come from. */
export interface PictureSupply {
  readonly pipeline: Pipeline
  /** Pictures for what a text asks for. */
  sceneFor(content: Content): Promise<Scene>
  /** Whatever addresses are made of beside the names of files. */
  readonly addresses: string
}

/**
 * Makes the pictures of a scan ready.
 * @param scan What `scene` shows.
 */
export async function picturesOf(
  { pipeline, sceneFor, addresses }: PictureSupply,
  scan: Pick<Content, 'directives' | 'sources'>,
  scene: Scene,
): Promise<Pictures> {
  const { root } = pipeline
  const ready = readyPictures()
  const sources = new Map(scan.sources)
  const take = async (content: Content): Promise<void> =>
    ready.keep(await exhibit(content.directives, await sceneFor(content), 'picture'))
  const contentOf = (source: string, file: string): Content =>
    pipeline.read(source, placeFile(root, file))
  ready.keep(await exhibit(scan.directives, scene, 'picture'))
  return {
    rewrite: async (source, file, markup) => {
      const content = contentOf(source, file)
      if (isEmpty(content)) return source
      // What was scanned knows of front matter that was cut off.
      if (!isPart(source, sources.get(placeFile(root, file)))) await take(content)
      return rewritten({ source, file, content, markup }, ready.find)
    },
    rewriteNow: (source, file, markup) => {
      if (isEmpty(contentOf(source, file))) return source
      const content = contentOf(source, fileOf(source, placeFile(root, file), sources))
      return rewritten({ source, file, content, markup }, ready.find)
    },
    rewriteData: async (data, file) => {
      const place = { file: placeFile(root, file), line: 1, column: 1 }
      const directives = directivesInData(data, place)
      if (directives.length === 0) return data
      await take({ ...noContent, directives })
      return withUrls(data, addressesOf(directives, ready.find))
    },
    prepare: async (source, file) => {
      const content = contentOf(source, file)
      for (const [name, text] of content.sources) sources.set(name, text)
      if (!isEmpty(content)) await take(content)
    },
    fingerprint: () => hash('sha256', `${addresses}\n${ready.fingerprint()}`, 'hex'),
  }
}

/** A file's path below the root, as places name it. */
export function placeFile(root: string, file: string): string {
  return relative(root, resolve(root, file)).split(sep).join('/')
}

/** The file that a text is of: the one that it is said to be of, or else the only one that holds it. */
function fileOf(source: string, place: string, sources: ReadonlyMap<string, string>): string {
  if (sources.has(place)) return place
  const [holder, ...others] = [...sources].filter(([, text]) => text.includes(source))
  return holder === undefined || others.length > 0 ? place : holder[0]
}

function isPart(source: string, whole: string | undefined): boolean {
  return whole !== undefined && whole !== source && whole.includes(source)
}

function isEmpty({ directives, problems }: Content): boolean {
  return directives.length === 0 && problems.length === 0
}

interface Reading {
  readonly source: string
  readonly file: string
  readonly content: Content
  readonly markup: Markup | undefined
}

type Find = (directive: Directive) => Exhibit

function rewritten({ source, file, content, markup = 'picture' }: Reading, find: Find): string {
  const { directives } = content
  return edited(source, rewrite({ source, file, directives, markup }, find).edits)
}

function addressesOf(directives: readonly Directive[], find: Find): readonly PictureUrl[] {
  return directives.flatMap((directive) => {
    const { shown, urlOf } = find(directive)
    const { path } = directive
    return path === undefined ? [] : [{ path, url: addressOf(shown.picture, urlOf) }]
  })
}

function edited(source: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted((one, other) => one.start - other.start)
  const starts = [0, ...inOrder.map(({ end }) => end)]
  const kept = starts.map((start, index) => source.slice(start, inOrder[index]?.start))
  return kept.map((text, index) => text + (inOrder[index]?.text ?? '')).join('')
}
