import { h } from 'hastscript'
import type { Article } from './article.ts'
import type { Page } from './page.ts'

/** What imprompt does, told by a Markdown file of its own. */
export function aboutPage(file: string): Page {
  const title = 'About these pictures'
  const summary = 'Each was a line of text until the site was built.'
  return {
    path: 'about.html',
    title,
    description: `${title}. ${summary}`,
    content: async (load) => {
      const { body } = await load<Article>(file)
      return [
        h('article.note.about', [
          h('header.note-head', [h('h1', title), h('p.standfirst', summary)]),
          h(
            'div.prose',
            body.children.filter((child) => child.type !== 'doctype'),
          ),
        ]),
      ]
    },
  }
}
