import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Pictures, fieldOf, isFields, mayAskForPictures } from '@imprompt/core'
import { isNotPlanned } from './not-planned.ts'

/** Where data of a site is shown. */
export interface DataStage {
  readonly pictures: Pick<Pictures, 'rewriteNow'>
  /** Absolute path of the folder of pages. */
  readonly pages: string
  /** VitePress's own: paths of files by those of pages, where they differ. */
  readonly rewrites?: unknown
}

/** Whether a module is what VitePress makes of a data loader such as `posts.data.ts`. */
export function isDataModule(id: string): boolean {
  return /\.data\.m?[jt]s(?:$|\?)/.test(id)
}

const shape = /^(?<head>export const data = JSON\.parse\()(?<literal>".*")\)$/s

/** The module of a data loader with pictures in the place of the directives in its data; nothing where it has none. */
export function withPicturesInData(code: string, stage: DataStage): string | undefined {
  const { head, literal } = shape.exec(code)?.groups ?? {}
  if (head === undefined || literal === undefined || !mayAskForPictures.test(literal))
    return undefined
  const json: unknown = JSON.parse(literal)
  if (typeof json !== 'string') return undefined
  const data = shownBelow(JSON.parse(json), '', stage)
  return `${head}${JSON.stringify(JSON.stringify(data))})`
}

/** @param outer The page that a value is of; empty where none is known. */
function shown(value: unknown, outer: string, stage: DataStage): unknown {
  return isDirective(value)
    ? withAddress(value, outer, stage.pictures)
    : shownBelow(value, outer, stage)
}

/** A page as `createContentLoader` tells of it, whose HTML was rendered with pictures, or what a loader made of pages. */
function shownBelow(value: unknown, outer: string, stage: DataStage): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => shown(item, outer, stage))
  if (!isFields(value)) return value
  const file = pageAt(value['url'], stage) ?? outer
  const isPage = isFields(value['frontmatter'])
  const entries = Object.entries(value).map(([name, child]): [string, unknown] => {
    const isSource = (isPage && name === 'src') || isTextOf(file, child)
    return [
      name,
      isSource && typeof child === 'string'
        ? stage.pictures.rewriteNow(child, file)
        : shown(child, file, stage),
    ]
  })
  return Object.fromEntries(entries)
}

/** Whether a loader hands on the Markdown of a page, by whatever name. */
function isTextOf(file: string, value: unknown): boolean {
  if (file === '' || typeof value !== 'string' || !mayAskForPictures.test(value)) return false
  return readFileSync(file, 'utf8') === value
}

function isDirective(value: unknown): boolean {
  return typeof value === 'string'
    ? value.startsWith('gen:')
    : isFields(value) && typeof value['gen'] === 'string'
}

/**
 * Takes a value for the front matter of its page, of which JSON is a form and stays one. Data may say `gen:` and mean
 * something else; a directive that is left over is told at the end of the build.
 */
function withAddress(value: unknown, file: string, pictures: DataStage['pictures']): unknown {
  const [before, after] = ['---\n', '\n---\n']
  try {
    const source = `${before}${JSON.stringify({ value })}${after}`
    const json = pictures.rewriteNow(source, file).slice(before.length, -after.length)
    return fieldOf(JSON.parse(json), 'value')
  } catch (problem) {
    if (isNotPlanned(problem)) return value
    throw problem
  }
}

/** The file of a page; nothing where an address leads to none. */
function pageAt(url: unknown, { pages, rewrites }: DataStage): string | undefined {
  if (typeof url !== 'string' || !url.startsWith('/')) return undefined
  const page = `${url
    .slice(1)
    .replace(/(^|\/)$/, '$1index')
    .replace(/\.html$/, '')}.md`
  const source = fieldOf(rewrites, page)
  const file = join(pages, typeof source === 'string' ? source : page)
  return existsSync(file) ? file : undefined
}
