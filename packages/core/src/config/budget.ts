import { z } from 'zod'
import type { BudgetConfig, BudgetRuleConfig } from './config.ts'
import { microUsdOf } from './usd.ts'

/** What a rule of a budget bounds, as the configuration names it; see `BudgetConfig`. */
export type BudgetId =
  | 'build'
  | 'image'
  | 'page'
  | 'pages'
  | 'newImages'
  | 'increase'
  | 'day'
  | 'month'

/** One rule of a budget. */
export interface BudgetTerm {
  readonly id: BudgetId
  /** Which pages it bounds together; of `pages` alone. */
  readonly glob?: string
  /** Micro-dollars; of `newImages` pictures, of `increase` per cent of what the stored pictures cost. */
  readonly limit: number
  /** What a plan that exceeds it comes to. */
  readonly level: 'off' | 'warn' | 'error'
  /** Whether nobody wrote it: it binds purchases alone. */
  readonly isDefault?: true
}

/** Whether a rule bounds all builds of a day or month together. */
export function isPeriod({ id }: Pick<BudgetTerm, 'id'>): boolean {
  return id === 'day' || id === 'month'
}

const anAmount = 'expected dollars such as `1.5` or `$1.50`'
const usd = z
  .union([z.number(), z.string()], anAmount)
  .refine((amount) => microUsdOf(amount) !== undefined, anAmount)
const aNumber = 'expected a whole number of pictures'
const pictures = z.int(aNumber).min(0, aNumber)
const aShare = 'expected per cent such as `20%`'
const percent = z.string(aShare).refine((text) => percentOf(text) !== undefined, aShare)

function ruleOf<Limit extends number | string>(
  limit: z.ZodType<Limit>,
  expectation: string,
): z.ZodType<BudgetRuleConfig<Limit>> {
  const level = z.enum(['off', 'warn', 'error'])
  return z.union(
    [
      limit,
      z.strictObject({ level: z.literal('off') }),
      z.strictObject({ limit, level: level.exactOptional() }),
    ],
    `${expectation}, or \`{ limit, level }\` with a level of off, warn or error`,
  )
}

/** What `budget` of a configuration may say. */
export const budgetSchema: z.ZodType<BudgetConfig> = z.strictObject({
  build: ruleOf(usd, anAmount).exactOptional(),
  image: ruleOf(usd, anAmount).exactOptional(),
  page: ruleOf(usd, anAmount).exactOptional(),
  pages: z.record(z.string().min(1), ruleOf(usd, anAmount)).exactOptional(),
  newImages: ruleOf(pictures, aNumber).exactOptional(),
  increase: ruleOf(percent, aShare).exactOptional(),
  day: ruleOf(usd, anAmount).exactOptional(),
  month: ruleOf(usd, anAmount).exactOptional(),
})

/** The rules of a configuration that was validated. */
export function budgetTermsOf({ pages = {}, ...rules }: BudgetConfig): readonly BudgetTerm[] {
  const ids = ['build', 'image', 'page', 'newImages', 'increase', 'day', 'month'] as const
  return [
    ...ids.flatMap((id) => termOf({ id }, rules[id])),
    ...Object.entries(pages).flatMap(([glob, rule]) => termOf({ id: 'pages', glob }, rule)),
  ]
}

function termOf(
  name: Pick<BudgetTerm, 'id' | 'glob'>,
  rule: BudgetRuleConfig<number | string> | undefined,
): readonly BudgetTerm[] {
  if (rule === undefined) return []
  if (typeof rule !== 'object') return [{ ...name, limit: limitOf(name.id, rule), level: 'error' }]
  if (!('limit' in rule)) return [{ ...name, limit: 0, level: 'off' }]
  return [{ ...name, limit: limitOf(name.id, rule.limit), level: rule.level ?? 'error' }]
}

/** An amount that is none holds nothing. */
function limitOf(id: BudgetId, amount: number | string): number {
  if (id === 'newImages') return Number(amount)
  return (id === 'increase' ? percentOf(String(amount)) : microUsdOf(amount)) ?? 0
}

function percentOf(text: string): number | undefined {
  const match = /^(\d{1,6}(?:\.\d{1,2})?)\s?%$/.exec(text.trim())
  return match === null ? undefined : Number(match[1])
}

/**
 * Reads rules as the environment and command lines write them: dollars of a build, such as `2.50`, or a list such as
 * `build=2.50,newImages=5,day=10:warn`, of which `off` takes one away. `pages` stand in the configuration alone.
 */
export function budgetFromText(
  text: string,
): { readonly terms: readonly BudgetTerm[] } | { readonly details: readonly string[] } {
  const read = text.split(',').map((part) => {
    const {
      id = 'build',
      amount = '',
      level = 'error',
    } = /^\s*(?:(?<id>\w+)\s*=)?(?<amount>[^=:]*)(?::(?<level>\w+))?\s*$/.exec(part)?.groups ?? {}
    const isOff = amount.trim() === 'off' || (level === 'off' && amount.trim() === '')
    const value = id === 'newImages' && /^\d+$/.test(amount.trim()) ? Number(amount) : amount.trim()
    const rule = isOff ? { level: 'off' } : { limit: value, level }
    const { data } = budgetSchema.safeParse({ [id]: rule })
    return data === undefined || id === 'pages' ? part.trim() : budgetTermsOf(data)
  })
  const terms = read.flatMap((one) => (typeof one === 'string' ? [] : one))
  const ids = terms.map(({ id }) => id)
  const repeated = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]
  const details = [
    ...read.flatMap((one) => (typeof one === 'string' ? [unexpected(one)] : [])),
    // Who writes `1,50` for one dollar and a half would get fifty.
    ...repeated.map(
      (id) =>
        `unexpected second \`${id}\` in \`${text}\`, expected each once; dollars have a point, such as \`1.50\``,
    ),
  ]
  return details.length > 0 ? { details } : { terms }
}

function unexpected(part: string): string {
  return `unexpected \`${part}\`, expected dollars such as \`1.50\`, or rules such as \`build=1.50,newImages=5,day=10:warn\``
}

/** Rules of which those of a later list outrank those of an earlier one. */
export function budgetOf(...lists: readonly (readonly BudgetTerm[])[]): readonly BudgetTerm[] {
  const byName = new Map(lists.flat().map((term) => [`${term.id} ${term.glob ?? ''}`, term]))
  return [...byName.values()]
}
