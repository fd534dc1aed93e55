import { count, printable } from '../../wording.ts'
import type { Ailment, Checkup } from './ailment.ts'

/** A look at a store for a terminal, without a line feed at its end. */
export function checkupText({ ailments, mended }: Checkup): string {
  const blocks = [
    mended.map((one) => `  mended  ${one}`),
    ailments.map(lineOf),
    [totalOf(ailments)],
  ]
  const full = blocks.filter((lines) => lines.length > 0)
  return printable(full.map((lines) => lines.join('\n')).join('\n\n'))
}

function lineOf({ severity, code, path, line, place, message, remedy }: Ailment): string {
  const where = path === undefined ? '' : `  ${path}${line === undefined ? '' : `:${line}`}`
  const picture = place === undefined ? '' : `  ${place}`
  return `  ${severity}  ${code}${picture}${where}\n      ${message}\n      → ${remedy}`
}

function totalOf(ailments: readonly Ailment[]): string {
  if (ailments.length === 0)
    return 'the store is well by names, sizes and git; `imprompt verify` reads every byte'
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const number = ailments.filter((one) => one.severity === severity).length
    return number === 0 ? [] : [count(number, severity)]
  })
  return counts.join(', ')
}
