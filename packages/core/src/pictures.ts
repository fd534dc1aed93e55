import { hash } from 'node:crypto'
import { isAbsolute, relative, sep } from 'node:path'
import { type Content, noContent } from './directive/content.ts'
import type { Directive } from './directive/directive.ts'
import { directivesInData } from './directive/front-matter/directives-in-data.ts'
import type { TextEdit } from './directive/front-matter/text-edit.ts'
import { withUrls } from './directive/front-matter/with-urls.ts'
import { ImpromptError } from './error.ts'
import type { Pipeline } from './pipeline.ts'
import { describePlace } from './place.ts'
import { htmlOf } from './render/markup.ts'
import { addressOf, pictureElement } from './render/picture-element.ts'
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
   * that of a file that holds it, or for a part of one. A directive of another file, such as one that is included, is
   * found by its text.
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
}

/**
 * Makes the pictures of a scan ready.
 * @param scan What `scene` shows.
 */
export async function picturesOf(
  { pipeline, sceneFor }: PictureSupply,
  scan: Pick<Content, 'directives' | 'sources'>,
  scene: Scene,
): Promise<Pictures> {
  const { root } = pipeline
  const ready = new Map<string, Exhibit>()
  const sources = new Map(scan.sources)
  const found = (one: Directive): Exhibit | undefined =>
    ready.get(identityOf(one)) ?? ready.get(textOf(one))
  const keep = async (
    directives: readonly Directive[],
    from: Scene,
  ): Promise<ReadonlyMap<Directive, Exhibit>> => {
    const exhibits = await exhibit(directives, from)
    for (const [directive, one] of exhibits) {
      ready.set(identityOf(directive), one)
      ready.set(textOf(directive), one)
    }
    return exhibits
  }
  const take = async (content: Content): Promise<ReadonlyMap<Directive, Exhibit>> =>
    keep(content.directives, await sceneFor(content))
  const contentOf = (source: string, file: string): Content =>
    pipeline.read(source, placeFile(root, file))
  const fileOf = (source: string, file: string): string => {
    const place = placeFile(root, file)
    const whole = sources.has(place)
      ? undefined
      : [...sources].find(([, text]) => text.includes(source))
    return whole?.[0] ?? place
  }
  await keep(scan.directives, scene)
  return {
    rewrite: async (source, file, markup) => {
      const content = contentOf(source, file)
      if (isEmpty(content)) return source
      const exhibits = await take(content)
      return rewritten({ source, content, markup }, file, (one) => exhibits.get(one) ?? found(one))
    },
    rewriteNow: (source, file, markup) => {
      if (isEmpty(contentOf(source, file))) return source
      const whole = fileOf(source, file)
      return rewritten({ source, content: contentOf(source, whole), markup }, file, found)
    },
    rewriteData: async (data, file) => {
      const place = { file: placeFile(root, file), line: 1, column: 1 }
      const directives = directivesInData(data, place)
      if (directives.length === 0) return data
      const exhibits = await take({ ...noContent, directives })
      const urls = directives.flatMap((directive) => {
        const { path } = directive
        const one = exhibits.get(directive) ?? found(directive)
        if (one === undefined) throw notPlanned(directive)
        return path === undefined ? [] : [{ path, url: addressOf(one.shown.picture, one.urlOf) }]
      })
      return withUrls(data, urls)
    },
    prepare: async (source, file) => {
      const content = contentOf(source, file)
      for (const [name, text] of content.sources) sources.set(name, text)
      if (!isEmpty(content)) await take(content)
    },
    fingerprint: () => {
      const shown = [...ready].map(([name, one]) => `${name}\n${markupOf(one)}`)
      return hash('sha256', shown.toSorted().join('\n'), 'hex')
    },
  }
}

/** A file's path below the root, as places name it. */
export function placeFile(root: string, file: string): string {
  return (isAbsolute(file) ? relative(root, file) : file).split(sep).join('/')
}

/** What is told of a directive for which a build holds no picture. */
export function notPlanned({ place }: Directive): ImpromptError {
  return new ImpromptError(
    'PICTURE_NOT_PLANNED',
    `${describePlace(place)}  No picture was planned for this directive; nothing was bought. Let \`content\` in imprompt.config cover the file`,
  )
}

function isEmpty({ directives, problems }: Content): boolean {
  return directives.length === 0 && problems.length === 0
}

interface Draft {
  readonly source: string
  readonly content: Content
  readonly markup: Markup | undefined
}

function rewritten(
  { source, content: { directives }, markup = 'picture' }: Draft,
  file: string,
  exhibitOf: (directive: Directive) => Exhibit | undefined,
): string {
  const { edits, missing } = rewrite({ source, file, directives, markup }, exhibitOf)
  const [lost] = missing
  if (lost !== undefined) throw notPlanned(lost)
  return edited(source, edits)
}

function edited(source: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted((one, other) => one.start - other.start)
  const starts = [0, ...inOrder.map(({ end }) => end)]
  const kept = starts.map((start, index) => source.slice(start, inOrder[index]?.start))
  return kept.map((text, index) => text + (inOrder[index]?.text ?? '')).join('')
}

/** As its author wrote it, wherever it stands. */
function textOf({ prompt, attributes }: Directive): string {
  return JSON.stringify([prompt, attributes.map(({ name, value }) => [name, value])])
}

/** The same text asks for another picture in another file where that says so in its front matter, or by a path. */
function identityOf(directive: Directive): string {
  return `${directive.place.file}\n${textOf(directive)}`
}

function markupOf({ shown, urlOf }: Exhibit): string {
  return htmlOf(pictureElement(shown, urlOf))
}
