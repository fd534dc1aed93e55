import { join } from 'node:path'
import { aboutPage } from './about-page.ts'
import { frontPage } from './front-page.ts'
import type { Page } from './page.ts'
import { postPage } from './post-page.ts'
import { readPosts } from './posts.ts'

/** Every page of the site below a folder, by the path at which it stands there. */
export function siteMap(root: string): ReadonlyMap<string, Page> {
  const posts = readPosts(join(root, 'src/posts'))
  const pages = [
    frontPage(posts),
    ...posts.map((post, index) => postPage(post, posts[index - 1], posts[index + 1])),
    aboutPage(join(root, 'src/about.md')),
  ]
  return new Map(pages.map((page) => [join(root, page.path), page]))
}
