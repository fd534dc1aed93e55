import type { Element } from 'hast'
import { formatUsd } from '../../config/usd.ts'
import type { Report, ReportedImage } from '../report.ts'
import { stateCounts } from '../state-counts.ts'
import { contactStyle } from './contact-style.ts'
import { htmlDocument } from './document.ts'
import { element, lines } from './element.ts'
import { type PictureFacts, amountOf, fact, frame, priceFact } from './figure.ts'
import { figure } from './headline.ts'
import { promptParts } from './prompt-text.ts'
import { visible, visibleLine } from './visible.ts'

/** What a contact sheet is made from. */
export interface ContactPageInput {
  /** That of a build of drafts alone, of one picture. */
  readonly report: Report
  /** By key; a draft of which the store tells nothing is left out. */
  readonly pictures: ReadonlyMap<string, PictureFacts>
  /** Whose drafts they are: a place, or that it is a prompt. */
  readonly subject: string
  /** What has to be done before a draft can be picked; absent where nothing has. */
  readonly advice?: string
  /** The command that picks a draft by its number. */
  commandFor(number: number): string
}

/** Drafts of a picture side by side as one HTML document, each with its number and the command that picks it. */
export function contactPage(input: ContactPageInput): string {
  const title = visibleLine(`imprompt drafts of ${input.subject}`)
  return htmlDocument({ title, style: contactStyle, body: body(input) })
}

function body(input: ContactPageInput): Element {
  const figures = input.report.images.map((image) => draftFigure(image, input))
  const list = element('ul', { className: ['pictures'], role: 'list' }, ...lines(figures))
  return element('body', {}, ...lines([header(input), element('main', {}, ...lines([list]))]))
}

function header({ report, pictures, subject, advice }: ContactPageInput): Element {
  const { images, totals } = report
  const [first] = images
  const amounts = images.map(
    ({ key, estimate }) => pictures.get(key)?.entry.cost.microUsd ?? estimate?.microUsd ?? 0,
  )
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  const detail = `${formatUsd(totals.spentMicroUsd)} of it in this run`
  const figures = [
    figure('Drafts', `${images.length}`, stateCounts(totals).join(', ')),
    figure('Price of all', formatUsd(sum), detail),
  ]
  return element(
    'header',
    {},
    element('h1', {}, 'Drafts of ', ...visible(subject)),
    ...(first === undefined ? [] : promptParts(first.prompt, 'excerpt')),
    ...(advice === undefined ? [] : [element('p', { className: ['notes'] }, advice)]),
    element('dl', { className: ['figures'] }, ...lines(figures)),
  )
}

function draftFigure(
  image: ReportedImage,
  { pictures, commandFor }: Pick<ContactPageInput, 'pictures' | 'commandFor'>,
): Element {
  const facts = pictures.get(image.key)
  const number = image.places[0]?.draft ?? 0
  const { model, provider, size, quality } = image
  const look = [size, ...(quality === undefined ? [] : [quality])].join(', ')
  return element(
    'li',
    {},
    element(
      'figure',
      {},
      frame(image, facts, `Draft ${number}`),
      element(
        'figcaption',
        {},
        element(
          'div',
          { className: ['headline'] },
          element('h2', {}, `${number}`),
          amountOf(image, facts),
        ),
        element(
          'dl',
          {},
          ...fact('Model', [...visible(model), ' by ', ...visible(provider)]),
          ...fact('Size', visible(look)),
          ...priceFact(image, facts),
        ),
        ...(facts === undefined ? [] : [command(commandFor(number))]),
      ),
    ),
  )
}

function command(text: string): Element {
  return element('p', { className: ['command'] }, element('code', {}, ...visible(text)))
}
