import {
  type Directive,
  type Page,
  type PictureUrl,
  type Place,
  directivesInData,
  pageInData,
  withUrls,
} from '@imprompt/core'
import type { VFile } from 'vfile'

/** Where `vfile-matter`, most hosts and Astro keep front matter. */
const homes = ['matter', 'frontmatter', 'astro'] as const

/** Front matter that another plugin has read into a file's data. */
export interface MatterData {
  readonly home: (typeof homes)[number]
  readonly directives: readonly Directive[]
}

/** What front matter says of its page that was cut off a file after it was read; nothing where there was none. */
export function pageOf(file: VFile): Page | undefined {
  const matter = file.data['matter'] ?? file.data['frontmatter']
  return matter === undefined ? undefined : pageInData(matter)
}

/** The directives in the data of a file's front matter. */
export function findInData(file: VFile, place: Place): readonly MatterData[] {
  return homes
    .map((home) => ({ home, directives: directivesInData(file.data[home], place) }))
    .filter(({ directives }) => directives.length > 0)
}

/** Puts addresses in the place of directives in a file's data. */
export function replaceInData(
  file: VFile,
  home: MatterData['home'],
  urls: readonly PictureUrl[],
): void {
  file.data[home] = withUrls(file.data[home], urls)
}
