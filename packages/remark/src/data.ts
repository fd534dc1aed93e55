import {
  type DataPath,
  type Directive,
  type Page,
  type PictureUrl,
  type Place,
  directivesInData,
  pageInData,
  withUrls,
} from '@imprompt/core'
import type { VFile } from 'vfile'

/** Where `vfile-matter`, most hosts and Astro keep front matter in a file's data. */
const homes: readonly DataPath[] = [['matter'], ['frontmatter'], ['astro', 'frontmatter']]

/** What front matter says of its page that was cut off a file after it was read; nothing where there was none. */
export function pageOf(file: VFile): Page | undefined {
  const [first] = homes.flatMap((home) => valueAt(file.data, home) ?? [])
  return first === undefined ? undefined : pageInData(first)
}

/** The directives in data of front matter that was cut off a file: those of the first home that has any. */
export function findInData(file: VFile, place: Place): readonly Directive[] {
  const all = homes.map((home) => directivesInData(valueAt(file.data, home), place))
  return all.find((directives) => directives.length > 0) ?? []
}

/** Puts addresses in the place of the directives at their paths, wherever a file's data holds them. */
export function replaceInData(file: VFile, urls: readonly PictureUrl[], place: Place): void {
  for (const home of homes) {
    const paths = new Set(
      directivesInData(valueAt(file.data, home), place).map(({ path }) => JSON.stringify(path)),
    )
    const own = urls.filter(({ path }) => paths.has(JSON.stringify(path)))
    const below = own.map(({ path, url }) => ({ path: [...home.slice(1), ...path], url }))
    const [first] = home
    if (own.length > 0 && first !== undefined) file.data[first] = withUrls(file.data[first], below)
  }
}

function valueAt(data: unknown, path: DataPath): unknown {
  const [first, ...rest] = path
  if (first === undefined) return data
  if (typeof data !== 'object' || data === null) return undefined
  return valueAt(Reflect.get(data, first), rest)
}
