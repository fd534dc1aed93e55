import { formatUsd } from '../config/usd.ts'
import type { Basis, Capability, PublishedPrice, SizeRule } from '../ports.ts'
import { formatSize } from '../size-rule.ts'
import { count, printable } from '../wording.ts'
import type { ModelFacts, ModelPrice } from './models.ts'
import type { Seen } from './seen.ts'

type Row = readonly [label: string, text: string]

/** Columns that every line fits into, as far as its words let it. */
const columns = 80

const labelColumns = 11

const footnote = 'Prices are what a picture is expected to cost, its prompt and references apart.'

/** The models for a terminal, under the providers that make them. */
export function modelsText(models: readonly ModelFacts[]): string {
  const byProvider = Map.groupBy(models, ({ provider }) => provider)
  const blocks = [...byProvider].map(([provider, own]) =>
    [provider, ...own.flatMap((model) => ['', ...linesOf(model)])].join('\n'),
  )
  const hasPrice = models.some(({ prices }) => prices.some(({ isCeiling }) => isCeiling !== true))
  return printable([...blocks, ...(hasPrice ? [footnote] : [])].join('\n\n'))
}

function linesOf(model: ModelFacts): readonly string[] {
  const others = model.aliases.length === 0 ? '' : ` (${model.aliases.join(', ')})`
  return [
    `  ${model.id}${others}${model.isDefault ? ', the default' : ''}`,
    ...rowsOf(model).flatMap(wrapped),
  ]
}

/** Of a retired model nothing is asked: what it could make or cost is of no use. */
function rowsOf(model: ModelFacts): readonly Row[] {
  const status = ['status', statusInWords(model)] as const
  if (model.status === 'retired') return [status]
  const { qualities, honours } = model
  return [
    status,
    ['sizes', sizesInWords(model.sizes)],
    ...(qualities.length === 0 ? [] : [['qualities', qualities.join(', ')] as const]),
    ...(honours.length === 0 ? [] : [['honours', honoursInWords(model)] as const]),
    ...priceRows(model),
    ...model.seen.map((seen) => ['seen', seenInWords(seen)] as const),
  ]
}

function statusInWords({
  status,
  retiresOn,
  retirementBy,
  daysLeft,
  successor,
}: ModelFacts): string {
  const by = retirementBy === 'server' ? ', as its server says' : ''
  const next = successor === undefined ? '' : `; its successor is ${successor}`
  switch (status) {
    case 'active':
      return 'active'
    case 'retiring': {
      const left = daysLeft === undefined ? '' : `, in ${count(daysLeft, 'day')}`
      return `retires on ${retiresOn}${left}${by}${next}`
    }
    case 'retired':
      return `retired on ${retiresOn}${by}${next}`
  }
}

function sizesInWords(rule: SizeRule): string {
  switch (rule.kind) {
    case 'list':
      return rule.sizes.map(formatSize).join(', ')
    case 'grid': {
      const step = rule.step === 1 ? 'any' : `multiples of ${rule.step}`
      return `${step} up to ${rule.maxEdge}, at most ${rule.maxRatio}:1, ${rule.minPixels} to ${rule.maxPixels} pixels`
    }
  }
}

function honoursInWords({ honours, maxReferences, frames }: ModelFacts): string {
  const detail = (name: Capability): string => {
    if (name === 'ref' && maxReferences !== undefined) return ` (up to ${maxReferences})`
    if (name === 'animated' && frames !== undefined)
      return ` (${frames.min} to ${frames.max} frames)`
    return ''
  }
  return honours.map((name) => `${name}${detail(name)}`).join(', ')
}

function priceRows(model: ModelFacts): readonly Row[] {
  const { id, prices, pricedSize, published } = model
  const told = prices.filter(({ isCeiling }) => isCeiling !== true)
  const ceilings = prices.filter(({ isCeiling }) => isCeiling === true)
  const row = (label: string, amounts: readonly Amount[]): readonly Row[] =>
    amounts.length === 0 ? [] : [[label, `${pricedSize}: ${amountsInWords(amounts, told.length)}`]]
  const reduced = told.flatMap((price) =>
    price.batchMicroUsd === undefined ? [] : [{ ...price, microUsd: price.batchMicroUsd }],
  )
  const worst = told.map((price) => ({ quality: price.quality, microUsd: price.worstMicroUsd }))
  const isBounded = told.some(({ microUsd, worstMicroUsd }) => worstMicroUsd > microUsd)
  return [
    ...(prices.length === 0 ? [['price', unpriced(id)] as const] : []),
    ...row('price', told),
    ...(isBounded ? row('at most', worst) : []),
    ...row('in a batch', reduced),
    ...ceilingRows(ceilings),
    ...rateRows(told, published),
    ...sourceRows(told, published),
  ]
}

function unpriced(id: string): string {
  return `none published; set ${unbroken(`\`prices: { '${id}': { maxMicroUsd: 250_000 } }\``)}`
}

/** A ceiling is one amount for all that a model makes. */
function ceilingRows([ceiling]: readonly ModelPrice[]): readonly Row[] {
  if (ceiling === undefined) return []
  return [
    [
      'at most',
      `${formatUsd(ceiling.worstMicroUsd)} a picture, by \`prices\` of the configuration`,
    ],
  ]
}

/** Where no price of a picture is published, that of its tokens is all that there is. */
function rateRows(
  told: readonly ModelPrice[],
  published: PublishedPrice | undefined,
): readonly Row[] {
  const rate = published?.imageTokenMicroUsd
  if (told.length > 0 || rate === undefined) return []
  return [['rate', `${formatUsd(rate * 1_000_000)} a million image tokens`]]
}

/** Whence a price is, how sure it is, and what of it nobody could verify. */
function sourceRows(
  [first]: readonly ModelPrice[],
  published: PublishedPrice | undefined,
): readonly Row[] {
  const source = first ?? published
  if (source === undefined) return []
  const day = source.asOf === undefined ? '' : `, read on ${source.asOf}`
  const trust = published === undefined ? '' : `; confidence: ${published.confidence}`
  const doubt = published?.unverified
  return [
    ['source', `${source.source}${day}${trust}`],
    ...(doubt === undefined ? [] : [['unverified', doubt] as const]),
  ]
}

interface Amount {
  readonly quality?: string | undefined
  readonly microUsd: number
  readonly basis?: Basis
}

/** Qualities of one price are told together, and not by name where they are all that there are. */
function amountsInWords(amounts: readonly Amount[], all: number): string {
  const byText = Map.groupBy(amounts, ({ microUsd, basis }) => {
    const about = basis === 'rough' ? 'about ' : ''
    return `${about}${formatUsd(microUsd)}`
  })
  return [...byText]
    .map(([text, alike]) => {
      const names = alike.flatMap(({ quality }) => quality ?? [])
      return unbroken(alike.length === all ? text : `${names.join(' and ')} ${text}`)
    })
    .join(', ')
}

function seenInWords(seen: Seen): string {
  const { size, quality, frames, vector, minTokens, maxTokens, billed, pictures } = seen
  const shape = [
    size,
    ...(quality === undefined ? [] : [quality]),
    ...(frames === undefined ? [] : [count(frames, 'frame')]),
    ...(vector === true ? ['vector'] : []),
  ].join(' ')
  const tokens = range(`${minTokens}`, `${maxTokens}`)
  const bill =
    billed === undefined
      ? ''
      : `, billed ${range(formatUsd(billed.minMicroUsd), formatUsd(billed.maxMicroUsd))} each`
  return `${shape}: ${tokens} image tokens${bill}, by ${count(pictures, 'stored picture')}`
}

function range(least: string, most: string): string {
  return least === most ? least : `${least} to ${most}`
}

const noBreak = '\u00A0'

/** What must stand in one line: code, and an amount with what it is for. */
function unbroken(text: string): string {
  return text.replaceAll(' ', noBreak)
}

/** Lines of one row, broken between words under the beginning of its text. */
function wrapped([label, text]: Row): readonly string[] {
  const indent = ' '.repeat(4 + labelColumns)
  const lines = text.split(' ').reduce<readonly string[]>((done, word) => {
    const last = done.at(-1)
    if (last === undefined) return [`    ${label.padEnd(labelColumns)}${word}`]
    return last.length + 1 + word.length <= columns
      ? [...done.slice(0, -1), `${last} ${word}`]
      : [...done, `${indent}${word}`]
  }, [])
  return lines.map((line) => line.replaceAll(noBreak, ' '))
}
