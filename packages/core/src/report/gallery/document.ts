import { hash } from 'node:crypto'
import type { Element, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { element, lines } from './element.ts'

/** What a document is made from. */
export interface DocumentParts {
  readonly title: string
  readonly style: string
  /** The text of its one script, which stands in its body; absent where it has none. */
  readonly script?: string
  readonly body: Element
}

/**
 * One HTML document that opens from disk. Its policy lets through nothing but its own pictures, style and script, whatever
 * a prompt holds.
 */
export function htmlDocument(parts: DocumentParts): string {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      element('html', { lang: 'en' }, '\n', head(parts), '\n', parts.body, '\n'),
    ],
  }
  return `${toHtml(root)}\n`
}

function head({ title, style, script }: DocumentParts): Element {
  const policy = [
    `default-src 'none'`,
    `img-src data:`,
    `style-src '${sourceHash(style)}'`,
    ...(script === undefined ? [] : [`script-src '${sourceHash(script)}'`]),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  const parts = [
    element('meta', { charSet: 'utf-8' }),
    element('meta', { httpEquiv: ['Content-Security-Policy'], content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'robots', content: 'noindex' }),
    element('title', {}, title),
    // A browser would look for an icon elsewhere.
    element('link', { rel: ['icon'], href: 'data:,' }),
    element('style', {}, style),
  ]
  return element('head', {}, ...lines(parts))
}

/** https://www.w3.org/TR/CSP3/#framework-directive-source-list */
function sourceHash(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`
}
