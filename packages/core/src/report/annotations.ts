import { relative, sep } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import type { Environment } from '../ports.ts'
import { printable } from '../wording.ts'

/** GitHub shows ten annotations of a kind for a step, and drops the others without a word. */
const maxPerKind = 10

/**
 * The lines that make annotations of a project's problems, for either output of a process that GitHub Actions runs; none
 * elsewhere.
 * @param root Of the project.
 */
export function githubAnnotations(
  problems: readonly Diagnostic[],
  root: string,
  environment: Environment,
): readonly string[] {
  const { GITHUB_ACTIONS: isGitHub, GITHUB_WORKSPACE: repository = root } = environment
  return isGitHub === 'true' ? annotations(problems, folderIn(repository, root)) : []
}

function folderIn(repository: string, root: string): string {
  const path = relative(repository, root).split(sep).join('/')
  return path === '' || path.startsWith('..') ? '' : `${path}/`
}

/**
 * Problems as GitHub's workflow commands, which become annotations of files, a line each. Where there are more of a
 * kind than GitHub shows, the last one says how many are left.
 * @param folder Of the project, relative to the repository and with a final slash, as GitHub names files.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotations(problems: readonly Diagnostic[], folder = ''): readonly string[] {
  const kinds = [...Map.groupBy(problems, ({ severity }) => severity)]
  return kinds.flatMap(([severity, all]) => {
    if (all.length <= maxPerKind) return all.map((one) => annotationOf(one, folder))
    const rest = all.length - maxPerKind + 1
    const last = `::${severity} title=imprompt::and ${rest} more, which \`imprompt plan --json\` lists`
    return [...all.slice(0, maxPerKind - 1).map((one) => annotationOf(one, folder)), last]
  })
}

function annotationOf(diagnostic: Diagnostic, folder: string): string {
  const { severity, code, message, file, line, column, url } = diagnostic
  const properties = { file: folder + file, line, col: column, title: `imprompt ${code}` }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(`${value}`)}`)
  return `::${severity} ${list.join(',')}::${data(`${printable(message)}\n${url}`)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
