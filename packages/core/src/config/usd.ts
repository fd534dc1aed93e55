import type { Usd } from './config.ts'

const pattern = /^\$?(\d{1,9})(?:\.(\d{1,6}))?$/

/** Reads dollars as integer micro-dollars; answers nothing for what is not a plain amount of at least zero. */
export function microUsdOf(amount: Usd): number | undefined {
  const match = pattern.exec(typeof amount === 'number' ? plainText(amount) : amount.trim())
  if (match === null) return undefined
  const [, dollars = '', fraction = ''] = match
  return Number(dollars) * 1_000_000 + Number(fraction.padEnd(6, '0'))
}

/** Writes micro-dollars for people: cents where they suffice, up to six digits where they do not. */
export function formatUsd(microUsd: number): string {
  const digits = Math.abs(microUsd).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${microUsd < 0 ? '-' : ''}$${digits.slice(0, -6)}.${fraction}`
}

function plainText(amount: number): string {
  return Number.isInteger(amount) ? amount.toString() : amount.toFixed(6)
}
