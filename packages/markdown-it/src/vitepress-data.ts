import { join } from 'node:path'
import { ImpromptError, type Pictures } from '@imprompt/core'
import { type Fields, isFields } from './fields.ts'

/** Where data of a site is shown. */
export interface DataStage {
  readonly pictures: Pick<Pictures, 'rewriteNow' | 'rewriteData'>
  /** Absolute path of the folder of pages. */
  readonly pages: string
}

/** Whether a module is what VitePress makes of a data loader such as `posts.data.ts`. */
export function isDataModule(id: string): boolean {
  return /\.data\.m?[jt]s(?:$|\?)/.test(id)
}

const shape = /^(?<head>export const data = JSON\.parse\()(?<literal>".*")\)$/s

/** The module of a data loader with pictures in the place of the directives in its data; nothing where it has none. */
export async function withPicturesInData(
  code: string,
  stage: DataStage,
): Promise<string | undefined> {
  const { head, literal } = shape.exec(code)?.groups ?? {}
  if (head === undefined || literal === undefined || !/\bgen\b/i.test(literal)) return undefined
  const json: unknown = JSON.parse(literal)
  if (typeof json !== 'string') return undefined
  const data = await shown(JSON.parse(json), stage)
  return `${head}${JSON.stringify(JSON.stringify(data))})`
}

async function shown(value: unknown, stage: DataStage): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => shown(item, stage)))
  if (!isFields(value)) return value
  return isFields(value['frontmatter'])
    ? shownPage(value, value['frontmatter'], stage)
    : shownFields(value, stage)
}

/** A page as `createContentLoader` tells of it; its HTML was rendered with pictures. */
async function shownPage(page: Fields, matter: Fields, stage: DataStage): Promise<Fields> {
  const { src, url } = page
  const file = typeof url === 'string' ? fileOf(url, stage) : ''
  return {
    ...page,
    frontmatter: await withAddresses(matter, file, stage),
    ...(typeof src === 'string' && { src: stage.pictures.rewriteNow(src, file) }),
  }
}

/** What a loader made of pages: its own fields may be those of a front matter. */
async function shownFields(fields: Fields, stage: DataStage): Promise<unknown> {
  const children = Object.entries(fields).map(async ([name, child]) => {
    const isDirective = isFields(child) && 'gen' in child
    return [name, isDirective ? child : await shown(child, stage)] as const
  })
  return withAddresses(Object.fromEntries(await Promise.all(children)), '', stage)
}

/** Data may say `gen:` and mean something else; a directive that is left over is told at the end of the build. */
async function withAddresses(
  data: Fields,
  file: string,
  { pictures }: DataStage,
): Promise<unknown> {
  try {
    return await pictures.rewriteData(data, file)
  } catch (problem) {
    if (problem instanceof ImpromptError && problem.code === 'PICTURE_NOT_PLANNED') return data
    throw problem
  }
}

function fileOf(url: string, { pages }: DataStage): string {
  const path = url.replace(/\/$/, '/index').replace(/\.html$/, '')
  return `${join(pages, path)}.md`
}
