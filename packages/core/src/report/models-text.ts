import { formatUsd } from '../config/usd.ts'
import type { Capability, Estimate, SizeRule } from '../ports.ts'
import { formatSize } from '../size-rule.ts'
import { count, printable } from '../wording.ts'
import type { ModelFacts, ModelPrice } from './models.ts'
import type { Seen } from './seen.ts'

/** Columns that every line fits into, as far as its words let it. */
const columns = 80

const labelColumns = 11

/** The models for a terminal, under the providers that make them. */
export function modelsText(models: readonly ModelFacts[]): string {
  const byProvider = Map.groupBy(models, ({ provider }) => provider)
  const blocks = [...byProvider].map(([provider, own]) =>
    [provider, ...own.flatMap((model) => ['', ...linesOf(model)])].join('\n'),
  )
  return printable(blocks.join('\n\n'))
}

function linesOf(model: ModelFacts): readonly string[] {
  const others = model.aliases.length === 0 ? '' : ` (${model.aliases.join(', ')})`
  return [
    `  ${model.id}${others}${model.isDefault ? ', the default' : ''}`,
    ...rowsOf(model).flatMap(([label, text]) => wrapped(label, text)),
  ]
}

/** Of a retired model nothing is asked: what it could make or cost is of no use. */
function rowsOf(model: ModelFacts): readonly (readonly [label: string, text: string])[] {
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

function priceRows(model: ModelFacts): readonly (readonly [label: string, text: string])[] {
  const { prices, pricedSize } = model
  const [first] = prices
  if (first === undefined) {
    const setting = `prices: { '${model.id}': { maxMicroUsd } }`
    return [['price', `no published price; set ${setting}`]]
  }
  const reduced = prices.flatMap((price) =>
    price.batchMicroUsd === undefined ? [] : [{ ...price, microUsd: price.batchMicroUsd }],
  )
  const day = first.asOf === undefined ? '' : `, read on ${first.asOf}`
  return [
    ['price', `${basisInWords(first.basis)}${pricedSize}: ${pricesInWords(prices)}`],
    ...(reduced.length === 0
      ? []
      : [['in a batch', `${pricedSize}: ${pricesInWords(reduced)}`] as const]),
    ['source', `${first.source}${day}`],
  ]
}

function basisInWords(basis: Estimate['basis']): string {
  switch (basis) {
    case 'exact':
      return ''
    case 'upper-bound':
      return 'at most, '
    case 'rough':
      return 'about, '
  }
}

/** Qualities of one price, such as those of a ceiling, are told together. */
function pricesInWords(prices: readonly ModelPrice[]): string {
  const byPrice = Map.groupBy(prices, ({ microUsd }) => microUsd)
  return [...byPrice]
    .map(([microUsd, alike]) => {
      const names = alike.flatMap(({ quality }) => quality ?? [])
      const isEvery = byPrice.size === 1
      return isEvery ? formatUsd(microUsd) : `${names.join(' and ')} ${formatUsd(microUsd)}`
    })
    .join(', ')
}

function seenInWords({
  size,
  quality,
  frames,
  vector,
  minTokens,
  maxTokens,
  pictures,
}: Seen): string {
  const shape = [
    size,
    ...(quality === undefined ? [] : [quality]),
    ...(frames === undefined ? [] : [count(frames, 'frame')]),
    ...(vector === true ? ['vector'] : []),
  ].join(' ')
  const tokens = minTokens === maxTokens ? `${minTokens}` : `${minTokens} to ${maxTokens}`
  return `${shape} ${tokens} tokens, ${count(pictures, 'picture')}`
}

/** Lines of one row, broken between words under the beginning of its text. */
function wrapped(label: string, text: string): readonly string[] {
  const indent = ' '.repeat(4 + labelColumns)
  const lines = text.split(' ').reduce<readonly string[]>((done, word) => {
    const last = done.at(-1)
    if (last === undefined) return [`    ${label.padEnd(labelColumns)}${word}`]
    return last.length + 1 + word.length <= columns
      ? [...done.slice(0, -1), `${last} ${word}`]
      : [...done, `${indent}${word}`]
  }, [])
  return lines
}
