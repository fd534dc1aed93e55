import type { Diagnostic } from '../diagnostic.ts'

/** GitHub shows ten annotations of a kind for a step, and drops the others without a word. */
const maxPerKind = 10

/**
 * Problems as GitHub's workflow commands, which become annotations of files, a line each. Where there are more of a
 * kind than GitHub shows, the last one says how many are left.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotations(problems: readonly Diagnostic[]): readonly string[] {
  const kinds = [...Map.groupBy(problems, ({ severity }) => severity)]
  return kinds.flatMap(([severity, all]) => {
    if (all.length <= maxPerKind) return all.map(annotationOf)
    const rest = all.length - maxPerKind + 1
    const last = `::${severity} title=imprompt::and ${rest} more, which \`imprompt lint\` lists`
    return [...all.slice(0, maxPerKind - 1).map(annotationOf), last]
  })
}

function annotationOf({ severity, code, message, file, line, column, url }: Diagnostic): string {
  const properties = { file, line, col: column, title: `imprompt ${code}` }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(`${value}`)}`)
  return `::${severity} ${list.join(',')}::${data(`${message}\n${url}`)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
