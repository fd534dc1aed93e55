import { commands, options } from './options.ts'

/** The help text, made from the tables of commands and options. */
export function helpText(): string {
  const optionRows = Object.entries(options).map(
    ([name, { hint, text }]) => [`--${name} ${hint}`.trimEnd(), text] as const,
  )
  return `Usage: imprompt COMMAND [OPTION …]

Commands
${list(Object.entries(commands))}

Options
${list(optionRows)}

Exit codes: 0 done · 1 our own failure · 2 misused, or problems in config or Markdown · 3 over budget ·
4 pictures missing · 5 the provider refused · 6 the store is damaged · 7 spent, outcome unknown
verify: 8, and 1 more where bytes are corrupt, 2 where some are missing, 4 where some cannot be read
`
}

function list(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, text]) => `  ${name.padEnd(18)}${text}`).join('\n')
}
