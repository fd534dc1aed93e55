import type { Totals } from './report.ts'

/** How many pictures keep older defaults, and what prices them; nothing where none does. */
export function pinnedLine({ pinned }: Totals): string | undefined {
  if (pinned === 0) return undefined
  const [keeping, them] =
    pinned === 1 ? ['1 picture keeps', 'it'] : [`${pinned} pictures keep`, 'them']
  return `${keeping} older defaults; \`imprompt upgrade\` prices ${them}`
}
