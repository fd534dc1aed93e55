import { relative } from 'node:path'
import type { OpenProject, ProjectInGit } from '@imprompt/core'
import { keyFiles } from './git-steps.ts'
import type { Host } from './hosts.ts'
import type { ProjectFacts } from './project-facts.ts'
import { shellLine } from './shell-line.ts'
import type { Step } from './step.ts'

/** What a project needs, as far as it was found out. */
export interface Findings {
  readonly facts: ProjectFacts
  readonly host: Host | undefined
  /** All but `check`. */
  readonly steps: readonly Step[]
  /** Has every change checked. */
  readonly check: Step
  readonly project: OpenProject | undefined
  readonly install: string | undefined
  readonly git: ProjectInGit
}

/**
 * What a person does next, in order, once everything is written that can be: what is to be installed and written by hand, and
 * what leads to the first picture.
 */
export async function leftOf(findings: Findings, cwd: string): Promise<readonly string[]> {
  const { steps, check, install, project, facts } = findings
  return [
    ...(install === undefined ? [] : [`run ${commandIn(facts, cwd, install)}`]),
    ...steps.flatMap((step) => byHand(step, cwd)),
    ...(project === undefined ? [] : await towardsPictures(findings, project, cwd)),
    // It fails before there is a picture.
    ...byHand(check, cwd),
  ]
}

function byHand(step: Step, cwd: string): readonly string[] {
  if (step.kind !== 'by-hand') return []
  const path = step.path === undefined ? '' : relative(cwd, step.path)
  if (step.lines === '')
    return [`by hand: ${[path, step.reason].filter((one) => one !== '').join(': ')}`]
  return [`by hand, as shown above: ${path === '' ? step.reason : path}`]
}

/** Nothing once the content asks for pictures and the store has one. */
async function towardsPictures(
  { facts, host, git }: Findings,
  project: OpenProject,
  cwd: string,
): Promise<readonly string[]> {
  const { directives } = await project.pipeline.scan()
  const entries = await project.entries()
  const isStocked = entries.kind !== 'hit' || entries.value.length > 0
  if (directives.length > 0 && isStocked) return []
  const lacking = project.missingCredential()
  return [
    ...(lacking === undefined ? [] : [`put \`${lacking}\` into ${keyPlaces(git)}`]),
    ...(directives.length > 0 ? [] : [`write a directive into a page, such as \`${sample}\``]),
    `${commandIn(facts, cwd, ours(facts, 'plan'))} tells the price, and buys nothing`,
    ...purchase(facts, host, cwd),
    `commit \`${relative(cwd, project.storeFolder)}\`: no other machine buys the picture again then`,
  ]
}

const sample = '![gen: a lighthouse at dusk, gouache](alt="A lighthouse at dusk")'

/** A file that a person wants in git is no place for a key. */
function keyPlaces({ wanted }: ProjectInGit): string {
  const files = keyFiles.filter((name) => !wanted.includes(name)).map((name) => `\`${name}\``)
  return ['the environment', ...files].join(' or ')
}

function purchase(facts: ProjectFacts, host: Host | undefined, cwd: string): readonly string[] {
  const build = buildLine(facts, host)
  const generate = `${commandIn(facts, cwd, ours(facts, 'generate'))} buys it, within the budget`
  if (build === undefined) return [generate]
  const here = commandIn(facts, cwd, build)
  // What passes Markdown through `openPictures` never buys.
  return host?.wiring.kind === 'recipe'
    ? [generate, `${here} shows it; ${keyless}`]
    : [`${here} buys it, within the budget, and shows it; ${keyless}`]
}

const keyless =
  'with `IMPROMPT_MODE=placeholder` in the environment it shows marked placeholders, and needs no key'

function buildLine(
  { packageManager, hasBuildScript }: ProjectFacts,
  host: Host | undefined,
): string | undefined {
  if (hasBuildScript) return shellLine(packageManager, 'run', ['build'])
  const build = host?.build
  return build && shellLine(packageManager, 'execute-local', build)
}

function ours({ packageManager }: ProjectFacts, command: string): string {
  return shellLine(packageManager, 'execute-local', ['imprompt', command])
}

/** A command, with the folder that it is typed in where that is another one. */
function commandIn({ folder }: ProjectFacts, cwd: string, line: string): string {
  const where = relative(cwd, folder)
  return where === '' ? `\`${line}\`` : `\`${line}\` in \`${where}\``
}
