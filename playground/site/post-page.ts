import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Article } from './article.ts'
import { bylineOf } from './byline.ts'
import { linkTo } from './link.ts'
import type { Page } from './page.ts'
import type { Post } from './posts.ts'

/** A post by itself, with the ways to its neighbours. */
export function postPage(post: Post, newer: Post | undefined, older: Post | undefined): Page {
  const { path, title, summary, file } = post
  return {
    path,
    title,
    description: summary,
    content: async (load) => {
      const { body } = await load<Article>(file)
      return [
        h('article.note', [
          h('header.note-head', [bylineOf(post), h('h1', title), h('p.standfirst', summary)]),
          h(
            'div.prose',
            body.children.filter((child) => child.type !== 'doctype'),
          ),
        ]),
        h('nav.neighbours', { ariaLabel: 'Other notes' }, [
          ...neighbour('Newer', newer, path),
          ...neighbour('Older', older, path),
        ]),
      ]
    },
  }
}

function neighbour(label: string, post: Post | undefined, from: string): readonly Element[] {
  if (post === undefined) return []
  const text = [h('span', label), post.title]
  return [h('a', { href: linkTo(post.path, from), className: [label.toLowerCase()] }, text)]
}
