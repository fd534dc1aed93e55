import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { OpenProject, ProjectInGit, Site } from '@imprompt/core'
import type { Step } from './step.ts'

/** The files at a project's root in which people are told to keep keys. */
export const keyFiles: readonly string[] = ['.env.local']

/** What git has to ignore, and what it must not. */
export async function gitSteps(
  site: Site,
  git: ProjectInGit,
  project: OpenProject | undefined,
): Promise<readonly Step[]> {
  const ignored = ignoreStep(site, git)
  if (project === undefined) return ignored
  const isRuled = ignored.some(({ kind }) => kind === 'write')
  return [
    ...ignored,
    ...(await keySteps(project, isRuled)),
    ...(await hidingSteps(project, site, git)),
  ]
}

const ruledEnding = '.local'

/** Files of modes may hold keys as well. */
const keyRule = `.env*${ruledEnding}`

/** Has git ignore files that hold keys. What a person said of these files, there or further up, stands. */
function ignoreStep({ root }: Site, { unignored, wanted }: ProjectInGit): readonly Step[] {
  const path = join(root, '.gitignore')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  if (unignored.every((name) => wanted.includes(name)))
    return before === undefined ? [] : [{ kind: 'there', path }]
  const lineEnd = before?.includes('\r\n') === true ? '\r\n' : '\n'
  const isOpen = before !== undefined && before !== '' && !before.endsWith('\n')
  const after = `${before ?? ''}${isOpen ? lineEnd : ''}${keyRule}${lineEnd}`
  return [{ kind: 'write', path, change: { before, after } }]
}

/** Keys that git would take, also by the rule that is to be written, or that it took. */
async function keySteps({ upkeep }: OpenProject, isRuled: boolean): Promise<readonly Step[]> {
  const open = await upkeep.openKeyFiles()
  const left = open.filter(
    ({ code, path }) => code === 'key-tracked' || !(isRuled && path?.endsWith(ruledEnding)),
  )
  return left.map(({ path, message, remedy }) => ({
    kind: 'by-hand',
    ...(path !== undefined && { path }),
    reason: `${message}: ${remedy}`,
    lines: '',
  }))
}

/** Has a person lift a rule that would keep git from seeing what is paid for. */
async function hidingSteps(
  { upkeep, storeFolder }: OpenProject,
  { root }: Site,
  { top = root }: ProjectInGit,
): Promise<readonly Step[]> {
  const rule = await upkeep.hidingRule()
  if (rule === undefined) return []
  const path = resolve(top, rule.file)
  const fault = `line ${rule.line}, \`${rule.pattern}\`, keeps git from seeing what is paid for, and so every other machine: take it out`
  const store = relative(root, storeFolder).replaceAll('\\', '/')
  const home = realpathSync(root)
  // What stands in the folder itself, such as a rule of its own, outranks what is said further up.
  if (isBelow(join(home, store), path)) return [{ kind: 'by-hand', path, reason: fault, lines: '' }]
  const where = path === join(home, '.gitignore') ? 'below it' : 'into `.gitignore` of the project'
  const lines = `!/${store}/\n!/${store}/**\n`
  return [{ kind: 'by-hand', path, reason: `${fault}, or write ${where}`, lines }]
}

function isBelow(folder: string, path: string): boolean {
  return !/^\.\.(?:[\\/]|$)/.test(relative(folder, path))
}
