import { hash } from 'node:crypto'
import type { Element, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Report } from '../report.ts'
import { type Child, element, lines } from './element.ts'
import { type PictureFacts, figureOf } from './figure.ts'
import { choicesOf, filterControls } from './filters.ts'
import { headlineOf } from './headline.ts'
import type { Prompts } from '../prompts.ts'
import { script } from './script.ts'
import { type Account, spendSection } from './spend.ts'
import { style } from './style.ts'

/** What a gallery is made from. */
export interface GalleryInput {
  readonly report: Report
  /** By key; a picture of which the store tells nothing is left out. */
  readonly pictures: ReadonlyMap<string, PictureFacts>
  readonly account: Account
  readonly prompts: Prompts
}

/**
 * The report of a build as one HTML document with its pictures, which opens from disk. Its policy lets through nothing but
 * its own pictures, style and script, whatever a prompt holds.
 */
export function galleryPage(input: GalleryInput): string {
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      element('html', { lang: 'en' }, '\n', head(), '\n', body(input), '\n'),
    ],
  }
  return `${toHtml(root)}\n`
}

function head(): Element {
  const policy = [
    `default-src 'none'`,
    `img-src data:`,
    `style-src '${sourceHash(style)}'`,
    `script-src '${sourceHash(script)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  const parts = [
    element('meta', { charSet: 'utf-8' }),
    element('meta', { httpEquiv: ['Content-Security-Policy'], content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'robots', content: 'noindex' }),
    element('title', {}, 'imprompt report'),
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

function body(input: GalleryInput): Element {
  const { report, pictures, account } = input
  return element(
    'body',
    {},
    ...lines([
      headlineOf(report, pictures),
      element(
        'main',
        {},
        ...lines([
          spendSection(account),
          element('section', { ariaLabelledBy: ['pictures'] }, ...gallery(input)),
        ]),
      ),
    ]),
  )
}

function gallery({ report, pictures, prompts }: GalleryInput): readonly Child[] {
  const { images } = report
  const heading = element('h2', { id: 'pictures' }, 'Pictures')
  if (images.length === 0)
    return [heading, element('p', { className: ['quiet'] }, 'Nothing asks for a picture.')]
  const choices = choicesOf(images)
  const figures = images.map((image) => figureOf(image, pictures.get(image.key), choices, prompts))
  return lines([
    heading,
    ...filterControls(choices, images),
    element('script', {}, script),
    element('ul', { className: ['pictures'], role: 'list' }, ...lines(figures)),
  ])
}
