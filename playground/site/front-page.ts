import type { Element } from 'hast'
import { h } from 'hastscript'
import type { Article } from './article.ts'
import { bylineOf } from './byline.ts'
import { linkTo } from './link.ts'
import type { Load, Page } from './page.ts'
import { asThumbnail, configuredPicture } from './picture.ts'
import type { Post } from './posts.ts'

const path = 'index.html'

/** The hero of the configuration, then a card for every post. */
export function frontPage(posts: readonly Post[]): Page {
  return {
    path,
    title: 'field notes from a small coast',
    description: 'Field notes from a small coast: lights, herons, buses and bread.',
    content: async (load) => [
      h('section.hero', [
        await configuredPicture('hero', load),
        h('div.hero-words', [
          h('h1', ['Notes taken ', h('em', 'between'), ' tides']),
          h(
            'p',
            'Lights, herons, buses, bread. Seven notes from a coast with more weather than people, each with pictures that began as a sentence.',
          ),
        ]),
      ]),
      h(
        'section.cards',
        { ariaLabel: 'Notes' },
        await Promise.all(posts.map((post) => cardOf(post, load))),
      ),
    ],
  }
}

async function cardOf(post: Post, load: Load): Promise<Element> {
  const { cover } = await load<Article>(post.file)
  const picture = cover && asThumbnail(cover, '(min-width: 60rem) 36rem, 100vw')
  return h('article.card', [
    h('h2', [h('a', { href: linkTo(post.path, path) }, post.title)]),
    h('p.summary', post.summary),
    bylineOf(post),
    ...(picture === undefined ? [] : [h('div.card-picture', [picture])]),
  ])
}
