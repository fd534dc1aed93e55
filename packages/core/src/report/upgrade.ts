import type { Budget } from '../plan/budget.ts'
import { formatUsd } from '../config/usd.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { describePlace } from '../place.ts'
import type { Estimate } from '../ports.ts'
import { count, excerpt, printable } from '../wording.ts'
import { alignedRows } from './aligned-rows.ts'
import type { Report, ReportedImage } from './report.ts'
import type { ReplacedPicture } from './replaced-picture.ts'

/** Pictures of older defaults, and what it costs, or did, to make them again; amounts are micro-dollars. */
export interface UpgradeReport {
  /** Each with what it replaces. */
  readonly images: readonly ReportedImage[]
  /** Why others, after picked drafts, of models that retire or under rules of today, are left. */
  readonly left: readonly Diagnostic[]
  /** Amounts include what is bought for the images to be made from. */
  readonly totals: {
    readonly images: number
    readonly estimateMicroUsd: number
    readonly worstMicroUsd: number
    readonly spentMicroUsd: number
  }
  readonly budget: Budget
  readonly problems: readonly Diagnostic[]
}

/** @param keys Those that are made again; what is stored already by now is none of the report. */
export function upgradeReportOf(
  { images, budget, problems }: Report,
  keys: ReadonlySet<string>,
  left: readonly Diagnostic[],
): UpgradeReport {
  const own = images.filter(({ key, replaces }) => keys.has(key) && replaces !== undefined)
  // A picture that one of them is made from, and that is missing, is bought as well.
  const sum = (amount: (image: ReportedImage) => number): number =>
    images.reduce((total, image) => total + amount(image), 0)
  return {
    images: own,
    left,
    totals: {
      images: own.length,
      estimateMicroUsd: sum((image) => priced(image)?.microUsd ?? 0),
      worstMicroUsd: sum((image) => priced(image)?.worstMicroUsd ?? 0),
      spentMicroUsd: sum(({ spentMicroUsd }) => spentMicroUsd),
    },
    budget,
    problems,
  }
}

/** The price of what is asked for: nothing is for drafts, nor for what may not be asked again. */
function priced({ state, isDraft, estimate }: ReportedImage): Estimate | undefined {
  return isDraft === true || state === 'refused' || state === 'unknown' ? undefined : estimate
}

/** What upgrades would cost, for a terminal: a row a picture with what differs, then the sum and what buys them. */
export function upgradeText({ images, left, totals, budget }: UpgradeReport): string {
  const table = alignedRows(images.map(rowOf))
  return [
    ...table,
    ...(table.length === 0 ? [nothingTo(left)] : ['', ...sumOf(totals, budget), ...waysOn(images)]),
    ...leftLines(left),
  ].join('\n')
}

function nothingTo(left: UpgradeReport['left']): string {
  return left.length === 0 ? 'No picture keeps older defaults' : 'No picture can be made again'
}

/** Why pictures are left that were looked for, a line each. */
export function leftLines(left: readonly Diagnostic[]): readonly string[] {
  return left.map((one) => printable(`left: ${describePlace(one)}  ${one.message}`))
}

function rowOf(image: ReportedImage): readonly string[] {
  const { replaces, places, prompt } = image
  const [place] = places
  const others = places.length - 1
  const from = replaces === undefined ? '' : formerInWords(replaces)
  return [
    (place === undefined ? '' : describePlace(place)) + (others > 0 ? ` +${others}` : ''),
    replaces?.differs.join(', ') ?? '',
    `${from} → ${requestInWords(image)}`,
    priceOf(image),
    excerpt(prompt, 40),
  ]
}

type Asked = Pick<ReportedImage, 'model' | 'size' | 'quality'>

function requestInWords({ model, size, quality }: Asked): string {
  return [model, size, quality].filter((part) => part !== undefined).join(' ')
}

function formerInWords(former: ReplacedPicture): string {
  const { retiresOn } = former
  return requestInWords(former) + (retiresOn === undefined ? '' : ` (shut down on ${retiresOn})`)
}

/** What is shared was bought by the same request for another image. */
function priceOf({ state, isDraft, estimate }: ReportedImage): string {
  if (state === 'shared') return '$0.00, shared'
  if (state !== 'new' || estimate === undefined) return state
  return isDraft === true ? 'draft' : formatUsd(estimate.microUsd)
}

function sumOf(totals: UpgradeReport['totals'], { rules }: Budget): readonly string[] {
  const { images, estimateMicroUsd, worstMicroUsd } = totals
  const one = images === 1
  const limit = rules.flatMap((rule) =>
    rule.id === 'build' && 'limitMicroUsd' in rule
      ? [
          ` of a budget of ${formatUsd(rule.limitMicroUsd)}${rule.state === 'fail' ? ', over budget' : ''}`,
        ]
      : [],
  )
  return [
    `${one ? '1 picture keeps' : `${images} pictures keep`} older defaults; made again for ${formatUsd(estimateMicroUsd)}, at most ${formatUsd(worstMicroUsd)}${limit.join('')}`,
  ]
}

/** What keeps pictures from being asked for again without a word of consent. */
const consents = [
  { state: 'unknown', flag: '--retry-unknown', reason: 'may have been billed' },
  { state: 'refused', flag: '--retry-refused', reason: 'was refused' },
] as const

function waysOn(images: readonly ReportedImage[]): readonly string[] {
  const held = consents.flatMap(({ state, flag, reason }) => {
    const own = images.filter((image) => image.state === state)
    return own.length === 0 ? [] : [{ own, flag, reason }]
  })
  const command = ['imprompt upgrade --yes', ...held.map(({ flag }) => flag)].join(' ')
  return [
    ...held.map(({ own, reason }) => {
      const worst = own.reduce((sum, { estimate }) => sum + (estimate?.worstMicroUsd ?? 0), 0)
      return `${count(own.length, 'picture')} not asked for again, as an earlier request ${reason}; asking again costs up to ${formatUsd(worst)}`
    }),
    `nothing was bought: \`${command}\` makes ${images.length === 1 ? 'it' : 'them'} again, \`${command} PLACE …\` those at places`,
  ]
}
