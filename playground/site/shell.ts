import type { Element, ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { linkTo } from './link.ts'

/** What stands round the content of a page. */
export interface Shell {
  /** Where the page stands below the site's base: `notes/counting-owls.html`. */
  readonly path: string
  readonly title: string
  readonly description: string
}

/** Stands in a document where the content goes, once Vite is done with everything round it. */
export const contentMark = '<!--content-->'

const siteName = 'Low Water'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f2a33"/><path d="M4 13q6-5 12 0t12 0M4 21q6-5 12 0t12 0" fill="none" stroke="#f2b84b" stroke-width="2.6" stroke-linecap="round"/></svg>'

/** A whole document but for its content. */
export function documentOf({ path, title, description }: Shell): string {
  const head = h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'description', content: description }),
    h('title', path === 'index.html' ? `${siteName}: ${title}` : `${title} · ${siteName}`),
    h('link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }),
    h('link', { rel: 'stylesheet', href: '/src/style/index.css' }),
  ])
  const body = h('body', [{ type: 'comment', value: 'content' }])
  return `<!doctype html>\n${toHtml(h('html', { lang: 'en-GB' }, [head, body]))}\n`
}

/** The content of a page between its masthead and its colophon. */
export function frame(path: string, content: readonly ElementContent[], mark: Element): string {
  return toHtml([
    h('a.skip', { href: '#content' }, 'Skip to the content'),
    mastheadOf(path),
    h('main#content', { tabIndex: -1 }, [...content]),
    colophonOf(path, mark),
  ])
}

function mastheadOf(path: string): Element {
  const entry = (target: string, text: string) => {
    const current = target === path ? 'page' : undefined
    return h('li', [h('a', { href: linkTo(target, path), ariaCurrent: current }, text)])
  }
  return h('header.masthead', [
    h('a.wordmark', { href: linkTo('index.html', path) }, siteName),
    h('p.motto', 'Field notes from a small coast'),
    h('nav', { ariaLabel: 'Site' }, [
      h('ul', [entry('index.html', 'Notes'), entry('about.html', 'About these pictures')]),
    ]),
  ])
}

function colophonOf(path: string, mark: Element): Element {
  return h('footer.colophon', [
    mark,
    h('div', [
      h('p', [
        'No key, no network: the sketch provider of ',
        h('a', { href: linkTo('about.html', path) }, 'imprompt'),
        ' drew these pictures when the site was built, each from a line of text, and marked every one of them SKETCH.',
      ]),
      h(
        'p',
        'Low Water is a playground. Its coast, its people and its buses are invented. Set in Newsreader.',
      ),
    ]),
  ])
}
