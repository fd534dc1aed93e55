import type { Element } from 'hast'
import { formatUsd } from '../../config/usd.ts'
import { describePlace } from '../../place.ts'
import type { Entry, Estimate, Size } from '../../ports.ts'
import { formatSize } from '../../size-rule.ts'
import type { ReportedImage } from '../report.ts'
import { type Child, element, lines } from './element.ts'
import { type Choices, pagesOf } from './filters.ts'
import { bytesInWords } from '../../wording.ts'
import type { Prompts } from '../../config/prompts.ts'
import { promptParts } from './prompt-text.ts'
import { visible, visibleLine } from './visible.ts'

/** What the store tells of a picture beyond the report. */
export interface PictureFacts {
  readonly entry: Pick<Entry, 'cost' | 'boughtAt' | 'request'>
  /** Whether another picture took its place since the build. */
  readonly isReplaced?: boolean
  /** Absent where the original cannot be read. */
  readonly thumbnail?: Size & { readonly url: string }
  /** Of the largest file that a page gives its readers in the best encoding; absent where none was made yet. */
  readonly pageBytes?: number
}

/** One picture with all that is known of it. */
export function figureOf(
  image: ReportedImage,
  facts: PictureFacts | undefined,
  choices: Choices,
  form: Prompts,
): Element {
  return element(
    'li',
    {
      dataState: numbers(choices.states, [image.state]),
      dataModel: numbers(choices.models, [image.model]),
      dataPages: numbers(choices.pages, pagesOf(image)),
    },
    element(
      'figure',
      {},
      frame(image, facts, nameOf(image)),
      element(
        'figcaption',
        {},
        element('div', { className: ['headline'] }, stateOf(image), amountOf(image, facts)),
        ...promptParts(image.prompt, form),
        element('dl', {}, ...factsOf(image, facts)),
      ),
    ),
  )
}

function numbers(list: readonly string[], values: readonly string[]): string {
  return values.map((value) => list.indexOf(value)).join(' ')
}

function nameOf({ places: [place] }: ReportedImage): string {
  return place === undefined ? 'Picture' : `Picture at ${visibleLine(describePlace(place))}`
}

/**
 * A picture, or why there is none. It says what it is of by its caption.
 * @param alt Tells it from others.
 */
export function frame(image: ReportedImage, facts: PictureFacts | undefined, alt: string): Element {
  const { thumbnail } = facts ?? {}
  if (thumbnail === undefined) return element('div', { className: ['frame'] }, lackOf(image))
  const { url: src, width, height } = thumbnail
  const properties = { src, width, height, alt, loading: 'lazy', decoding: 'async' }
  return element('div', { className: ['frame'] }, element('img', properties))
}

function lackOf({ state, original }: ReportedImage): string {
  if (original !== undefined) return 'The original is not here'
  return state === 'placeholder' ? 'A placeholder' : 'No picture yet'
}

function stateOf({ state, isDraft }: ReportedImage): Element {
  const text = isDraft === true ? `${state}, on drafts alone` : state
  return element('span', { className: ['state', state] }, text)
}

/** What it cost, or would cost. */
export function amountOf({ estimate }: ReportedImage, facts: PictureFacts | undefined): Element {
  const paid = facts?.entry.cost.microUsd
  if (paid !== undefined) return element('span', {}, formatUsd(paid))
  const text = estimate === undefined ? '' : formatUsd(estimate.microUsd)
  return element('span', { className: ['quiet'] }, text)
}

function factsOf(image: ReportedImage, facts: PictureFacts | undefined): readonly Child[] {
  const { places, earlierMicroUsd = 0, substitutions = [] } = image
  const take = facts?.entry.request.take ?? 1
  return [
    ...originFacts(image),
    ...(take === 1 ? [] : fact('Take', [`${take}`])),
    ...priceFact(image, facts),
    ...(earlierMicroUsd === 0
      ? []
      : fact('Earlier', [`attempts of unknown outcome, up to ${formatUsd(earlierMicroUsd)}`])),
    ...substitutions.flatMap(({ name, asked, made }) =>
      fact('Made', visible(`with the ${name} ${made}, asked for ${asked}`)),
    ),
    ...(facts?.isReplaced === true
      ? fact('Since', ['another picture took its place, which the next build shows'])
      : []),
    ...fact('Bytes', bytesOf(image, facts)),
    ...fact(places.length === 1 ? 'Place' : 'Places', placesOf(image)),
  ]
}

/** What a model made, or a person's file, with the size of either. */
function originFacts(image: ReportedImage): readonly Child[] {
  const { adopted, model, provider, size, quality, original } = image
  if (adopted !== undefined)
    return [
      ...fact('Adopted', [...visible(adopted.file), ` on ${adopted.at.slice(0, 10)}`]),
      ...fact('Size', original === undefined ? [] : [formatSize(original)]),
    ]
  return [
    ...fact('Model', [...visible(model), ' by ', ...visible(provider)]),
    ...fact('Size', visible([size, ...(quality === undefined ? [] : [quality])].join(', '))),
  ]
}

/** One thing that is known of a picture; nothing where it is not. */
export function fact(name: string, children: readonly Child[]): readonly Child[] {
  if (children.length === 0) return []
  return [element('dt', {}, name), element('dd', {}, ...children)]
}

/** Whence the amount is that stands above. */
export function priceFact(
  { adopted, estimate }: ReportedImage,
  facts: PictureFacts | undefined,
): readonly Child[] {
  if (adopted !== undefined) return []
  if (facts !== undefined) return fact('Bought', [boughtInWords(facts.entry)])
  return estimate === undefined ? [] : fact('Price', visible(expectedInWords(estimate)))
}

function boughtInWords({ cost, boughtAt }: PictureFacts['entry']): string {
  const day = boughtAt.slice(0, 10)
  switch (cost.basis) {
    case 'usage':
      return `${day}, billed by usage`
    case 'estimate':
      return `${day}, the worst case standing for the bill`
  }
}

function expectedInWords({ worstMicroUsd, basis, asOf, source }: Estimate): string {
  const by = asOf === undefined ? source : `prices of ${asOf}`
  switch (basis) {
    case 'exact':
      return `exact, ${by}`
    case 'upper-bound':
      return `expected, at most ${formatUsd(worstMicroUsd)}, ${by}`
    case 'rough':
      return `rough, at most ${formatUsd(worstMicroUsd)}, ${by}`
  }
}

function bytesOf({ original }: ReportedImage, facts: PictureFacts | undefined): readonly Child[] {
  if (original === undefined) return []
  const bought = bytesInWords(original.bytes)
  const onPage = facts?.pageBytes
  return [onPage === undefined ? bought : `${bought} → ${bytesInWords(onPage)} on a page`]
}

function placesOf({ places }: ReportedImage): readonly Child[] {
  const items = places.map((place) => element('li', {}, ...visible(describePlace(place))))
  return items.length === 0 ? [] : [element('ul', {}, ...lines(items))]
}
