import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Agent, detect, getUserAgent, resolveCommand } from 'package-manager-detector'
import { fieldOf } from '../fields.ts'
import { parseJson } from '../json.ts'

/**
 * The command that adds packages to what a project is developed with, as one types it in its folder.
 * @param specifiers Such as `imprompt@1.2.3`.
 */
export async function addCommand(folder: string, specifiers: readonly string[]): Promise<string> {
  const agent = (await detect({ cwd: folder }))?.agent ?? getUserAgent() ?? 'npm'
  const args = ['-D', ...topFlag(agent, folder), ...specifiers]
  const resolved = resolveCommand(agent, 'add', args)
  return [resolved?.command ?? 'npm', ...(resolved?.args ?? ['install', ...args])].join(' ')
}

/** At the top of a workspace pnpm and Yarn 1 want to be told that nothing else is meant. */
function topFlag(agent: Agent, folder: string): readonly string[] {
  const holds = (name: string): boolean => existsSync(join(folder, name))
  if (agent.startsWith('pnpm')) return holds('pnpm-workspace.yaml') ? ['-w'] : []
  // Later versions of Yarn know no such option, and keep their settings in this file.
  const isYarn1 = agent === 'yarn' && !holds('.yarnrc.yml')
  return isYarn1 && listsWorkspaces(folder) ? ['-W'] : []
}

/** Yarn itself tells what is wrong with a file that does not parse. */
function listsWorkspaces(folder: string): boolean {
  const path = join(folder, 'package.json')
  return (
    existsSync(path) && fieldOf(parseJson(readFileSync(path, 'utf8')), 'workspaces') !== undefined
  )
}
