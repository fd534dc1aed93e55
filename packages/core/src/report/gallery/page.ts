import type { Element } from 'hast'
import type { Report } from '../report.ts'
import { htmlDocument } from './document.ts'
import { type Child, element, lines } from './element.ts'
import { type PictureFacts, figureOf } from './figure.ts'
import { choicesOf, filterControls } from './filters.ts'
import { headlineOf } from './headline.ts'
import type { Prompts } from '../../config/prompts.ts'
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

/** The report of a build as one HTML document with its pictures. */
export function galleryPage(input: GalleryInput): string {
  return htmlDocument({ title: 'imprompt report', style, script, body: body(input) })
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
