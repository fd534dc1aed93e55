import { formatUsd } from '../config/usd.ts'
import type { Basis } from '../ports.ts'
import { describeProblem } from '../problem.ts'
import { count, printable } from '../wording.ts'
import { type BucketFault, type Unread, maxCount } from './bucket.ts'
import type { Amount, PricedBucket } from './price-bucket.ts'
import { type Per, type Sum, type WhatIf, daysOfMonth } from './what-if.ts'

/** An answer for a terminal: a row a bucket, what they come to, and what that leaves out. */
export function whatIfText({ per, buckets, total, month }: WhatIf): string {
  const sources = [...new Set(buckets.map(sourceInWords))]
  const isRough = buckets.some(({ basis }) => basis === 'rough')
  const isMixed = new Set(buckets.map(({ provider }) => provider)).size > 1
  const rows = buckets.map((bucket) => [
    ...rowOf(bucket, isMixed),
    `[${sources.indexOf(sourceInWords(bucket)) + 1}]`,
  ])
  const notes = [...new Set(buckets.flatMap(notesOn)), ...promptNote(buckets)]
  return printable(
    [
      ...tableOf([heading, ...rows]),
      '',
      sumInWords(total, periods[per], isRough),
      ...(month === undefined
        ? []
        : [sumInWords(month, ` a month of ${daysOfMonth} days`, isRough)]),
      '',
      ...notes,
      ...(notes.length === 0 ? [] : ['']),
      ...sources.map((source, index) => `[${index + 1}] ${source}`),
    ].join('\n'),
  )
}

/** All that is wrong with a question, a line each under what it is wrong with. */
export function unreadText(unread: readonly Unread[]): string {
  const blocks = unread.map(({ text, faults }) =>
    [`\`${text}\``, ...faults.map((fault) => `  ${describeFault(fault)}`)].join('\n'),
  )
  return printable(blocks.join('\n'))
}

function describeFault(fault: BucketFault): string {
  switch (fault.kind) {
    case 'count-missing':
      return 'Expected a count before it, such as `100 x`'
    case 'count-alone':
      return 'Expected a model, a size or a quality after the count; a size has no spaces, as in `1536x1024`'
    case 'size-unnamed':
      return `No size is named, and \`${fault.model}\` cannot make \`${fault.actual}\`; it can make ${fault.limit}`
    case 'count-range':
      return `Unexpected count \`${fault.actual}\`, expected a whole number from 1 to ${maxCount}`
    case 'word-unknown': {
      const nearest = fault.nearest === undefined ? '' : `, did you mean \`${fault.nearest}\``
      return `Unexpected \`${fault.actual}\`, expected a model, a size or a quality${nearest}; \`imprompt models\` lists them`
    }
    case 'word-second':
      return `Unexpected second ${fault.name} \`${fault.actual}\`, expected one; another bucket begins with its count`
    case 'problem':
      return describeProblem(fault.problem)
  }
}

const heading = ['count', 'model', 'size', 'quality', 'an image', 'sum', 'basis', 'source']

/** Columns of numbers, whose ends stand below each other. */
const numeric = new Set([0, 4, 5])

const bases: Readonly<Record<Basis, string>> = {
  exact: 'exact',
  'upper-bound': 'upper bound',
  rough: 'rough',
}

const periods: Readonly<Record<Per, string>> = { once: '', day: ' a day', month: ' a month' }

function rowOf(bucket: PricedBucket, isMixed: boolean): readonly string[] {
  const { count: images, provider, model, size, quality = '', basis, microUsd, sum } = bucket
  const name = isMixed ? `${provider}/${model}` : model
  return [
    String(images),
    name,
    size,
    quality,
    formatUsd(microUsd),
    roundedUsd(sum.microUsd, Math.round),
    bases[basis],
  ]
}

function tableOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return numeric.has(column) ? cell.padStart(width) : cell.padEnd(width)
    })
    return `  ${cells.join('  ').trimEnd()}`
  })
}

function sumInWords({ images, microUsd, worstMicroUsd }: Sum, period: string, isRough: boolean) {
  const about = isRough ? 'about ' : ''
  const expected = roundedUsd(microUsd, Math.round)
  const worst = worstMicroUsd > microUsd ? `, at most ${roundedUsd(worstMicroUsd, Math.ceil)}` : ''
  return `${count(images, 'image')}${period}: ${about}${expected}${worst}`
}

/** From a dollar on, whole cents. */
function roundedUsd(microUsd: number, round: (cents: number) => number): string {
  return formatUsd(microUsd < 1_000_000 ? microUsd : round(microUsd / 10_000) * 10_000)
}

function sourceInWords({ source, asOf }: PricedBucket): string {
  return asOf === undefined ? source : `${source}, read on ${asOf}`
}

function notesOn(bucket: PricedBucket): readonly string[] {
  const { model, cutTo, size, batch, retiresOn, isRetired, successor } = bucket
  const next = successor === undefined ? '' : `; its successor is ${successor}`
  return [
    ...(cutTo === undefined
      ? []
      : [`${cutTo} is cut from ${size}, the smallest that ${model} makes for it`]),
    ...(retiresOn === undefined
      ? []
      : isRetired
        ? [`${model} was shut down on ${retiresOn} and is priced as it was, for comparison${next}`]
        : [`${model} is shut down on ${retiresOn}${next}`]),
    ...(batch === 'full' ? [`${model} is counted in full: no price of a batch is known`] : []),
  ]
}

/** The dearest of the buckets speaks for all. */
function promptNote(buckets: readonly PricedBucket[]): readonly string[] {
  const most = (amountOf: (price: Amount) => number): string =>
    formatUsd(Math.max(...buckets.map((one) => amountOf(one.promptOf1000Bytes))))
  if (buckets.every(({ promptOf1000Bytes }) => promptOf1000Bytes.worstMicroUsd === 0)) return []
  const expected = most(({ microUsd }) => microUsd)
  const worst = most(({ worstMicroUsd }) => worstMicroUsd)
  return [
    `not counted: pictures that go along, and prompts, of which 1000 bytes add about ${expected} and at most ${worst} to an image`,
  ]
}
